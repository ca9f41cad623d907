package org.eglr.internal.model;

import java.util.function.IntToDoubleFunction;

/**
 * Picks one of the remaining candidates. A closed set, so that a decoder may choose where its
 * probabilities lie and need not copy them.
 */
public sealed interface Chooser {

  /** The most probable candidate; of equals the first. */
  Chooser GREEDY = new Greedy();

  /**
   * @param position 0-based position in the list
   * @param probability of each candidate at the recommending temperature (eq. 12); 0 where taken
   * @param available whether a candidate is still available
   * @return the candidate
   */
  int choose(int position, float[] probability, boolean[] available);

  /** Draws by probability with the random numbers of a stream; one number a position. */
  static Chooser sampling(long stream) {
    return new Sampling(position -> CounterRandom.uniform(stream, position));
  }

  /** Takes given candidates in order. */
  static Chooser forced(int[] order) {
    return new Forced(order);
  }

  /** The most probable candidate; of equals the first. */
  record Greedy() implements Chooser {

    @Override
    public int choose(int position, float[] probability, boolean[] available) {
      int best = -1;
      for (int i = 0; i < available.length; i++) {
        if (available[i] && (best < 0 || probability[i] > probability[best])) {
          best = i;
        }
      }
      return best;
    }
  }

  /**
   * The first candidate up to which the probabilities sum to a number.
   *
   * @param draws the number for each position, uniform in (0, 1)
   */
  record Sampling(IntToDoubleFunction draws) implements Chooser {

    @Override
    public int choose(int position, float[] probability, boolean[] available) {
      double u = draws.applyAsDouble(position);
      int last = -1;
      double sum = 0;
      for (int i = 0; i < available.length; i++) {
        if (available[i]) {
          last = i;
          sum += probability[i];
          if (sum >= u) {
            break;
          }
        }
      }
      return last;
    }
  }

  /**
   * Given candidates.
   *
   * @param order the candidate for each position
   */
  record Forced(int[] order) implements Chooser {

    @Override
    public int choose(int position, float[] probability, boolean[] available) {
      return order[position];
    }
  }
}
