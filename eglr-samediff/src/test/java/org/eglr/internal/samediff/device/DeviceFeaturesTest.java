package org.eglr.internal.samediff.device;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Schemas;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.evaluator.EvaluatorParityTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Feature rows and their gradients on the device against those in the computer's memory. */
class DeviceFeaturesTest {

  @ParameterizedTest
  @EnumSource
  void rows_and_gradients(Schemas schema) {
    for (int embedding : new int[] {1, 3}) {
      Architecture architecture = schema.architecture(embedding);
      Weights weights = architecture.evaluator();
      try (DeviceWeights device = new DeviceWeights(weights);
          DeviceFeatures features = new DeviceFeatures(architecture, device)) {
        SplittableRandom random = new SplittableRandom(1);
        for (int step = 0; step < 4; step++) {
          check(schema, architecture, weights, features, random, step);
        }
      }
    }
  }

  /** A step with parts of several sizes, the last of one list of one item. */
  private static void check(
      Schemas schema,
      Architecture architecture,
      Weights weights,
      DeviceFeatures device,
      SplittableRandom random,
      int step) {
    FeatureRows host = new FeatureRows(architecture);
    RowGradients expected = new RowGradients(weights);
    int[] sizes = {5 + 20 * (step % 2), 2, 1};
    int[] lengths = {4, 7, 1};
    device.begin(sizes[0] * lengths[0] + sizes[1] * lengths[1] + sizes[2] * lengths[2]);
    for (int part = 0; part < sizes.length; part++) {
      int length = lengths[part];
      int row = length * host.width();
      List<Request> requests = new ArrayList<>();
      int[] counts = new int[sizes[part]];
      float[] x = new float[sizes[part] * row];
      double[] gradient = new double[x.length];
      for (int b = 0; b < counts.length; b++) {
        counts[b] = b == 0 ? length : 1 + random.nextInt(length);
        requests.add(schema.request(random, 8, counts[b]));
        for (int i = b * row; i < (b + 1) * row; i++) {
          gradient[i] = (float) random.nextGaussian(); // that of padding must not be used
        }
        host.fill(requests.get(b), counts[b], weights, x, b * row);
        host.scatter(requests.get(b), counts[b], gradient, b * row, expected);
      }
      DeviceFeatures.Part made = device.x(requests, counts, length);
      assertArrayEquals(x, Backend.floats(made.x()));
      try (INDArray array =
          Backend.array(DataType.FLOAT, gradient, counts.length * (long) length, host.width())) {
        device.take(made, array);
      }
    }
    if (weights.tables().isEmpty()) {
      assertNull(device.uses().gradient());
    } else {
      compare(weights, expected, device.uses().rows(), Backend.floats(device.uses().gradient()));
    }
  }

  private static void compare(
      Weights weights, RowGradients expected, int[] rows, float[] gradient) {
    int first = 0;
    for (Tensor tensor : weights.tables()) {
      int width = tensor.shape()[1];
      double[] full = new double[tensor.data().length];
      for (int slot = 0; slot < rows.length; slot++) {
        int row = rows[slot] - first;
        for (int i = 0; row >= 0 && row < tensor.shape()[0] && i < width; i++) {
          full[row * width + i] = gradient[slot * width + i];
        }
      }
      RowGradients.Table table = expected.tables().get(tensor.name());
      assertClose(EvaluatorParityTest.full(table, tensor), full, 1e-5, tensor.name());
      first += tensor.shape()[0];
    }
  }
}
