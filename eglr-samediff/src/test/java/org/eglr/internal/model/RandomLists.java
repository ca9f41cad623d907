package org.eglr.internal.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.eglr.internal.cpu.CpuDecoder;

/** Random lists to write, and the plain decoder's idea of them. */
public final class RandomLists {

  private RandomLists() {}

  /** Random weights everywhere: gains and shifts of the normalisation too. */
  public static Weights weights(Architecture architecture, long seed) {
    Weights weights = architecture.generator();
    SplittableRandom random = new SplittableRandom(seed);
    for (Tensor tensor : weights.all()) {
      for (int i = 0; i < tensor.data().length; i++) {
        tensor.data()[i] += (float) (0.3 * random.nextGaussian());
      }
    }
    return weights;
  }

  /** A gain of reasoning as if it were learned, where there is one. */
  public static void gain(Weights weights, SplittableRandom random) {
    for (Tensor tensor : weights.all()) {
      if (tensor.name().equals(Architecture.GAIN)) {
        for (int i = 0; i < tensor.data().length; i++) {
          tensor.data()[i] = (float) (0.5 * random.nextGaussian());
        }
      }
    }
  }

  public static ListTask task(SplittableRandom random, Chooser chooser) {
    int pool = 2 + random.nextInt(12);
    ListTask task = task(random, pool, 1 + random.nextInt(pool));
    return new ListTask(task.candidates(), task.length(), chooser, null);
  }

  public static ListTask task(SplittableRandom random, int pool, int length) {
    float[] z = new float[pool * 8]; // the models of RandomRequests are 8 wide
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextGaussian();
    }
    return new ListTask(Given.candidates(z, pool), length, Chooser.GREEDY, null);
  }

  public static Trajectory plain(Architecture architecture, Weights weights, ListTask task) {
    return new CpuDecoder(architecture, weights).decode(List.of(task)).get(0);
  }

  public static void assertSame(
      Trajectory expected, Trajectory actual, double tolerance, String where) {
    assertArrayEquals(expected.order(), actual.order(), where);
    assertArrayEquals(expected.steps(), actual.steps(), where);
    assertArrayEquals(expected.entropyBefore(), actual.entropyBefore(), tolerance, where);
    assertArrayEquals(expected.entropyAfter(), actual.entropyAfter(), tolerance, where);
    double scale = Math.max(1, Math.abs(expected.logProbability()));
    assertEquals(expected.logProbability(), actual.logProbability(), tolerance * scale, where);
  }
}
