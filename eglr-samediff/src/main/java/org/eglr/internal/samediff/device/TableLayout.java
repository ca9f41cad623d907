package org.eglr.internal.samediff.device;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Where embedding tables of one width lie below one another in an array, before a row of zeros that
 * no id names: padding uses it.
 */
final class TableLayout {

  private final Map<String, Integer> firstRows = new LinkedHashMap<>();
  private final int rows;
  private final int columns;

  /** Of the weights' tables; they may have none. */
  TableLayout(Weights weights) {
    int next = 0;
    for (Tensor table : weights.tables()) {
      firstRows.put(table.name(), next);
      next += table.shape()[0];
    }
    rows = next;
    columns = weights.tables().isEmpty() ? 0 : weights.tables().get(0).shape()[1];
  }

  /** Values of an array of this layout. */
  static long length(Weights weights) {
    long length = 0;
    for (Tensor table : weights.tables()) {
      length += table.data().length;
    }
    return weights.tables().isEmpty() ? 0 : length + weights.tables().get(0).shape()[1];
  }

  boolean isEmpty() {
    return firstRows.isEmpty();
  }

  /** Where a table's rows begin. */
  int firstRow(String table) {
    return firstRows.get(table);
  }

  /** Rows of all tables: the number of the row of zeros. */
  int rows() {
    return rows;
  }

  /** A new array of zeros on the device: [rows + 1, columns]; null where there are no tables. */
  INDArray zeros() {
    return isEmpty()
        ? null
        : Nd4j.createUninitializedDetached(DataType.FLOAT, rows + 1L, columns).assign(0);
  }

  /** Copies the values of weights of the same names and shapes. */
  void load(Weights from, INDArray into) {
    firstRows.forEach(
        (name, first) -> {
          float[] values = from.data(name);
          INDArray table = table(into, first, values.length);
          try (INDArray array = Backend.array(DataType.FLOAT, values, table.shape())) {
            table.assign(array);
          }
        });
  }

  /** Copies the values into weights of the same names and shapes. */
  void store(INDArray from, Weights into) {
    firstRows.forEach(
        (name, first) -> {
          float[] values = into.data(name);
          float[] table = Backend.floats(table(from, first, values.length));
          System.arraycopy(table, 0, values, 0, values.length);
        });
  }

  private INDArray table(INDArray all, int first, int length) {
    return all.get(NDArrayIndex.interval(first, first + length / columns), NDArrayIndex.all());
  }
}
