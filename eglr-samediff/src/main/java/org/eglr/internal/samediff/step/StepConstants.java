package org.eglr.internal.samediff.step;

import java.util.Arrays;
import org.eglr.internal.samediff.device.DeviceArray;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays of fixed numbers that decoding steps need, kept on the device. What a method returns lasts
 * until the method is called again.
 */
final class StepConstants implements AutoCloseable {

  private static final float MASKED = -1e9f;

  private final DeviceArray ones = new DeviceArray();
  private final DeviceArray numbers = new DeviceArray();
  private final DeviceArray future = new DeviceArray(); // [2 * most]: zeros, then masked
  private final DeviceArray triangle = new DeviceArray();
  private int mostOnes;
  private int mostNumbers;
  private int most;
  private int side;

  /** Ones: [1, count]. */
  INDArray ones(int count) {
    if (count > mostOnes) {
      mostOnes = 2 * count;
      float[] values = new float[mostOnes];
      Arrays.fill(values, 1);
      put(ones, values);
    }
    return ones.rows(0, count, 1, count);
  }

  /** 0, 1, ...: [1, count]. */
  INDArray numbers(int count) {
    if (count > mostNumbers) {
      mostNumbers = 2 * count;
      float[] values = new float[mostNumbers];
      for (int i = 0; i < values.length; i++) {
        values[i] = i;
      }
      put(numbers, values);
    }
    return numbers.rows(0, count, 1, count);
  }

  /** Added to attention logits: 0 for tokens, then masked: [room, 1]. */
  INDArray future(int tokens, int room) {
    if (room > most) {
      most = 2 * room;
      float[] values = new float[2 * most];
      Arrays.fill(values, most, 2 * most, MASKED);
      put(future, values);
    }
    return future.rows((long) most - tokens, (long) most - tokens + room, room, 1);
  }

  /**
   * A product with it sums rows cumulatively: [side, side], ones on and above the diagonal. ND4J's
   * own cumulative sum on a GPU waits for the device and races in rows of more than 1024.
   */
  INDArray triangle(int newSide) {
    if (newSide != side) {
      side = newSide;
      float[] values = new float[side * side];
      for (int i = 0; i < side; i++) {
        Arrays.fill(values, i * side + i, (i + 1) * side, 1);
      }
      put(triangle, values);
    }
    return triangle.rows(0, (long) side * side, side, side);
  }

  private static void put(DeviceArray target, float[] values) {
    target.shape(values.length, 1);
    try (INDArray array = Nd4j.createFromArray(values)) {
      target.rows(0, values.length, values.length).assign(array);
    }
  }

  @Override
  public void close() {
    ones.close();
    numbers.close();
    future.close();
    triangle.close();
  }
}
