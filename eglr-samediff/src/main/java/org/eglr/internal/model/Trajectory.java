package org.eglr.internal.model;

/**
 * How the generator wrote one list: enough to compute its log-probability and gradient again.
 *
 * @param order chosen candidates, indices into the pool: [K]
 * @param steps reasoning tokens before each item: [K]
 * @param tokens values of all reasoning tokens in order: [sum of steps * d]; empty where the engine
 *     that replays the list computes them anew
 * @param entropyBefore decision entropy in nats before reasoning (eq. 14): [K]
 * @param entropyAfter when the item was chosen: [K]
 * @param logProbability of the list at the recommending temperature (eq. 19)
 */
public record Trajectory(
    int[] order,
    int[] steps,
    float[] tokens,
    double[] entropyBefore,
    double[] entropyAfter,
    double logProbability) {

  /** Number of reasoning tokens. */
  public int reasoning() {
    int sum = 0;
    for (int s : steps) {
      sum += s;
    }
    return sum;
  }

  /** Number of decoder tokens: the context, the reasoning tokens, all items but the last. */
  public int length() {
    return order.length + reasoning();
  }
}
