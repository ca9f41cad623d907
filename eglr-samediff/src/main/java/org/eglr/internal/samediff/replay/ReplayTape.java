package org.eglr.internal.samediff.replay;

import java.util.HashMap;
import java.util.Map;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.device.DeviceArray;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a replay keeps on the device, by name: mostly a row a token, one after another. Memory is
 * used again from batch to batch.
 */
final class ReplayTape implements AutoCloseable {

  private final DataType type;
  private final Map<String, DeviceArray> arrays = new HashMap<>();

  ReplayTape(DataType type) {
    this.type = type;
  }

  /** Makes room; undefined until written. */
  void room(String name, long rows, long rowLength) {
    arrays.computeIfAbsent(name, n -> new DeviceArray(type)).shape(rows, rowLength);
  }

  /** Makes room for equal numbers. */
  void fill(String name, long rows, long rowLength, double number) {
    room(name, rows, rowLength);
    rows(name, 0, rows, rows, rowLength).assign(number);
  }

  /** Copies rows from the host. */
  void put(String name, int rows, double... values) {
    put(name, rows, Backend.array(type, values, values.length));
  }

  void put(String name, int rows, float... values) {
    put(name, rows, Backend.array(type, values, values.length));
  }

  void put(String name, int rows, int... values) {
    arrays.computeIfAbsent(name, n -> new DeviceArray(DataType.INT32));
    put(name, rows, Nd4j.createFromArray(values));
  }

  private void put(String name, int rows, INDArray values) {
    try (values) {
      room(name, rows, values.length() / rows);
      rows(name, 0, rows, values.length()).assign(values);
    }
  }

  /** Writes a row, or its beginning. */
  void write(String name, long row, INDArray value) {
    row(name, row, value.length()).assign(value.reshape(value.length()));
  }

  /** A row, or its beginning, in a shape; shares the memory. */
  INDArray row(String name, long row, long... shape) {
    return arrays.get(name).row(row, shape);
  }

  /** Rows from (inclusive) to (exclusive) in a shape; shares the memory. */
  INDArray rows(String name, long from, long to, long... shape) {
    return arrays.get(name).rows(from, to, shape);
  }

  /** Numbers there is room for. */
  long length() {
    return arrays.values().stream().mapToLong(DeviceArray::length).sum();
  }

  @Override
  public void close() {
    arrays.values().forEach(DeviceArray::close);
    arrays.clear();
  }
}
