package org.eglr.internal.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Dropout;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluator's gradient where values are dropped. */
class DropoutTest {

  private static final Reasoning NONE =
      new Reasoning(0, 1, 1, 1, ReasoningToken.NONE, QueryUpdate.REPLACE, false);

  /** Along its own gradient a parameter changes the loss by the gradient's square. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void is_that_of_the_values_kept(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Architecture architecture = RandomRequests.architecture(NONE, false, seed);
    Weights weights = RandomRequests.spread(architecture.evaluator(), 2);
    FeatureRows features = new FeatureRows(architecture);
    int[] lengths = {4, 2, 5};
    List<Request> requests = RandomRequests.requests(random, 3, 5, 5);
    boolean[] clicked = new boolean[15];
    for (int i = 0; i < clicked.length; i++) {
      clicked[i] = random.nextBoolean();
    }
    ListBatch lists = new ListBatch(3, 5, lengths, clicked, new float[] {0, 2.5f, 1});
    int block = 5 * features.width();
    float[] x = new float[3 * block];
    for (int b = 0; b < 3; b++) {
      features.fill(requests.get(b), lengths[b], weights, x, b * block);
    }
    Dropout dropout = new Dropout(0.3, seed, 7);
    try (CpuEvaluator cpu = new CpuEvaluator(architecture, weights, true)) {
      EvaluatorEngine.Result result = cpu.train(lists, x, 3, dropout);
      double loss = loss(result);
      assertEquals(loss, loss(cpu.train(lists, x, 3, dropout)), "the same values again");
      assertNotEquals(loss, loss(cpu.train(lists, x, 3, new Dropout(0.3, seed + 1, 7))));
      assertNotEquals(loss, loss(cpu.train(lists, x, 3)));
      Map<String, double[]> gradients = result.gradients();
      int checked = 0;
      for (Tensor tensor : weights.all()) {
        double[] gradient = gradients.get(tensor.name());
        double square = 0;
        for (int i = 0; gradient != null && i < gradient.length; i++) {
          square += gradient[i] * gradient[i];
        }
        if (square < 1e-4) {
          continue; // an embedding table, or next to nothing
        }
        double by = 2e-3 / Math.sqrt(square);
        double slope =
            (moved(cpu, weights, tensor, gradient, by, lists, x, dropout)
                    - moved(cpu, weights, tensor, gradient, -by, lists, x, dropout))
                / (2 * by);
        assertEquals(square, slope, 0.03 * square + 2e-3 * Math.sqrt(square), tensor.name());
        checked++;
      }
      assertTrue(checked > 15, checked + " parameters");
    }
  }

  private static double moved(
      CpuEvaluator cpu,
      Weights weights,
      Tensor tensor,
      double[] gradient,
      double by,
      ListBatch lists,
      float[] x,
      Dropout dropout) {
    float[] before = tensor.data().clone();
    for (int i = 0; i < before.length; i++) {
      tensor.data()[i] += (float) (by * gradient[i]);
    }
    cpu.update(weights);
    double loss = loss(cpu.train(lists, x, 3, dropout));
    System.arraycopy(before, 0, tensor.data(), 0, before.length);
    cpu.update(weights);
    return loss;
  }

  private static double loss(EvaluatorEngine.Result result) {
    return result.clickLoss() + result.valueLoss();
  }

  @Test
  void drops_the_share_it_is_asked_to() {
    float[] factors = new float[100_000];
    new Dropout(0.3, 5, 0).factors(2, 1, factors.length, factors, 0);
    double mean = 0;
    int dropped = 0;
    for (float factor : factors) {
      mean += factor / factors.length;
      dropped += factor == 0 ? 1 : 0;
    }
    assertEquals(0.3, (double) dropped / factors.length, 0.01);
    assertEquals(1, mean, 0.01);
    float[] others = new float[100];
    new Dropout(0.3, 5, 2).factors(0, 1, others.length, others, 0);
    assertEquals(List.of(list(factors)), List.of(list(others)), "list 2 of the batch either way");
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      list.add(values[i]);
    }
    return list;
  }
}
