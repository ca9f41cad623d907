package org.eglr.internal.model;

/**
 * Which values a training step drops: a function of the seed, the step, the list and the place, so
 * that neither threads nor parts of a batch change it.
 *
 * @param rate share that is dropped; above 0, below 1
 * @param stream of the run's step
 * @param first the number of a part's first list within its batch
 */
public record Dropout(double rate, long stream, int first) {

  /**
   * What values are multiplied by: 0, or 1 / (1 - rate).
   *
   * @param list within the part
   * @param place what of the network they belong to
   * @param size of them
   * @param into from {@code at} on
   */
  public void factors(int list, int place, int size, float[] into, int at) {
    long own = CounterRandom.stream(stream, first + list, place);
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < size; i++) {
      into[at + i] = CounterRandom.uniform(own, i) < rate ? 0 : kept;
    }
  }
}
