package org.eglr.internal.learn;

import java.util.Arrays;
import org.eglr.internal.model.CounterRandom;

/** The order in which training lists are visited: a new permutation each epoch, by the seed. */
public final class BatchOrder {

  private final int size;
  private final int batchSize;
  private final long seed;
  private int epoch = -1;
  private int[] order;

  public BatchOrder(int size, int batchSize, long seed) {
    this.size = size;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /** Number of batches of an epoch. */
  public int perEpoch() {
    return Shards.count(size, batchSize);
  }

  /** Lists of a batch. */
  public int batchSize() {
    return batchSize;
  }

  /** The indices of the batch at a 0-based step; the last batch of an epoch may be smaller. */
  public int[] batch(int step) {
    int perEpoch = perEpoch();
    if (step / perEpoch != epoch) {
      epoch = step / perEpoch;
      order = permutation(CounterRandom.stream(seed, epoch));
    }
    int from = step % perEpoch * batchSize;
    return Arrays.copyOfRange(order, from, Math.min(size, from + batchSize));
  }

  private int[] permutation(long stream) {
    int[] permutation = new int[size];
    for (int i = 0; i < size; i++) {
      int j = (int) (CounterRandom.uniform(stream, i) * (i + 1));
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }
}
