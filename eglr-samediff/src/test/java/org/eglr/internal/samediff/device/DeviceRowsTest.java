package org.eglr.internal.samediff.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.samediff.Backend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J's operations on rows against plain loops. */
class DeviceRowsTest {

  /** Copies into and out of a part of a larger array, as training does. */
  @ParameterizedTest
  @CsvSource({"2, 1, 1", "2, 3, 2", "500, 1, 40", "500, 16, 1", "500, 16, 300", "7, 5, 7"})
  void against_plain_loops(int tableRows, int columns, int count) {
    SplittableRandom random = new SplittableRandom(tableRows + columns + count);
    float[] table = floats(random, tableRows * columns);
    int[] rows = IntStream.generate(() -> random.nextInt(tableRows)).limit(count).toArray();
    float[] expected = new float[count * columns];
    for (int i = 0; i < count; i++) {
      System.arraycopy(table, rows[i] * columns, expected, i * columns, columns);
    }
    try (INDArray from = Backend.array(DataType.FLOAT, table, tableRows, columns);
        INDArray indices = DeviceRows.indices(rows);
        DeviceArray memory = new DeviceArray()) {
      memory.shape(count + 9, columns);
      INDArray into = memory.rows(4, count + 4, count, columns);
      DeviceRows.gather(from, indices, into);
      assertArrayEquals(expected, Backend.floats(into), "repeated rows");

      int[] some =
          Arrays.copyOf(RandomRequests.permutation(random, tableRows), Math.min(count, tableRows));
      float[] updates = floats(random, some.length * columns);
      INDArray part = memory.rows(2, 2 + some.length, some.length, columns);
      try (INDArray values = Backend.array(DataType.FLOAT, updates, some.length, columns);
          INDArray each = DeviceRows.indices(some)) {
        part.assign(values);
        DeviceRows.scatter(part, each, from);
      }
      for (int i = 0; i < some.length; i++) {
        System.arraycopy(updates, i * columns, table, some[i] * columns, columns);
      }
      assertArrayEquals(table, Backend.floats(from), "the rows named, and no others");
    }
  }

  private static float[] floats(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
