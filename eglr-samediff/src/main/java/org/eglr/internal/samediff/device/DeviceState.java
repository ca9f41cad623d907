package org.eglr.internal.samediff.device;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Parameters on the device with what Adam keeps of them: three arrays of one shape, [rows, n].
 *
 * @param values the parameters
 * @param first mean of their gradients
 * @param second mean of the gradients' squares
 */
public record DeviceState(INDArray values, INDArray first, INDArray second)
    implements AutoCloseable {

  static DeviceState zeros(long rows, long columns) {
    return new DeviceState(zero(rows, columns), zero(rows, columns), zero(rows, columns));
  }

  private static INDArray zero(long rows, long columns) {
    return Nd4j.createUninitializedDetached(DataType.FLOAT, rows, columns).assign(0);
  }

  @Override
  public void close() {
    values.close();
    first.close();
    second.close();
  }
}
