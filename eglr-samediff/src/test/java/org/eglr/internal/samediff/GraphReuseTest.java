package org.eglr.internal.samediff;

import static org.eglr.internal.model.Numbers.assertClose;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.Parity;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.reasoning.ReasoningBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A graph that was used before, with other weights and shapes, gives what a fresh one gives. */
class GraphReuseTest {

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void evaluator(DataType type) {
    double tolerance = type == DataType.DOUBLE ? 1e-12 : 1e-4;
    Architecture architecture = Parity.architecture(new ReasoningBuilder().build(), false);
    Weights weights = architecture.evaluator();
    EvaluatorGraph used = new EvaluatorGraph(architecture, weights, true, type);
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 8; round++) {
      for (Tensor tensor : weights.all()) {
        for (int i = 0; i < tensor.data().length; i++) {
          tensor.data()[i] += (float) (0.1 * random.nextGaussian());
        }
      }
      used.update(weights);
      int size = 2 + round / 2 % 3; // each shape twice in a row
      int length = 3 + round / 4;
      int[] lengths = new int[size];
      Arrays.fill(lengths, length);
      boolean[] clicked = new boolean[size * length];
      float[] x = new float[size * length * architecture.inputWidth()];
      for (int i = 0; i < clicked.length; i++) {
        clicked[i] = random.nextBoolean();
      }
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextGaussian();
      }
      ListBatch lists = new ListBatch(size, length, lengths, clicked, new float[size]);
      EvaluatorGraph fresh = new EvaluatorGraph(architecture, weights, true, type);
      EvaluatorEngine.Result expected = fresh.train(lists, x, size);
      EvaluatorEngine.Result actual = used.train(lists, x, size);
      String where = "round " + round + ": ";
      expected
          .gradients()
          .forEach((n, g) -> assertClose(g, actual.gradients().get(n), tolerance, where + n));
      assertClose(expected.features(), actual.features(), tolerance, where + "x");
    }
  }
}
