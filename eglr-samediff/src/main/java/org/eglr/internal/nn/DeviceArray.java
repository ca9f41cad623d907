package org.eglr.internal.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Device memory for a float array [rows, rowLength] whose shape changes from use to use: it grows
 * where it must and is otherwise used again.
 */
public final class DeviceArray implements AutoCloseable {

  private INDArray memory = Nd4j.zeros(DataType.FLOAT, 1);
  private long rowLength = 1;

  /** Makes room; what was in it is lost, and what is in it now is undefined. */
  public void shape(long rows, long newRowLength) {
    rowLength = newRowLength;
    if (rows * rowLength > memory.length()) {
      memory.close();
      memory = Nd4j.createUninitializedDetached(DataType.FLOAT, rows * rowLength);
    }
  }

  /** Rows from (inclusive) to (exclusive) in a shape; shares the memory. */
  public INDArray rows(long from, long to, long... shape) {
    return memory.get(NDArrayIndex.interval(from * rowLength, to * rowLength)).reshape(shape);
  }

  @Override
  public void close() {
    memory.close();
  }
}
