package org.eglr.metrics;

import org.eglr.data.Request;

/**
 * What the policy that made a log would have shown for a request, and with what probability. Must
 * be above 0 wherever a list to be estimated goes.
 */
public interface Propensities {

  /**
   * The probability that its list begins with some candidates.
   *
   * @param request the user and the pool
   * @param order candidates, as indices into the pool
   * @param length of how many of them, in this order, the list begins; 1 to the list's length
   * @return above 0, 1 at most
   */
  double prefix(Request request, int[] order, int length);

  /**
   * The probability that it shows a candidate at a position, whatever stands elsewhere.
   *
   * @param candidate index into the request's pool
   * @param position from 0
   * @return above 0, 1 at most
   */
  double at(Request request, int candidate, int position);

  /**
   * Of a policy that draws the list out of the pool by chance alone: every order is as likely as
   * any other. So are simulated logs with {@code exploration(1)}, and Expedia's searches that were
   * sorted at random ({@code Datasets.expediaRandom}).
   */
  static Propensities uniform() {
    return new Propensities() {
      @Override
      public double prefix(Request request, int[] order, int length) {
        double probability = 1;
        for (int k = 0; k < length; k++) {
          probability /= request.pool() - k;
        }
        return probability;
      }

      @Override
      public double at(Request request, int candidate, int position) {
        return 1.0 / request.pool();
      }
    };
  }
}
