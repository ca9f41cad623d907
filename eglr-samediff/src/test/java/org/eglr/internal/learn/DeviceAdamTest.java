package org.eglr.internal.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Schemas;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.device.DeviceFeatures;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.internal.store.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam on the device against Adam in the computer's memory. */
class DeviceAdamTest {

  private static final double RATE = 0.01;
  private static final Map<String, Double> SHARES = Map.of("cls", 0.1);

  @ParameterizedTest
  @CsvSource({
    "ALL, 1, 0, 0",
    "ALL, 2, 0.1, 0",
    "ALL, 3, 0.1, 0.5",
    "NO_USER, 4, 1e-6, 1",
    "IDS_ONLY, 5, 0, 2",
    "ONE_ID, 6, 0.1, 0",
    "USER_ID_ONLY, 7, 0.1, 1",
    "VALUES_ONLY, 8, 0.1, 1"
  })
  void takes_the_same_steps(Schemas schema, long seed, double decay, double clip) {
    try (Both both = new Both(schema, decay)) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int step = 1; step <= 40; step++) {
        // magnitudes as different as gradients have them, some step without any
        both.gradient(random, step == 20 ? 0 : Math.pow(10, random.nextInt(9) - 6));
        double expected = both.host(step, clip);
        assertEquals(expected, both.device.step(step, clip), 1e-5 * expected);
        both.compare();
      }
    }
  }

  @Test
  void goes_on_from_a_state() {
    try (Both whole = new Both(Schemas.ALL, 0.1);
        Both resumed = new Both(Schemas.ALL, 0.1)) {
      SplittableRandom random = new SplittableRandom(1);
      for (int step = 1; step <= 5; step++) {
        whole.gradient(random, 1);
        whole.device.step(step, 0);
      }
      whole.device.store();
      resumed.weights.setFrom(whole.weights);
      resumed.onDevice.load(resumed.weights);
      resumed.device.resume(whole.device.state());
      whole.gradient(new SplittableRandom(9), 1);
      resumed.gradient(new SplittableRandom(9), 1);
      assertEquals(whole.device.step(6, 0), resumed.device.step(6, 0));
      whole.device.store();
      resumed.device.store();
      assertSame(whole.weights, resumed.weights);
      assertEquals(6, resumed.device.state().steps());
    }
  }

  @Test
  void a_gradient_that_is_not_finite_changes_nothing() {
    for (boolean dense : new boolean[] {true, false}) {
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        try (Both both = new Both(Schemas.ALL, 0.1)) {
          both.gradient(new SplittableRandom(1), 1);
          both.device.step(1, 0);
          both.device.store();
          Weights before = both.weights.copy();
          Checkpoint.Optimiser state = both.device.state();
          both.gradient(new SplittableRandom(2), 1);
          both.spoil(dense, bad);
          var e = assertThrows(IllegalStateException.class, () -> both.device.step(2, 1));
          String message = e.getMessage();
          assertTrue(message.startsWith("the gradient's norm is " + bad + " at step 2"), message);
          assertTrue(message.contains("the step was not taken"), message);
          both.device.store();
          assertSame(before, both.weights);
          assertSame(state.first(), both.device.state().first());
          assertSame(state.second(), both.device.state().second());
          assertEquals(1, both.device.state().steps());
        }
      }
    }
  }

  @Test
  void a_gradient_whose_square_is_no_float_is_refused_unless_clipped() {
    try (Both both = new Both(Schemas.ALL, 0)) {
      SplittableRandom random = new SplittableRandom(1);
      both.gradient(random, 1e20);
      var e = assertThrows(IllegalStateException.class, () -> both.device.step(1, 0));
      assertTrue(e.getMessage().contains("norm is "), e.getMessage());
      both.gradient(random, 1e20);
      double norm = both.host(1, 1);
      assertEquals(norm, both.device.step(1, 1), 1e-5 * norm);
      both.compare();
    }
  }

  /** The same weights and the same gradients in both places. */
  private static final class Both implements AutoCloseable {

    private final Schemas schema;
    private final FeatureRows features;
    private final Weights hostWeights;
    private final Weights weights;
    private final RowGradients rows;
    private final Adam adam;
    private final Map<String, double[]> dense = new LinkedHashMap<>();
    private final DeviceWeights onDevice;
    private final DeviceFeatures deviceFeatures;
    private final DeviceAdam device;

    Both(Schemas schema, double decay) {
      this.schema = schema;
      Architecture architecture = schema.architecture(3);
      features = new FeatureRows(architecture);
      hostWeights = architecture.evaluator();
      weights = architecture.evaluator();
      rows = new RowGradients(hostWeights);
      adam = new Adam(hostWeights, RATE, decay, SHARES);
      onDevice = new DeviceWeights(weights);
      deviceFeatures = new DeviceFeatures(architecture, onDevice);
      device = new DeviceAdam(weights, onDevice, deviceFeatures.uses(), RATE, decay, SHARES);
    }

    void gradient(SplittableRandom random, double scale) {
      onDevice.clearGradient();
      for (Tensor tensor : weights.dense()) {
        double[] gradient = random(random, tensor.data().length, scale);
        dense.put(tensor.name(), gradient);
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        try (INDArray array = Backend.array(DataType.FLOAT, gradient, shape)) {
          onDevice.addGradient(tensor.name(), array);
        }
      }
      int length = 4;
      int size = 1 + random.nextInt(30);
      int width = features.width();
      double[] x = random(random, size * length * width, scale);
      List<Request> requests = new ArrayList<>();
      int[] counts = new int[size];
      rows.clear();
      for (int b = 0; b < size; b++) {
        counts[b] = 1 + random.nextInt(length);
        requests.add(schema.request(random, length, counts[b]));
        features.scatter(requests.get(b), counts[b], x, b * length * width, rows);
      }
      deviceFeatures.begin(size * length);
      DeviceFeatures.Part part = deviceFeatures.x(requests, counts, length);
      try (INDArray array = Backend.array(DataType.FLOAT, x, size * length, width)) {
        deviceFeatures.take(part, array);
      }
    }

    /** Makes one of the present gradient's values bad. */
    void spoil(boolean inDense, float bad) {
      if (inDense) {
        onDevice.gradient().putScalar(0, 1, bad);
      } else {
        int width = features.width();
        double[] x = new double[4 * width];
        x[0] = bad;
        deviceFeatures.begin(4);
        List<Request> requests = List.of(schema.request(new SplittableRandom(1), 4, 4));
        DeviceFeatures.Part part = deviceFeatures.x(requests, new int[] {4}, 4);
        try (INDArray array = Backend.array(DataType.FLOAT, x, 4, width)) {
          deviceFeatures.take(part, array);
        }
      }
    }

    double host(int step, double clip) {
      return adam.step(step, dense, rows, clip);
    }

    /** Weights and moments are the same but for rounding. */
    void compare() {
      device.store();
      Checkpoint.Optimiser expected = adam.state();
      Checkpoint.Optimiser actual = device.state();
      assertEquals(expected.steps(), actual.steps());
      float firsts = largest(expected.first());
      float seconds = largest(expected.second());
      for (Tensor tensor : hostWeights.all()) {
        String name = tensor.name();
        assertArrayEquals(tensor.data(), weights.data(name), 3e-6f, name);
        assertArrayEquals(
            expected.first().data(name), actual.first().data(name), 2e-6f * firsts, name);
        assertArrayEquals(
            expected.second().data(name), actual.second().data(name), 2e-6f * seconds, name);
      }
    }

    private static float largest(Weights weights) {
      float largest = 0;
      for (Tensor tensor : weights.all()) {
        for (float value : tensor.data()) {
          largest = Math.max(largest, Math.abs(value));
        }
      }
      return largest;
    }

    private static double[] random(SplittableRandom random, int count, double scale) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) (scale * random.nextGaussian());
      }
      return values;
    }

    @Override
    public void close() {
      device.close();
      deviceFeatures.close();
      onDevice.close();
    }
  }

  private static void assertSame(Weights expected, Weights actual) {
    for (Tensor tensor : expected.all()) {
      assertArrayEquals(tensor.data(), actual.data(tensor.name()), tensor.name());
    }
  }
}
