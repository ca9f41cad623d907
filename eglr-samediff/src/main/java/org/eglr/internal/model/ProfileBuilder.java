package org.eglr.internal.model;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eglr.decode.EntropyProfile;

/** Averages entropies and reasoning steps by position over lists. */
public final class ProfileBuilder {

  private double[][] sums = new double[5][0];
  private int[] counts = new int[0];

  /** Adds a list that was written from a pool of the given size. */
  public void add(Trajectory list, int pool) {
    int length = list.order().length;
    if (length > counts.length) {
      counts = Arrays.copyOf(counts, length);
      for (int row = 0; row < sums.length; row++) {
        sums[row] = Arrays.copyOf(sums[row], length);
      }
    }
    for (int k = 0; k < length; k++) {
      int remaining = pool - k;
      double most =
          remaining > 1 ? StrictMath.log(remaining) : 1; // a single candidate has entropy 0
      counts[k]++;
      sums[0][k] += list.entropyBefore()[k];
      sums[1][k] += list.entropyAfter()[k];
      sums[2][k] += list.entropyBefore()[k] / most;
      sums[3][k] += list.entropyAfter()[k] / most;
      sums[4][k] += list.steps()[k];
    }
  }

  public EntropyProfile build() {
    return new EntropyProfile(mean(0), mean(1), mean(2), mean(3), mean(4));
  }

  private double[] mean(int row) {
    return IntStream.range(0, counts.length).mapToDouble(k -> sums[row][k] / counts[k]).toArray();
  }
}
