package org.eglr.internal.samediff.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.eglr.internal.model.Schemas;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights go to the device and come back as they were. */
class DeviceWeightsTest {

  @ParameterizedTest
  @EnumSource
  void there_and_back(Schemas schema) {
    Weights weights = schema.architecture(3).evaluator();
    Weights first = random(weights, 1);
    Weights second = random(weights, 2);
    try (DeviceWeights device = new DeviceWeights(weights)) {
      device.loadMoments(first, second);
      Weights stored = weights.zeros();
      device.store(stored);
      assertSame(weights, stored);
      Weights storedFirst = weights.zeros();
      Weights storedSecond = weights.zeros();
      device.storeMoments(storedFirst, storedSecond);
      assertSame(first, storedFirst);
      assertSame(second, storedSecond);
      Weights others = random(weights, 3);
      device.load(others);
      device.store(stored);
      assertSame(others, stored);
      for (Tensor tensor : weights.dense()) {
        INDArray value = device.value(tensor.name());
        assertArrayEquals(others.data(tensor.name()), Backend.floats(value), tensor.name());
        assertEquals(tensor.shape().length, value.rank());
      }
    }
  }

  /** Whatever the order of the gradient's memory. */
  @Test
  void gradients_are_added_up() {
    Weights weights = Schemas.ALL.architecture(3).evaluator();
    try (DeviceWeights device = new DeviceWeights(weights)) {
      String name = "features.fc1.weight";
      int rows = weights.get(name).shape()[0];
      int columns = weights.get(name).shape()[1];
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = i;
      }
      for (int round = 0; round < 2; round++) {
        device.clearGradient();
        try (INDArray c = Backend.array(DataType.FLOAT, values, rows, columns);
            INDArray f = c.dup('f')) {
          device.addGradient(name, c);
          device.addGradient(name, f);
        }
      }
      float[] all = Backend.floats(device.gradient());
      int at = 0;
      for (Tensor tensor : weights.dense()) {
        for (int i = 0; i < tensor.data().length; i++, at++) {
          float expected = tensor.name().equals(name) ? 2 * i : 0;
          assertEquals(expected, all[at], tensor.name());
        }
      }
    }
  }

  @Test
  void half_of_the_memory_is_left_free() {
    Weights weights =
        new Weights(
            List.of(
                new Tensor("dense", new int[] {1000}, new float[1000], false), // 4 rows of 256
                new Tensor("table", new int[] {99, 10}, new float[990], true))); // and one of zeros
    long bytes = 4 * (5 * 1024 + 3 * 1000);
    assertTrue(DeviceWeights.fit(weights, 2 * bytes));
    assertFalse(DeviceWeights.fit(weights, 2 * bytes - 1));
    assertFalse(DeviceWeights.fit(weights, 0), "memory of unknown size");
  }

  private static Weights random(Weights like, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Weights weights = like.zeros();
    for (Tensor tensor : weights.all()) {
      for (int i = 0; i < tensor.data().length; i++) {
        tensor.data()[i] = (float) random.nextGaussian();
      }
    }
    return weights;
  }

  private static void assertSame(Weights expected, Weights actual) {
    for (Tensor tensor : expected.all()) {
      assertArrayEquals(tensor.data(), actual.data(tensor.name()), tensor.name());
    }
  }
}
