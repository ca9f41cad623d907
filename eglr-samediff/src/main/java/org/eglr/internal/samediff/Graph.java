package org.eglr.internal.samediff;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A SameDiff graph over a set of weights, with the building blocks of the paper's networks, forward
 * and back. Shapes of inputs may change from call to call. Not thread-safe: one thread owns a
 * graph.
 */
public class Graph implements AutoCloseable {

  private static final double EPSILON = 1e-5; // of the layer normalisation

  public final SameDiff sd = SameDiff.create();
  protected final DataType type;
  private final List<Tensor> parameters;
  private final Map<String, INDArray> inputs = new HashMap<>();
  final ArenaMemory memory = new ArenaMemory();
  private final Map<List<String>, Program> programs = new HashMap<>();

  public Graph(Weights weights, DataType type) {
    this.type = type;
    this.parameters = weights.dense();
    for (Tensor tensor : parameters) {
      long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
      variable(tensor.name(), shape);
    }
  }

  /** Copies the weights' present values into the graph. */
  public final void load(Weights weights) {
    for (Tensor tensor : parameters) {
      INDArray target = sd.getVariable(tensor.name()).getArr();
      try (INDArray source = Backend.array(type, weights.data(tensor.name()), target.shape())) {
        target.assign(source);
      }
    }
  }

  /** Copies values by parameter name into the graph, on the device. */
  public final void load(Function<String, INDArray> values) {
    for (Tensor tensor : parameters) {
      weight(tensor.name()).getArr().assign(values.apply(tensor.name()));
    }
  }

  /** Frees the graph's memory outside the heap; it cannot be used afterwards. */
  @Override
  public final void close() {
    free();
    inputs.values().forEach(Graph::close);
    programs.values().forEach(Program::close);
    sd.variables().stream()
        .filter(v -> v.getVariableType() == VariableType.VARIABLE || v.isConstant())
        .map(SDVariable::getArr)
        .forEach(Graph::close);
    memory.close();
  }

  /** Frees what a graph has beside its arrays. */
  public void free() {}

  /** What intermediate results hold on to. */
  public final long arenaBytes() {
    return memory.bytes();
  }

  // ---- inputs and outputs

  public final SDVariable input(String name, long... shape) {
    return sd.placeHolder(name, type, shape);
  }

  private SDVariable variable(String name, long... shape) {
    return sd.var(name, Nd4j.create(type, shape));
  }

  public final SDVariable shapeInput(String name, int rank) {
    return sd.placeHolder(name, DataType.INT64, rank);
  }

  /** Sets an input; the graph owns the array from here on. */
  private void set(String name, INDArray value) {
    close(inputs.put(name, value));
  }

  public final void set(String name, float[] values, long... shape) {
    set(name, Backend.array(type, values, shape));
  }

  public final void set(String name, double[] values, long... shape) {
    set(name, Backend.array(type, values, shape));
  }

  public static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  public final void setRows(String name, int[] rows) {
    set(name, Nd4j.createFromArray(rows).reshape(rows.length, 1));
  }

  public final void setShape(String name, long... shape) {
    set(name, Nd4j.createFromArray(shape));
  }

  /** Does something with the graph; all arrays that runs returned meanwhile are free afterwards. */
  public final <T> T iteration(Supplier<T> action) {
    return memory.use(action);
  }

  /** The outputs of a graph whose variables keep their arrays; in an {@link #iteration}. */
  public final Map<String, INDArray> execute(Map<String, INDArray> placeholders, String... names) {
    return program(names).run(placeholders, memory);
  }

  /** As {@link #execute(Map, String...)}, with places for outputs. */
  public final Map<String, INDArray> execute(
      Map<String, INDArray> placeholders, Program.Targets targets, String... names) {
    return program(names).run(placeholders, memory, targets);
  }

  private Program program(String... names) {
    return programs.computeIfAbsent(List.of(names), n -> new Program(sd, names));
  }

  /**
   * Runs the graph; values in row-major order.
   *
   * @param more inputs beside those that were set
   */
  public final Map<String, double[]> outputs(Map<String, INDArray> more, String... names) {
    return memory.use(() -> copy(execute(with(more), names), List.of(names)));
  }

  public final Map<String, INDArray> with(Map<String, INDArray> more) {
    Map<String, INDArray> given = new HashMap<>(inputs);
    given.putAll(more);
    return given;
  }

  static Map<String, double[]> copy(Map<String, INDArray> arrays, List<String> names) {
    Map<String, double[]> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, Backend.doubles(arrays.get(name))));
    return values;
  }

  public static void close(INDArray array) {
    if (array != null && !array.wasClosed() && array.closeable()) {
      array.close();
    }
  }

  // ---- building blocks; x is [rows, in] unless said otherwise

  /** x W^T + b. */
  public final SDVariable linear(String layer, SDVariable x) {
    return times(x, weight(layer + ".weight")).add(weight(layer + ".bias"));
  }

  /** x W^T. */
  public final SDVariable times(SDVariable x, SDVariable weight) {
    return sd.mmul(x, weight, false, true, false);
  }

  /** The hidden layer of z = MLP(x) (eq. 9). */
  public final SDVariable featureHidden(SDVariable x) {
    return sd.nn().relu(linear("features.fc1", x), 0);
  }

  /** z of its hidden layer (eq. 9). */
  public final SDVariable features(SDVariable hidden) {
    return linear("features.fc2", hidden);
  }

  /**
   * A layer normalisation, and what its way back needs.
   *
   * @param unit the input at mean 0 and variance 1
   * @param scale one over the input's deviation: [rows, 1]
   */
  public record Normalised(SDVariable out, SDVariable unit, SDVariable scale) {}

  /** Layer normalisation with epsilon 1e-5, which ND4J's own layer_norm leaves out. */
  public final Normalised normalised(String layer, SDVariable x, int columns) {
    SDVariable centred = x.sub(sd.mean(x, true, 1));
    SDVariable variance = sd.squaredNorm(centred, true, 1).mul(1.0 / columns);
    SDVariable scale = sd.math().rsqrt(variance.add(EPSILON));
    SDVariable unit = centred.mul(scale);
    SDVariable out = unit.mul(weight(layer + ".weight")).add(weight(layer + ".bias"));
    return new Normalised(out, unit, scale);
  }

  /** The gradient of a layer normalisation's input. */
  public final SDVariable normalisedBack(
      String layer, SDVariable dOut, SDVariable unit, SDVariable scale) {
    SDVariable dUnit = dOut.mul(weight(layer + ".weight"));
    SDVariable along = unit.mul(sd.mean(unit.mul(dUnit), true, 1));
    SDVariable centred = dUnit.sub(sd.mean(dUnit, true, 1));
    return centred.sub(along).mul(scale);
  }

  /** 1 where a rectified value was not cut off, else 0. */
  public final SDVariable on(SDVariable rectified) {
    return sd.gt(rectified, 0).castTo(type);
  }

  /** Of logits along the first dimension. */
  public final SDVariable softmaxBack(SDVariable p, SDVariable dP) {
    return p.mul(dP.sub(sd.sum(p.mul(dP), true, 0)));
  }

  public final SDVariable weight(String name) {
    return sd.getVariable(name);
  }
}
