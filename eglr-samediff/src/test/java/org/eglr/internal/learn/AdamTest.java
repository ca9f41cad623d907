package org.eglr.internal.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.ReasoningBuilder;
import org.junit.jupiter.api.Test;

class AdamTest {

  private static Weights one(float... values) {
    return new Weights(List.of(new Tensor("w", new int[] {values.length}, values, false)));
  }

  /** Adam as its paper writes it, in double, over many steps. */
  @Test
  void follows_the_published_algorithm() {
    Weights weights = one(1, -2, 0.5f);
    Adam adam = new Adam(weights, 0.01, 0);
    double[] w = {1, -2, 0.5};
    double[] m = new double[3];
    double[] v = new double[3];
    SplittableRandom random = new SplittableRandom(1);
    for (int t = 1; t <= 300; t++) {
      double[] g = {random.nextGaussian(), 10 * random.nextGaussian(), 1e-4 * random.nextDouble()};
      adam.step(t, Map.of("w", g), null, 0);
      for (int i = 0; i < 3; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        double mean = m[i] / (1 - Math.pow(0.9, t));
        double square = v[i] / (1 - Math.pow(0.999, t));
        w[i] -= 0.01 * mean / (Math.sqrt(square) + 1e-8);
        assertEquals(w[i], weights.data("w")[i], 2e-5, "step " + t + ", weight " + i);
      }
    }
  }

  /** With a share of the rate it goes that share of the way; the others go theirs. */
  @Test
  void a_parameter_may_learn_at_a_share_of_the_rate() {
    Weights slower = two();
    Weights usual = two();
    Adam a = new Adam(slower, 0.01, 0, Map.of("slow", 0.1));
    Adam b = new Adam(usual, 0.01, 0);
    SplittableRandom random = new SplittableRandom(2);
    for (int t = 1; t <= 50; t++) {
      Map<String, double[]> gradients =
          Map.of(
              "slow", new double[] {random.nextGaussian()},
              "fast", new double[] {random.nextGaussian()});
      a.step(t, gradients, null, 0);
      b.step(t, gradients, null, 0);
      assertEquals(usual.data("fast")[0], slower.data("fast")[0]);
      assertEquals(0.1 * usual.data("slow")[0], slower.data("slow")[0], 1e-6);
    }
  }

  private static Weights two() {
    return new Weights(
        List.of(
            new Tensor("slow", new int[] {1}, new float[1], false),
            new Tensor("fast", new int[] {1}, new float[1], false)));
  }

  @Test
  void clips_by_the_global_norm() {
    Weights clipped = one(0, 0);
    Weights scaled = one(0, 0);
    Adam a = new Adam(clipped, 0.1, 0);
    Adam b = new Adam(scaled, 0.1, 0);
    assertEquals(50, a.step(1, Map.of("w", new double[] {30, 40}), null, 5), 1e-9);
    b.step(1, Map.of("w", new double[] {3, 4}), null, 0);
    assertArrayEquals(scaled.data("w"), clipped.data("w"));
  }

  @Test
  void weight_decay_shrinks_without_a_gradient() {
    Weights weights = one(2);
    new Adam(weights, 0.1, 0.5).step(1, Map.of("w", new double[] {0}), null, 0);
    assertEquals(2 * (1 - 0.1 * 0.5), weights.data("w")[0], 1e-6);
  }

  @Test
  void a_gradient_that_is_not_finite_changes_nothing() {
    Weights weights = one(1, 2);
    Adam adam = new Adam(weights, 0.1, 0);
    Map<String, double[]> bad = Map.of("w", new double[] {1, Double.NaN});
    var e = assertThrows(IllegalStateException.class, () -> adam.step(9, bad, null, 1));
    assertTrue(e.getMessage().contains("norm is NaN at step 9"), e.getMessage());
    assertArrayEquals(new float[] {1, 2}, weights.data("w"));
  }

  /** Its square would be an infinite moment, which no checkpoint could hold. */
  @Test
  void a_gradient_whose_square_is_no_float_is_refused_unless_clipped() {
    Weights weights = one(1, 2);
    Adam adam = new Adam(weights, 0.1, 0);
    Map<String, double[]> tooLong = Map.of("w", new double[] {1e20, 0});
    var e = assertThrows(IllegalStateException.class, () -> adam.step(1, tooLong, null, 0));
    assertTrue(e.getMessage().contains("norm is 1.0E20 at step 1"), e.getMessage());
    assertArrayEquals(new float[] {1, 2}, weights.data("w"));
    adam.step(1, tooLong, null, 1);
    assertEquals(1 - 0.1, weights.data("w")[0], 1e-6);
  }

  /**
   * What makes a vocabulary of 800,000 rows as cheap as one of 800: unused rows are not touched.
   */
  @Test
  void only_the_rows_a_batch_used_move() {
    Architecture architecture =
        RandomRequests.architecture(new ReasoningBuilder().build(), false, 1);
    Weights weights = architecture.evaluator();
    Weights before = weights.copy();
    Request request = RandomRequests.request(new SplittableRandom(1), 3, 3);
    FeatureRows features = new FeatureRows(architecture);
    RowGradients rows = new RowGradients(weights);
    double[] ones = new double[3 * features.width()];
    java.util.Arrays.fill(ones, 1);
    features.scatter(request, 3, ones, 0, rows);
    new Adam(weights, 0.01, 0.1).step(1, Map.of(), rows, 0);
    String table = "features.item.0.weight";
    for (int row = 0; row < 40; row++) {
      boolean used = false;
      for (int i = 0; i < 3; i++) {
        used |= request.itemIds()[2 * i] == row;
      }
      for (int i = 3 * row; i < 3 * row + 3; i++) {
        if (used) {
          assertNotEquals(before.data(table)[i], weights.data(table)[i]);
        } else {
          assertEquals(before.data(table)[i], weights.data(table)[i]);
        }
      }
    }
  }
}
