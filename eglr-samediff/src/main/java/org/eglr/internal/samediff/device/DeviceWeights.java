package org.eglr.internal.samediff.device;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Gpu;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A set of weights on the device, with what Adam keeps of them and the gradient of a step. All but
 * the embedding tables lie end to end in one array, so that few operations update them; the tables,
 * equally wide, lie below one another in another. Not thread-safe.
 */
public final class DeviceWeights implements AutoCloseable {

  /** Values a row of the dense array has: their sums keep float32's precision. */
  private static final int COLUMNS = 256;

  /** Larger arrays are nothing that ND4J is known to compute with. */
  static final long MAX_LENGTH = Integer.MAX_VALUE;

  private final Map<String, Place> dense = new LinkedHashMap<>();
  private final TableLayout layout;
  private final DeviceState denseState;
  private final DeviceState tableState;
  private final INDArray gradient;
  private final Map<String, INDArray> values = new HashMap<>();
  private final Map<String, INDArray> gradients = new HashMap<>();

  /** A tensor's first value in the flat array. */
  private record Place(int at, Tensor like) {

    int length() {
      return like.data().length;
    }

    long[] shape() {
      long[] shape = new long[like.shape().length];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = like.shape()[i];
      }
      return shape;
    }
  }

  /** Takes over the weights' present values; moments and gradient are 0. */
  public DeviceWeights(Weights weights) {
    int length = 0;
    for (Tensor tensor : weights.dense()) {
      dense.put(tensor.name(), new Place(length, tensor));
      length += tensor.data().length;
    }
    denseState = DeviceState.zeros(denseRows(weights), COLUMNS);
    gradient = Nd4j.createUninitializedDetached(DataType.FLOAT, denseState.values().shape());
    clearGradient();
    dense.forEach((name, place) -> values.put(name, part(denseState.values(), place)));
    dense.forEach((name, place) -> gradients.put(name, part(gradient, place)));
    layout = new TableLayout(weights);
    tableState =
        layout.isEmpty() ? null : new DeviceState(layout.zeros(), layout.zeros(), layout.zeros());
    load(weights);
  }

  /**
   * Whether weights, moments and gradients take at most half of the device's memory, so that the
   * other half is left to what a graph computes.
   */
  public static boolean fit(Weights weights) {
    return fit(weights, Gpu.freeMemory());
  }

  static boolean fit(Weights weights, long freeBytes) {
    long tableLength = TableLayout.length(weights);
    long denseLength = denseRows(weights) * COLUMNS;
    // dense: values, two moments, gradient and room for the update
    long bytes = Float.BYTES * (5 * denseLength + 3 * tableLength);
    return bytes <= freeBytes / 2 && tableLength <= MAX_LENGTH;
  }

  private static long denseRows(Weights weights) {
    long length = weights.dense().stream().mapToLong(tensor -> tensor.data().length).sum();
    return (length + COLUMNS - 1) / COLUMNS;
  }

  /** Takes over the values of weights of the same names and shapes. */
  public void load(Weights from) {
    copy(from, denseState.values(), tableState == null ? null : tableState.values());
  }

  /** Copies the values into weights of the same names and shapes. */
  public void store(Weights into) {
    copy(denseState.values(), tableState == null ? null : tableState.values(), into);
  }

  /** Takes over Adam's moments. */
  public void loadMoments(Weights first, Weights second) {
    copy(first, denseState.first(), tableState == null ? null : tableState.first());
    copy(second, denseState.second(), tableState == null ? null : tableState.second());
  }

  /** Copies Adam's moments. */
  public void storeMoments(Weights first, Weights second) {
    copy(denseState.first(), tableState == null ? null : tableState.first(), first);
    copy(denseState.second(), tableState == null ? null : tableState.second(), second);
  }

  private void copy(Weights from, INDArray flat, INDArray rows) {
    float[] values = new float[(int) flat.length()];
    dense.forEach(
        (name, place) -> System.arraycopy(from.data(name), 0, values, place.at(), place.length()));
    assign(flat, values);
    if (rows != null) {
      layout.load(from, rows);
    }
  }

  private static void assign(INDArray into, float[] values) {
    try (INDArray array = Backend.array(DataType.FLOAT, values, into.shape())) {
      into.assign(array);
    }
  }

  private void copy(INDArray flat, INDArray rows, Weights into) {
    float[] values = Backend.floats(flat);
    dense.forEach(
        (name, place) -> System.arraycopy(values, place.at(), into.data(name), 0, place.length()));
    if (rows != null) {
      layout.store(rows, into);
    }
  }

  /** A parameter's present values, in its shape; shares the memory. Not for embedding tables. */
  public INDArray value(String name) {
    return values.get(name);
  }

  /** A parameter's part of an array of {@link #dense}'s shape, in its own; shares the memory. */
  public INDArray part(INDArray flat, String name) {
    return part(flat, dense.get(name));
  }

  /** Forgets the gradient. */
  public void clearGradient() {
    gradient.assign(0);
  }

  /** Adds to a parameter's gradient. */
  public void addGradient(String name, INDArray values) {
    gradients.get(name).addi(values);
  }

  /** A tensor's values in its shape; shares the memory. */
  private static INDArray part(INDArray flat, Place place) {
    return flat.reshape(flat.length())
        .get(NDArrayIndex.interval(place.at(), place.at() + place.length()))
        .reshape(place.shape());
  }

  /** Everything but the embedding tables; unused values behind the last parameter stay 0. */
  public DeviceState dense() {
    return denseState;
  }

  /** The gradient of {@link #dense}, of its shape. */
  public INDArray gradient() {
    return gradient;
  }

  /** The embedding tables, one below the other, and a row of zeros; null where there are none. */
  public DeviceState tables() {
    return tableState;
  }

  /** Where {@link #tables} has which table. */
  TableLayout layout() {
    return layout;
  }

  @Override
  public void close() {
    denseState.close();
    gradient.close();
    if (tableState != null) {
      tableState.close();
    }
  }
}
