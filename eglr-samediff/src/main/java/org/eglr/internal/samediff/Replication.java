package org.eglr.internal.samediff;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the smaller of two arrays as large as the other before they are added, multiplied, and so
 * on. On a GPU, ND4J finds the place in the smaller array by divisions for every element: on an
 * H100 a product of [32, 65536, 128] and [65536, 128] took 4.1 ms, one of two arrays of the first
 * shape 1.6. A product with ones replicates; smaller arrays are left alone, where that operation
 * costs what it saves.
 */
final class Replication implements AutoCloseable {

  /** From so many elements on it was seen to pay on a GPU. */
  private static final long DEVICE_FROM = 64L << 20;

  private static final Set<String> PAIRWISE =
      Set.of("add", "subtract", "multiply", "divide", "maximum");

  private final long from;
  private final Map<Pair<DataType, Long>, INDArray> ones = new HashMap<>();

  Replication() {
    this(Backend.onHost() ? Long.MAX_VALUE : DEVICE_FROM);
  }

  /**
   * @param from elements of the result from which on the smaller array is replicated
   */
  Replication(long from) {
    this.from = from;
  }

  /** Whether this has to do with such an operation. */
  static boolean concerns(DifferentialFunction op) {
    return PAIRWISE.contains(op.opName());
  }

  /**
   * The other one's elements laid out as the result's, or null where nothing is to be done: the
   * result is small, or the array is neither a row nor a column of it.
   *
   * @param small an input of the operation
   * @param result what the operation makes
   */
  INDArray replicated(INDArray small, LongShapeDescriptor result, ArenaMemory memory) {
    long[] shape = result.getShape();
    long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    if (length < from || small.length() == length || small.dataType() != result.dataType()) {
      return null;
    }
    long each = small.length();
    boolean row = isRow(small.shape(), shape);
    if (!(row || isColumn(small.shape(), shape)) || each == 1 || !isPlain(small)) {
      return null;
    }
    DataType type = result.dataType();
    long times = length / each;
    INDArray large = memory.allocate(result);
    if (row) {
      product(ones(type, times).reshape(times, 1), small.reshape(1, each), large);
    } else {
      product(small.reshape(each, 1), ones(type, times).reshape(1, times), large);
    }
    return large;
  }

  /** Whether the values lie one after another, row by row. */
  static boolean isPlain(INDArray array) {
    if (array.ordering() != 'c') {
      return false;
    }
    long stride = 1;
    for (int i = array.rank() - 1; i >= 0; i--) {
      if (array.size(i) != 1 && array.stride(i) != stride) {
        return false; // ND4J's own question says so of shapes like [64, 2, 1, 32], too
      }
      stride *= array.size(i);
    }
    return true;
  }

  /** Of a column and a row. BLAS writes column by column, so the factors change places. */
  private static void product(INDArray column, INDArray row, INDArray result) {
    INDArray matrix = result.reshape('c', column.length(), row.length());
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(row.permute(1, 0), column.permute(1, 0))
            .addOutputs(matrix.permute(1, 0))
            .build());
  }

  /** Whether the array is repeated as a whole: its shape ends the result's. */
  private static boolean isRow(long[] small, long[] result) {
    int first = 0;
    while (first < small.length && small[first] == 1) {
      first++;
    }
    int ending = small.length - first;
    return Arrays.equals(
        Arrays.copyOfRange(small, first, small.length),
        Arrays.copyOfRange(result, result.length - ending, result.length));
  }

  /** Whether each element is repeated: the shape begins as the result's, then come ones. */
  private static boolean isColumn(long[] small, long[] result) {
    if (small.length != result.length) {
      return false;
    }
    int last = small.length;
    while (last > 0 && small[last - 1] == 1) {
      last--;
    }
    return Arrays.equals(Arrays.copyOf(small, last), Arrays.copyOf(result, last));
  }

  private INDArray ones(DataType type, long count) {
    return ones.computeIfAbsent(Pair.of(type, count), key -> Nd4j.ones(type, count));
  }

  @Override
  public void close() {
    ones.values().forEach(INDArray::close);
    ones.clear();
  }
}
