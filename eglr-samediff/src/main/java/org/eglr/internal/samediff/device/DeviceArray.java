package org.eglr.internal.samediff.device;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Device memory for an array [rows, rowLength] whose shape changes from use to use: it grows where
 * it must and is otherwise used again.
 */
public final class DeviceArray implements AutoCloseable {

  private static final int MOST_VIEWS = 1024; // where shapes seldom come again

  private final DataType type;
  private final Map<View, INDArray> views =
      new HashMap<>(); // making one costs as much as an operation
  private INDArray memory;
  private long rowLength = 1;

  private record View(long from, List<Long> shape) {}

  /** For floats. */
  public DeviceArray() {
    this(DataType.FLOAT);
  }

  public DeviceArray(DataType type) {
    this.type = type;
    memory = Nd4j.zeros(type, 1);
  }

  /** Makes room; what was in it is lost, and what is in it now is undefined. */
  public void shape(long rows, long newRowLength) {
    if (newRowLength != rowLength) {
      views.clear();
    }
    rowLength = newRowLength;
    if (rows * rowLength > memory.length()) {
      views.clear();
      memory.close();
      memory = Nd4j.createUninitializedDetached(type, rows * rowLength);
    }
  }

  /** Rows from (inclusive) to (exclusive) in a shape; shares the memory. */
  public INDArray rows(long from, long to, long... shape) {
    return view(from * rowLength, (to - from) * rowLength, shape);
  }

  /** A row, or its beginning, in a shape; shares the memory. */
  public INDArray row(long row, long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return view(row * rowLength, length, shape);
  }

  private INDArray view(long from, long length, long... shape) {
    List<Long> sizes = Arrays.stream(shape).boxed().toList();
    if (views.size() > MOST_VIEWS) {
      views.clear();
    }
    return views.computeIfAbsent(
        new View(from, sizes),
        v -> memory.get(NDArrayIndex.interval(from, from + length)).reshape(shape));
  }

  public long length() {
    return memory.length();
  }

  @Override
  public void close() {
    views.clear();
    memory.close();
  }
}
