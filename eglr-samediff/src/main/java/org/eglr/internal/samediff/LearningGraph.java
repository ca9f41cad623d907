package org.eglr.internal.samediff;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eglr.internal.model.Weights;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph that declares its parameters while it is built, and whose gradient SameDiff derives: for
 * models of which there is one definition and no second writing. Forward and gradient graph run as
 * a {@link Program}.
 */
public class LearningGraph extends Graph {

  private final boolean measuring;
  private final Map<String, long[]> parameters = new LinkedHashMap<>();
  private final Set<String> differentiable = new LinkedHashSet<>();
  private final Map<List<String>, Program> programs = new HashMap<>();
  private Set<String> sources = Set.of(); // what the loss depends on

  /**
   * @param measuring whether only names and shapes are wanted: parameters have no memory then, and
   *     nothing can run
   */
  public LearningGraph(DataType type, boolean measuring) {
    super(new Weights(List.of()), type);
    this.measuring = measuring;
  }

  /** A parameter, declared when it is first asked for. */
  protected final SDVariable declare(String name, long... shape) {
    if (parameters.putIfAbsent(name, shape) != null) {
      return sd.getVariable(name);
    }
    return measuring ? sd.placeHolder(name, type, shape) : sd.var(name, Nd4j.create(type, shape));
  }

  /** An input whose gradient can be asked for; ND4J's gradient of a placeholder is wrong. */
  protected final SDVariable differentiableInput(String name, long... shape) {
    if (!differentiable.add(name)) {
      return sd.getVariable(name);
    }
    long[] ones = new long[shape.length]; // the array that is there before runs bring theirs
    Arrays.fill(ones, 1);
    return measuring ? sd.placeHolder(name, type, shape) : sd.var(name, Nd4j.create(type, ones));
  }

  /** Names of the parameters, in order of declaration. */
  public final Set<String> parameters() {
    return parameters.keySet();
  }

  /** Names of the inputs whose gradient can be asked for. */
  public final Set<String> differentiable() {
    return differentiable;
  }

  /** Takes over the weights' present values. */
  public final void update(Weights weights) {
    parameters.forEach(
        (name, shape) -> {
          try (INDArray source = Backend.array(type, weights.data(name), shape)) {
            sd.getVariable(name).getArr().assign(source);
          }
        });
  }

  /** Declares the loss, a scalar, and makes the graph of its gradient. */
  protected final void differentiate(SDVariable loss) {
    sources = Differentiation.sources(sd, loss);
    List<String> wanted =
        Stream.concat(parameters.keySet().stream(), differentiable.stream())
            .filter(sources::contains)
            .toList();
    Differentiation.of(sd, loss, wanted);
  }

  /**
   * What a run with gradients found; all in row-major order.
   *
   * @param outputs values by name
   * @param gradients by parameter or input; none where the loss does not depend on it
   */
  public record Gradients(Map<String, double[]> outputs, Map<String, double[]> gradients) {}

  /** The outputs for the inputs that were set. */
  public final Map<String, double[]> forward(String... outputs) {
    return iteration(() -> copy(program(sd, List.of(outputs)).run(given(), memory), outputs));
  }

  /** Outputs, and the gradients of the loss, for the inputs that were set. */
  public final Gradients backward(Set<String> wanted, String... outputs) {
    Map<String, String> names = new LinkedHashMap<>();
    wanted.stream()
        .filter(sources::contains)
        .forEach(name -> names.put(name, sd.getVariable(name).gradient().name()));
    List<String> all = Stream.concat(Stream.of(outputs), names.values().stream()).toList();
    return iteration(
        () -> {
          Map<String, INDArray> found = program(sd.getFunction("grad"), all).run(given(), memory);
          Map<String, double[]> gradients = new LinkedHashMap<>();
          names.forEach(
              (name, gradient) -> gradients.put(name, Backend.doubles(found.get(gradient))));
          return new Gradients(copy(found, outputs), gradients);
        });
  }

  private Map<String, INDArray> given() {
    return with(Map.of());
  }

  private static Map<String, double[]> copy(Map<String, INDArray> arrays, String... names) {
    return copy(arrays, List.of(names));
  }

  /** The gradient graph has copies of the forward operations and variables of the same names. */
  private Program program(SameDiff graph, List<String> outputs) {
    return programs.computeIfAbsent(
        outputs,
        names -> new Program(graph, name -> array(graph, name), names.toArray(String[]::new)));
  }

  private INDArray array(SameDiff graph, String name) {
    if (differentiable.contains(name)) {
      return null;
    }
    return (sd.hasVariable(name) ? sd : graph).getVariable(name).getArr();
  }

  @Override
  public final void free() {
    programs.values().forEach(Program::close);
    programs.clear();
  }
}
