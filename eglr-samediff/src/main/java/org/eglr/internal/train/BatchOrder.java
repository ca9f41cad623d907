package org.eglr.internal.train;

import org.eglr.internal.decode.CounterRandom;

/** The order in which training lists are visited: a new permutation each epoch, by the seed. */
final class BatchOrder {

  private BatchOrder() {}

  /** The indices of the batch at a 0-based step; the last batch of an epoch may be smaller. */
  static int[] batch(int size, int batchSize, long seed, int step) {
    int perEpoch = Shards.count(size, batchSize);
    int[] order = permutation(size, CounterRandom.stream(seed, step / perEpoch));
    int from = step % perEpoch * batchSize;
    return java.util.Arrays.copyOfRange(order, from, Math.min(size, from + batchSize));
  }

  private static int[] permutation(int size, long stream) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = (int) (CounterRandom.uniform(stream, i) * (i + 1));
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
