package org.eglr.internal.samediff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Against ND4J's own, and by sums that are written out. */
class SmallProductsTest {

  private static final double CLOSE = 2e-5;

  private final SmallProducts products = new SmallProducts();
  private final Random random = new Random(7);

  @BeforeEach
  void onHost() {
    assumeTrue(Backend.onHost(), "on a card ND4J's own are used");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "1, 0"})
  void products_and_their_way_back_are_nd4js(int aTransposed, int bTransposed) {
    for (int round = 0; round < 60; round++) {
      int m = 1 + random.nextInt(12);
      int k = 1 + random.nextInt(40);
      int n = 1 + random.nextInt(40);
      long[] outer = {1 + random.nextInt(5), 1 + random.nextInt(3)};
      INDArray a = drawn(outer, aTransposed == 1 ? k : m, aTransposed == 1 ? m : k);
      INDArray b = drawn(outer, bTransposed == 1 ? n : k, bTransposed == 1 ? k : n);
      INDArray dC = drawn(outer, m, n);
      compare("matmul", new int[] {aTransposed, bTransposed, 0}, arrays(a, b), arrays(dC));
      compare("matmul_bp", new int[] {aTransposed, bTransposed, 0}, arrays(a, b, dC), arrays(a, b));
    }
  }

  @Test
  void a_product_is_the_sum_over_its_inner_dimension() {
    INDArray a = drawn(new long[] {3}, 2, 5);
    INDArray b = drawn(new long[] {3}, 5, 4);
    INDArray c = Nd4j.create(DataType.FLOAT, 3, 2, 4);
    assertTrue(products.execute(op("matmul", 0, 0, 0), arrays(a, b), arrays(c)));
    for (int i = 0; i < 3; i++) {
      for (int row = 0; row < 2; row++) {
        for (int column = 0; column < 4; column++) {
          double sum = 0;
          for (int k = 0; k < 5; k++) {
            sum += a.getDouble(i, row, k) * b.getDouble(i, k, column);
          }
          assertEquals(sum, c.getDouble(i, row, column), CLOSE);
        }
      }
    }
  }

  @Test
  void softmax_and_its_way_back_are_nd4js() {
    for (int round = 0; round < 60; round++) {
      long[] outer = {1 + random.nextInt(5), 1 + random.nextInt(3)};
      INDArray x = drawn(outer, 1 + random.nextInt(4), 1 + random.nextInt(40));
      INDArray d = drawn(outer, (int) x.size(2), (int) x.size(3));
      compare("softmax", new int[] {3}, arrays(x), arrays(x));
      compare("softmax_bp", new int[] {3}, arrays(x, d), arrays(x));
    }
  }

  @Test
  void what_is_masked_has_no_share() {
    INDArray x = Nd4j.create(new float[] {1, -1e9f, 2, -1e9f}, new long[] {1, 1, 4}, 'c');
    INDArray out = Nd4j.create(DataType.FLOAT, 1, 1, 4);
    assertTrue(products.execute(op("softmax", 2), arrays(x), arrays(out)));
    double e = Math.exp(-1);
    assertArrayEquals(
        new double[] {e / (1 + e), 0, 1 / (1 + e), 0}, out.reshape(4).toDoubleVector(), 1e-6);
  }

  @Test
  void the_rest_is_left_to_nd4j() {
    INDArray matrix = Nd4j.ones(DataType.FLOAT, 3, 3);
    assertFalse(
        products.execute(op("matmul", 0, 0, 0), arrays(matrix, matrix), arrays(matrix.dup())));
    INDArray doubles = Nd4j.ones(DataType.DOUBLE, 2, 3, 3);
    assertFalse(
        products.execute(op("matmul", 0, 0, 0), arrays(doubles, doubles), arrays(doubles.dup())));
    INDArray cube = Nd4j.ones(DataType.FLOAT, 2, 3, 3);
    assertFalse(products.execute(op("matmul", 1, 1, 0), arrays(cube, cube), arrays(cube.dup())));
    assertFalse(products.execute(op("softmax", 1), arrays(cube), arrays(cube.dup())));
    INDArray turned = cube.permute(0, 2, 1);
    assertFalse(products.execute(op("softmax", 2), arrays(turned), arrays(cube.dup())));
    INDArray one = Nd4j.ones(DataType.FLOAT, 1, 3, 3);
    assertFalse(products.execute(op("matmul", 0, 0, 0), arrays(cube, one), arrays(cube.dup())));
  }

  @Test
  void shapes_with_ones_are_plain() { // ND4J says that some of them are not
    Stream.of(new long[] {64, 2, 1, 32}, new long[] {64, 2, 1, 3}, new long[] {1, 5, 1})
        .forEach(shape -> assertTrue(Replication.isPlain(Nd4j.create(DataType.FLOAT, shape))));
    assertFalse(Replication.isPlain(Nd4j.create(DataType.FLOAT, 3, 4).permute(1, 0)));
    assertFalse(Replication.isPlain(Nd4j.create(DataType.FLOAT, 2, 3, 4).permute(0, 2, 1)));
  }

  private void compare(String name, int[] integers, INDArray[] in, INDArray[] like) {
    INDArray[] own = Stream.of(like).map(INDArray::ulike).toArray(INDArray[]::new);
    INDArray[] theirs = Stream.of(like).map(INDArray::ulike).toArray(INDArray[]::new);
    assertTrue(products.execute(op(name, integers), in, own));
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(in)
            .addOutputs(theirs)
            .addIntegerArguments(integers)
            .build());
    for (int i = 0; i < own.length; i++) {
      assertArrayEquals(
          theirs[i].dup().data().asDouble(), own[i].dup().data().asDouble(), CLOSE, name);
    }
  }

  private static DynamicCustomOp op(String name, int... integers) {
    return DynamicCustomOp.builder(name).addIntegerArguments(integers).build();
  }

  private static INDArray[] arrays(INDArray... arrays) {
    return arrays;
  }

  private INDArray drawn(long[] outer, int rows, int columns) {
    long[] shape = Arrays.copyOf(outer, outer.length + 2);
    shape[outer.length] = rows;
    shape[outer.length + 1] = columns;
    int length = 1;
    for (long each : shape) {
      length *= (int) each;
    }
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.create(values, shape, 'c');
  }
}
