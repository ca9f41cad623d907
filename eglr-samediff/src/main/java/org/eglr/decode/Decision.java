package org.eglr.decode;

/**
 * How one item of a list was chosen. Candidates are indices into the request's pool.
 *
 * @param position 0-based position in the list
 * @param chosen the chosen candidate
 * @param remaining number of candidates that were still available
 * @param entropy decision entropy in nats at the base temperature (eq. 14): first before reasoning,
 *     then after each reasoning token
 * @param attention the weight of each candidate in each reasoning token: [token][pool]; empty
 *     arrays for plain tokens
 * @param probability the candidates' probabilities at the recommending temperature (eq. 12): [pool]
 */
public record Decision(
    int position,
    int chosen,
    int remaining,
    double[] entropy,
    float[][] attention,
    float[] probability) {

  /** Number of reasoning tokens before the choice. */
  public int reasoningSteps() {
    return entropy.length - 1;
  }

  public double entropyBefore() {
    return entropy[0];
  }

  public double entropyAfter() {
    return entropy[entropy.length - 1];
  }

  /**
   * Entropy divided by that of a uniform choice, log(remaining): 0 to 1; 0 for a last candidate.
   */
  public double relative(double nats) {
    return remaining < 2 ? 0 : nats / StrictMath.log(remaining);
  }
}
