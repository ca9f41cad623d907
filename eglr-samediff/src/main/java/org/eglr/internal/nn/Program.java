package org.eglr.internal.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The operations of a graph that lead to some outputs, in an order in which they can be executed.
 * ND4J's own session looks for that order anew at every run, which for small arrays takes several
 * times as long as the operations. For graphs without branches and loops whose shapes follow from
 * the shapes of the inputs and from the values of those that are shapes themselves (of type INT64);
 * not thread-safe.
 */
public final class Program implements AutoCloseable {

  /** Combinations of input shapes whose consequences are remembered. */
  private static final int REMEMBERED = 128;

  /** An operation and where its arrays are. */
  private record Step(DifferentialFunction op, OpContext context, int[] in, int[] out) {}

  private final SameDiff graph;
  private final Function<String, INDArray> variables;
  private final String[] outputs;
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, Integer> inputs = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<INDArray> fixed = new ArrayList<>(); // by slot; null where runs put arrays
  private final Map<List<List<Long>>, List<List<LongShapeDescriptor>>> shapes =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<List<List<Long>>, List<List<LongShapeDescriptor>>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** A program whose variables keep their arrays from here on. */
  public Program(SameDiff graph, String... outputs) {
    this(graph, name -> graph.getVariable(name).getArr(), outputs);
  }

  /**
   * @param variables the array of each of the graph's variables and constants, which it keeps from
   *     here on; null for those that are inputs
   */
  Program(SameDiff graph, Function<String, INDArray> variables, String... outputs) {
    this.graph = graph;
    this.variables = variables;
    this.outputs = outputs;
    for (String output : outputs) {
      slot(output);
    }
  }

  /** The place of a variable's array; what it is computed from comes first. */
  private int slot(String name) {
    Integer known = slots.get(name);
    if (known != null) {
      return known;
    }
    String maker = graph.getVariables().get(name).getOutputOfOp();
    if (maker == null) {
      INDArray array = graph.getVariable(name).isPlaceHolder() ? null : variables.apply(name);
      if (array == null) {
        inputs.put(name, fixed.size());
      }
      return add(name, array);
    }
    SameDiffOp op = graph.getOps().get(maker);
    List<String> from = op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
    int[] in = from.stream().mapToInt(this::slot).toArray();
    int[] out = op.getOutputsOfOp().stream().mapToInt(each -> add(each, null)).toArray();
    steps.add(new Step(op.getOp(), context(op.getOp()), in, out));
    return slots.get(name);
  }

  private int add(String name, INDArray array) {
    slots.put(name, fixed.size());
    fixed.add(array);
    return fixed.size() - 1;
  }

  private static OpContext context(DifferentialFunction op) {
    OpContext context = Nd4j.getExecutioner().buildContext();
    if (op instanceof DynamicCustomOp custom) {
      context.setIArguments(custom.iArgs());
      context.setTArguments(custom.tArgs());
      context.setBArguments(custom.bArgs());
      context.setDArguments(custom.dArgs());
    }
    return context;
  }

  /**
   * Executes the operations.
   *
   * @param given inputs by name, also such as these outputs do not need
   * @return the outputs by name; they last as long as the memory's
   * @throws IllegalArgumentException if an input that they need is not there
   */
  public Map<String, INDArray> run(Map<String, INDArray> given, ArenaMemory memory) {
    INDArray[] values = fixed.toArray(INDArray[]::new);
    List<List<Long>> key = new ArrayList<>(inputs.size());
    inputs.forEach(
        (name, slot) -> {
          INDArray array = given.get(name);
          if (array == null) {
            throw new IllegalArgumentException("the graph's input '" + name + "' is missing");
          }
          values[slot] = array;
          key.add(list(array.shape()));
          if (array.dataType() == DataType.INT64) {
            key.add(list(array.toLongVector()));
          }
        });
    List<List<LongShapeDescriptor>> known = shapes.get(key);
    if (known == null) {
      List<List<LongShapeDescriptor>> found = new ArrayList<>(steps.size());
      for (Step step : steps) {
        take(step, values);
        found.add(step.op.calculateOutputShape(step.context));
        execute(step, values, found.get(found.size() - 1), memory);
      }
      shapes.put(key, found);
    } else {
      for (int i = 0; i < known.size(); i++) {
        take(steps.get(i), values);
        execute(steps.get(i), values, known.get(i), memory);
      }
    }
    Map<String, INDArray> results = new HashMap<>();
    for (String output : outputs) {
      results.put(output, values[slots.get(output)]);
    }
    return results;
  }

  private static List<Long> list(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static void take(Step step, INDArray[] values) {
    INDArray[] in = new INDArray[step.in.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = values[step.in[i]];
    }
    step.context.setInputArrays(in);
  }

  private static void execute(
      Step step, INDArray[] values, List<LongShapeDescriptor> shapes, ArenaMemory memory) {
    INDArray[] out = new INDArray[step.out.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = memory.allocate(shapes.get(i));
      values[step.out[i]] = out[i];
    }
    step.context.setOutputArrays(out);
    if (step.op instanceof CustomOp custom) {
      Nd4j.exec(custom, step.context);
    } else {
      Nd4j.exec((Op) step.op, step.context);
    }
  }

  @Override
  public void close() {
    for (Step step : steps) {
      try {
        step.context.close();
      } catch (Exception e) {
        throw new IllegalStateException("an operation's context cannot be closed", e);
      }
    }
  }
}
