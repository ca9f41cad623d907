package org.eglr.internal.math;

import java.util.Arrays;

/**
 * Calls every kernel on every path until the JVM has compiled it, on a daemon thread: what takes no
 * more time than plain loops do, several times in a row, is compiled. A path that were left out
 * would fall back to interpreted code at its first use.
 */
final class Rehearsal {

  private static final int[][] SHAPES = {{1, 3, 8}, {1, 72, 12}, {5, 32, 12}, {6, 70, 8}};
  private static final int SIZE = 45; // whole vectors of any length, and a rest
  private static final int IN_A_ROW = 10;
  private static final long MOST = 4_000_000_000L; // ns: then vectors compute whatever was seen

  private final float[] a = new float[6 * 12];
  private final float[] b = new float[12 * 72];
  private final float[] c = new float[6 * 72];
  private final float[] x = new float[SIZE];
  private final float[] y = new float[SIZE];
  private final float[] z = new float[SIZE];

  private Rehearsal() {
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.25f);
  }

  /**
   * @param done called once, when the vector kernels are compiled, or after some seconds
   */
  static void start(Kernels vectors, Kernels loops, Runnable done) {
    Thread thread = new Thread(() -> new Rehearsal().run(vectors, loops, done), "eglr-kernels");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  private void run(Kernels vectors, Kernels loops, Runnable done) {
    int won = 0;
    long start = System.nanoTime();
    while (won < IN_A_ROW && System.nanoTime() - start < MOST) {
      long begun = System.nanoTime();
      pass(loops);
      long between = System.nanoTime();
      pass(vectors);
      won = System.nanoTime() - between <= between - begun ? won + 1 : 0;
    }
    done.run();
  }

  private void pass(Kernels kernels) {
    for (int[] s : SHAPES) {
      int m = s[0];
      int n = s[1];
      int k = s[2];
      kernels.multiply(m, n, k, a, 0, k, 1, b, 0, n, c, 0, n, false);
      kernels.multiply(m, n, k, a, 0, 1, m, b, 0, n, c, 0, n, true);
    }
    for (int n : new int[] {SIZE, SIZE - SIZE % 16, 5}) {
      for (int i = 0; i < n; i++) {
        x[i] = i % 7 - 3;
        y[i] = i % 5 - 2;
      }
      kernels.maximum(n, x, 0);
      kernels.dot(n, x, 0, y, 0);
      kernels.addScaled(n, 0.5f, x, 0, y, 0);
      kernels.addProduct(n, x, 0, x, 0, y, 0);
      kernels.scaleShift(n, x, 0, y, x, z, 0);
      float inverse = kernels.normalise(n, x, 0, y, 0);
      kernels.normaliseGradient(n, inverse, y, 0, x, 0, z, 0);
      kernels.reluGradient(n, x, 0, y, 0);
      kernels.relu(n, x, 0);
      kernels.softmax(n, x, 0, 0.5f);
      kernels.softmaxGradient(n, 0.5f, x, 0, y, 0);
    }
  }
}
