package org.eglr.internal.samediff.device;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Moves rows of matrices on the device. Of ND4J's operations that do this, these are the ones whose
 * CUDA kernels work on all values at once: {@code gather} copies a table of all row offsets to the
 * card at every call, {@code scatter_add} either loses what meets in a row or goes through all
 * indices for every value, and so does {@code scatter_upd} unless told not to lock.
 */
final class DeviceRows {

  private DeviceRows() {}

  /** A new array of row numbers. */
  static INDArray indices(int[] rows) {
    return Nd4j.createFromArray(rows);
  }

  /**
   * Copies from[rows[i]] to into[i].
   *
   * @param rows [n], repeated ones allowed
   * @param into [n, columns]
   */
  static void gather(INDArray from, INDArray rows, INDArray into) {
    Nd4j.exec(
        DynamicCustomOp.builder("gather_nd")
            .addInputs(from, rows.reshape(rows.length(), 1))
            .addOutputs(into)
            .addBooleanArguments(false) // no check of the indices
            .build());
  }

  /**
   * Copies from[i] to into[rows[i]].
   *
   * @param from [n, columns]
   * @param rows [n], each once
   * @param into at least two rows: a single one is taken for a vector
   */
  static void scatter(INDArray from, INDArray rows, INDArray into) {
    Nd4j.exec(
        DynamicCustomOp.builder("scatter_upd")
            .addInputs(into, rows, from)
            .addOutputs(into)
            .addBooleanArguments(false) // no lock: it costs rows times rows
            .callInplace(true)
            .build());
  }
}
