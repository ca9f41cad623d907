package org.eglr.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both sets of kernels against sums in double, for sizes around those of vectors and tiles. */
class KernelsTest {

  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 70, 130};

  static Stream<Kernels> kernels() {
    return Stream.of(new LoopKernels(), fused(), Kernels.best());
  }

  private static Kernels fused() {
    return new FusedLoops(Kernels.best().padded(1));
  }

  /** The JDK's vectors themselves, whatever computes until they are compiled. */
  private static Kernels vectors() throws ReflectiveOperationException {
    assumeTrue(Kernels.best().fast(), "no Vector API");
    return (Kernels)
        Class.forName("org.eglr.internal.math.VectorKernels")
            .getDeclaredConstructor()
            .newInstance();
  }

  /** Otherwise results would hang on when the JVM compiles. */
  @Test
  void loops_before_vectors_are_compiled_give_the_same_bits() throws ReflectiveOperationException {
    Kernels vectors = vectors();
    Kernels fused = fused();
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < 2000; round++) {
      int m = size(random);
      int n = size(random);
      int k = size(random);
      boolean transposed = random.nextBoolean();
      boolean add = random.nextBoolean();
      int aRow = transposed ? 1 : k + 3;
      int aColumn = transposed ? m + 2 : 1;
      float[] a = values(random, 5 + (transposed ? k * (m + 2) : m * (k + 3)));
      float[] b = values(random, 2 + k * (n + 1));
      float[] c = values(random, 1 + m * (n + 2));
      float[] other = c.clone();
      vectors.multiply(m, n, k, a, 5, aRow, aColumn, b, 2, n + 1, c, 1, n + 2, add);
      fused.multiply(m, n, k, a, 5, aRow, aColumn, b, 2, n + 1, other, 1, n + 2, add);
      assertArrayEquals(c, other, m + "x" + k + "x" + n);
      long seed = random.nextLong();
      assertArrayEquals(rows(vectors, n, seed), rows(fused, n, seed), "rows of " + n);
    }
  }

  /** What every kernel on rows makes of values of a seed. */
  private static float[] rows(Kernels kernels, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = values(random, n + 3);
    float[] y = values(random, n + 3);
    float[] z = values(random, n + 3);
    float[] all = new float[5 * (n + 3) + 5];
    all[0] = kernels.dot(n, x, 3, y, 1);
    all[1] = kernels.maximum(n, x, 2);
    kernels.addScaled(n, 0.3f, x, 3, y, 1);
    kernels.addProduct(n, x, 1, y, 2, z, 3);
    kernels.scaleShift(n, z, 3, x, y, z, 1);
    float[] rectified = z.clone();
    kernels.relu(n, rectified, 1);
    kernels.reluGradient(n, rectified, 1, y, 2);
    float[] weights = x.clone();
    all[2] = kernels.exponentials(n, x, 1, 0.2f, 30, weights, 1);
    kernels.scale(n, 1 / all[2], weights, 1);
    kernels.softmaxGradient(n, 0.1f, 0.7f, weights, 1, y, 2);
    float[] normal = z.clone();
    all[3] = kernels.normalise(n, z, 3, normal, 1);
    kernels.normaliseGradient(n, all[3], normal, 1, y, 2, x, 3);
    int at = 5;
    for (float[] part : new float[][] {x, y, z, weights, normal}) {
      System.arraycopy(part, 0, all, at, n + 3);
      at += n + 3;
    }
    return all;
  }

  @Test
  void the_vector_api_is_used_where_the_jvm_has_it() {
    assumeFalse("off".equals(System.getProperty(Kernels.PROPERTY)), "plain loops are asked for");
    assertTrue(Kernels.best().fast(), Kernels.best().describe());
    assertFalse(new LoopKernels().fast());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void products_of_plain_and_transposed_matrices(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 400; round++) {
      int m = size(random);
      int n = size(random);
      int k = size(random);
      boolean transposed = random.nextBoolean();
      boolean add = random.nextBoolean();
      int aRow = transposed ? 1 : k + 3;
      int aColumn = transposed ? m + 2 : 1;
      float[] a = values(random, 5 + (transposed ? k * (m + 2) : m * (k + 3)));
      float[] b = values(random, 2 + k * (n + 1));
      float[] c = values(random, 1 + m * (n + 2));
      float[] before = c.clone();
      kernels.multiply(m, n, k, a, 5, aRow, aColumn, b, 2, n + 1, c, 1, n + 2, add);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n + 2 && 1 + i * (n + 2) + j < c.length; j++) {
          int at = 1 + i * (n + 2) + j;
          double sum = j >= n || add ? before[at] : 0; // what lies between rows stays
          for (int p = 0; j < n && p < k; p++) {
            sum += (double) a[5 + i * aRow + p * aColumn] * b[2 + p * (n + 1) + j];
          }
          assertEquals(sum, c[at], 1e-5 * (k + 1), m + "x" + k + "x" + n);
        }
      }
    }
  }

  /** One row alone, and the same row among others: the same to the bit. */
  @ParameterizedTest
  @MethodSource("kernels")
  void a_rows_product_does_not_depend_on_the_other_rows(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 100; round++) {
      int m = size(random);
      int n = size(random);
      int k = size(random);
      float[] a = values(random, m * k);
      float[] b = values(random, k * n);
      float[] all = new float[m * n];
      float[] one = new float[n];
      kernels.multiply(m, n, k, a, 0, k, 1, b, 0, n, all, 0, n, false);
      for (int i = 0; i < m; i++) {
        kernels.multiply(1, n, k, a, i * k, k, 1, b, 0, n, one, 0, n, false);
        for (int j = 0; j < n; j++) {
          assertEquals(one[j], all[i * n + j]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sums_and_products_of_rows(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(3);
    for (int n : SIZES) {
      float[] x = values(random, n + 3);
      float[] y = values(random, n + 2);
      double dot = 0;
      float max = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        dot += (double) x[3 + i] * y[1 + i];
        max = Math.max(max, x[3 + i]);
      }
      assertEquals(dot, kernels.dot(n, x, 3, y, 1), 1e-5 * n);
      assertEquals(max, kernels.maximum(n, x, 3));
      float[] sum = y.clone();
      kernels.addScaled(n, 0.5f, x, 3, sum, 1);
      float[] product = y.clone();
      kernels.addProduct(n, x, 3, x, 2, product, 1);
      float[] scaled = x.clone();
      kernels.scale(n, -2, scaled, 3);
      float[] positive = x.clone();
      kernels.relu(n, positive, 3);
      float[] gradient = y.clone();
      kernels.reluGradient(n, positive, 3, gradient, 1);
      float[] moved = new float[n + 1];
      kernels.scaleShift(n, x, 3, y, sum, moved, 1);
      for (int i = 0; i < n; i++) {
        assertEquals(y[1 + i] + 0.5f * x[3 + i], sum[1 + i], 1e-6);
        assertEquals(y[1 + i] + x[3 + i] * x[2 + i], product[1 + i], 1e-6);
        assertEquals(-2 * x[3 + i], scaled[3 + i]);
        assertEquals(Math.max(0, x[3 + i]), positive[3 + i]);
        assertEquals(x[3 + i] > 0 ? y[1 + i] : 0, gradient[1 + i]);
        assertEquals(x[3 + i] * y[i] + sum[i], moved[1 + i], 1e-6);
      }
      assertEquals(y[0], sum[0]);
      assertEquals(y[n + 1], sum[n + 1]);
      assertEquals(y[n + 1], gradient[n + 1]);
      assertEquals(x[2], scaled[2]);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void exponentials_to_float_accuracy(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(4);
    for (int n : SIZES) {
      float[] x = values(random, n);
      for (int i = 0; i < n; i++) {
        x[i] *= 30;
      }
      float[] y = new float[n];
      float sum = kernels.exponentials(n, x, 0, 2, 0.7f, y, 0);
      double expected = 0;
      for (int i = 0; i < n; i++) {
        double e = Math.exp((x[i] - 2) * 0.7f);
        expected += e;
        // the argument itself is rounded: its last bit counts as often as it is large
        assertEquals(e, y[i], e * (3e-7 + 1e-7 * Math.abs(x[i] - 2)));
      }
      assertEquals(expected, sum, 1e-5 * expected);
    }
    float[] ends = {-1e30f, -200, -85.1f, 0};
    kernels.exponentials(4, ends, 0, 0, 1, ends, 0);
    assertEquals(0, ends[0]);
    assertEquals(0, ends[1]);
    assertEquals(0, ends[2]);
    assertEquals(1, ends[3]);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void normalisation_and_its_gradient_by_differences(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(5);
    for (int n : SIZES) {
      float[] x = values(random, n);
      float[] y = new float[n];
      float inverse = kernels.normalise(n, x, 0, y, 0);
      double[] expected = normalised(x, 0, 0);
      float[] dy = values(random, n);
      float[] dx = new float[n];
      kernels.normaliseGradient(n, inverse, y, 0, dy, 0, dx, 0);
      for (int i = 0; i < n; i++) {
        assertEquals(expected[i], y[i], 2e-6);
        double step = 1e-4;
        double[] up = normalised(x, i, step);
        double[] down = normalised(x, i, -step);
        double slope = 0;
        for (int j = 0; j < n; j++) {
          slope += dy[j] * (up[j] - down[j]) / (2 * step);
        }
        assertEquals(slope, dx[i], 1e-4 * (1 + inverse));
      }
    }
  }

  private static double[] normalised(float[] x, int moved, double by) {
    double[] values = new double[x.length];
    double mean = 0;
    for (int i = 0; i < x.length; i++) {
      values[i] = x[i] + (i == moved ? by : 0);
      mean += values[i] / x.length;
    }
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - mean) / Math.sqrt(variance + 1e-5);
    }
    return values;
  }

  private static int size(SplittableRandom random) {
    return SIZES[random.nextInt(SIZES.length)];
  }

  private static float[] values(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }
}
