package org.eglr.internal.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A SameDiff graph over a set of weights, with the building blocks of the paper's networks. Shapes
 * of inputs may change from call to call. Not thread-safe: one thread owns a graph.
 *
 * <p>Only operations whose gradients were checked against finite differences are used here.
 */
class Graph implements AutoCloseable {

  protected final SameDiff sd = SameDiff.create();
  protected final DataType type;
  private final List<Tensor> parameters;
  private final Map<String, INDArray> inputs = new HashMap<>();
  private final ArenaMemory memory = new ArenaMemory();
  private final Map<List<String>, Program> programs = new HashMap<>();
  private final Set<String> differentiable = new HashSet<>();
  private int positions; // tokens of each list that "pe" has; 0: not set

  Graph(Weights weights, DataType type) {
    this.type = type;
    this.parameters = weights.dense();
    for (Tensor tensor : parameters) {
      long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
      variable(tensor.name(), shape);
    }
  }

  /** Copies the weights' present values into the graph. */
  final void load(Weights weights) {
    for (Tensor tensor : parameters) {
      INDArray target = sd.getVariable(tensor.name()).getArr();
      try (INDArray source = Backend.array(type, weights.data(tensor.name()), target.shape())) {
        target.assign(source);
      }
    }
  }

  /** Copies the weights' present values into the graph, on the device. */
  final void load(DeviceWeights weights) {
    for (Tensor tensor : parameters) {
      weight(tensor.name()).getArr().assign(weights.value(tensor.name()));
    }
  }

  /** Frees the graph's memory outside the heap; it cannot be used afterwards. */
  @Override
  public final void close() {
    free();
    inputs.values().forEach(Graph::close);
    programs.values().forEach(Program::close);
    memory.close();
  }

  /** Frees what a graph has beside its arrays. */
  void free() {}

  /** What intermediate results hold on to. */
  final long arenaBytes() {
    return memory.bytes();
  }

  final List<String> parameterNames() {
    return parameters.stream().map(Tensor::name).toList();
  }

  // ---- inputs and outputs

  final SDVariable input(String name, long... shape) {
    return sd.placeHolder(name, type, shape);
  }

  /** An input whose gradient is wanted; placeholders have silently wrong gradients in ND4J. */
  final SDVariable differentiableInput(String name, int rank) {
    long[] ones = new long[rank];
    Arrays.fill(ones, 1);
    differentiable.add(name);
    return variable(name, ones);
  }

  private SDVariable variable(String name, long... shape) {
    return sd.var(name, Nd4j.create(type, shape));
  }

  final SDVariable shapeInput(String name, int rank) {
    return sd.placeHolder(name, DataType.INT64, rank);
  }

  /** Sets an input; the graph owns the array from here on. */
  private void set(String name, INDArray value) {
    close(inputs.put(name, value));
  }

  final void set(String name, float[] values, long... shape) {
    set(name, Backend.array(type, values, shape));
  }

  final void set(String name, double[] values, long... shape) {
    set(name, Backend.array(type, values, shape));
  }

  /** Sets the input "pe" to the position encoding of every token: [size * length, width]. */
  final void setPositions(int size, int length, int width) {
    if (positions == length && inputs.get("pe").rows() == size * length) {
      return; // they are large and change seldom
    }
    positions = length;
    float[] rows = Sinusoid.rows(length, width);
    float[] pe = new float[size * rows.length];
    for (int b = 0; b < size; b++) {
      System.arraycopy(rows, 0, pe, b * rows.length, rows.length);
    }
    set("pe", pe, size * (long) length, width);
  }

  static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  final void setRows(String name, int[] rows) {
    set(name, Nd4j.createFromArray(rows).reshape(rows.length, 1));
  }

  final void setShape(String name, long... shape) {
    set(name, Nd4j.createFromArray(shape));
  }

  /** Does something with the graph; all arrays that runs returned meanwhile are free afterwards. */
  final <T> T iteration(Supplier<T> action) {
    return memory.use(action);
  }

  /** The outputs of a graph whose variables keep their arrays; in an {@link #iteration}. */
  final Map<String, INDArray> execute(Map<String, INDArray> placeholders, String... names) {
    return programs
        .computeIfAbsent(List.of(names), n -> new Program(sd, names))
        .run(placeholders, memory);
  }

  /**
   * Runs the graph; values in row-major order.
   *
   * @param more inputs beside those that were set
   */
  final Map<String, double[]> outputs(Map<String, INDArray> more, String... names) {
    return memory.use(() -> copy(execute(with(more), names), List.of(names)));
  }

  private Map<String, INDArray> with(Map<String, INDArray> more) {
    Map<String, INDArray> given = new HashMap<>(inputs);
    given.putAll(more);
    return given;
  }

  /** Declares the loss and prepares the gradients of the named variables. */
  final void differentiate(SDVariable loss, List<String> variables) {
    sd.setLossVariables(loss.name());
    Backend.differentiate(sd, variables.toArray(String[]::new));
  }

  /** Runs the graph and its gradient graph; values in row-major order. */
  final Run run(List<String> outputs, List<String> gradients) {
    Map<String, double[]> values = new LinkedHashMap<>();
    Map<String, double[]> results =
        run(
            Map.of(),
            outputs,
            gradients,
            (name, array) -> values.put(name, Backend.doubles(array)));
    return new Run(results, values);
  }

  /**
   * Runs the graph and its gradient graph, and leaves the gradients on the device.
   *
   * @param more inputs beside those that were set
   * @param consumer takes each gradient, which is no longer valid when it returns
   * @return the outputs' values in row-major order
   */
  final Map<String, double[]> run(
      Map<String, INDArray> more,
      List<String> outputs,
      List<String> gradients,
      BiConsumer<String, INDArray> consumer) {
    List<String> names = new ArrayList<>(outputs);
    gradients.forEach(name -> names.add(gradient(name)));
    return memory.use(
        () -> {
          Map<String, INDArray> found =
              programs.computeIfAbsent(names, this::backward).run(with(more), memory);
          gradients.forEach(name -> consumer.accept(name, found.get(gradient(name))));
          return copy(found, outputs);
        });
  }

  private String gradient(String variable) {
    return sd.getVariable(variable).gradient().name();
  }

  /** The gradient graph has copies of the forward operations and variables of the same names. */
  private Program backward(List<String> outputs) {
    SameDiff gradients = sd.getFunction("grad");
    return new Program(gradients, name -> array(gradients, name), outputs.toArray(String[]::new));
  }

  private INDArray array(SameDiff gradients, String name) {
    if (differentiable.contains(name)) {
      return null;
    }
    return (sd.hasVariable(name) ? sd : gradients).getVariable(name).getArr();
  }

  record Run(Map<String, double[]> outputs, Map<String, double[]> gradients) {}

  private static Map<String, double[]> copy(Map<String, INDArray> arrays, List<String> names) {
    Map<String, double[]> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, Backend.doubles(arrays.get(name))));
    return values;
  }

  private static void close(INDArray array) {
    if (array != null && !array.wasClosed() && array.closeable()) {
      array.close();
    }
  }

  // ---- building blocks; x is [rows, in] unless said otherwise

  /** x W^T + b. */
  final SDVariable linear(String prefix, SDVariable x) {
    return sd.mmul(x, weight(prefix + ".weight"), false, true, false).add(weight(prefix + ".bias"));
  }

  /** max(x, 0) as a product with a mask: half the time of ND4J's relu and its backward pass. */
  final SDVariable relu(SDVariable x) {
    return x.mul(sd.gt(x, 0).castTo(type));
  }

  /** z = MLP(x) (eq. 9). */
  final SDVariable features(SDVariable x) {
    return linear("features.fc2", relu(linear("features.fc1", x)));
  }

  /**
   * Layer normalisation with epsilon 1e-5, which ND4J's own layer_norm leaves out. Row scales and
   * gains are spread by small matrix products: broadcasting multiplications have a backward pass
   * that takes twice as long.
   */
  final SDVariable layerNorm(String prefix, SDVariable x, int columns) {
    SDVariable centred = x.sub(sd.mean(x, true, 1));
    SDVariable variance = sd.mean(centred.mul(centred), true, 1);
    // 1 / sqrt as exp(-log / 2): the gradient of rsqrt goes through a slow power
    SDVariable scale = sd.math().exp(sd.math().log(variance.add(1e-5)).mul(-0.5));
    SDVariable ones = sd.constant(Nd4j.ones(type, 1, columns));
    SDVariable gain = sd.math().diag(weight(prefix + ".weight"));
    return centred.mul(sd.mmul(scale, ones)).mmul(gain).add(weight(prefix + ".bias"));
  }

  /**
   * A Transformer layer, post-norm with a ReLU feed-forward part.
   *
   * @param x [B * T, d]
   * @param mask added to the attention logits, broadcast to [B, heads, T, T]
   * @param shapes the shape inputs of the batch
   * @param columns model width d
   */
  final SDVariable transformerLayer(
      String prefix, SDVariable x, SDVariable mask, Shapes shapes, int columns, int heads) {
    int headWidth = columns / heads;
    SDVariable q = heads(linear(prefix + "q", x).mul(1 / Math.sqrt(headWidth)), shapes);
    SDVariable k = heads(linear(prefix + "k", x), shapes);
    SDVariable v = heads(linear(prefix + "v", x), shapes);
    SDVariable attention = sd.nn().softmax(sd.mmul(q, k, false, true, false).add(mask), -1);
    SDVariable mixed = sd.reshape(sd.permute(sd.mmul(attention, v), 0, 2, 1, 3), shapes.flat());
    SDVariable first = layerNorm(prefix + "ln1", x.add(linear(prefix + "o", mixed)), columns);
    SDVariable ffn = linear(prefix + "fc2", relu(linear(prefix + "fc1", first)));
    return layerNorm(prefix + "ln2", first.add(ffn), columns);
  }

  /** Shape inputs: split [B, T, heads, d / heads] and flat [B * T, d]. */
  record Shapes(SDVariable split, SDVariable flat) {}

  private SDVariable heads(SDVariable x, Shapes shapes) {
    return sd.permute(sd.reshape(x, shapes.split()), 0, 2, 1, 3);
  }

  /** log(1 + e^x) without overflow. */
  final SDVariable softplus(SDVariable x) {
    return relu(x).add(sd.math().log1p(sd.math().exp(sd.math().neg(sd.math().abs(x)))));
  }

  final SDVariable weight(String name) {
    return sd.getVariable(name);
  }

  static List<String> join(List<String> names, String... more) {
    List<String> all = new ArrayList<>(names);
    all.addAll(List.of(more));
    return all;
  }
}
