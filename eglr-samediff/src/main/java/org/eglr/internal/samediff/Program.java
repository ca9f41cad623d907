package org.eglr.internal.samediff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
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

  /**
   * An operation.
   *
   * @param shaping tells the outputs' shapes
   * @param context executes; another than {@code shaping} where the output is written transposed
   * @param in where its inputs are
   * @param out where its outputs are
   * @param done what no later operation needs
   */
  private record Step(
      DifferentialFunction op,
      OpContext shaping,
      OpContext context,
      int[] in,
      int[] out,
      List<Integer> done) {

    boolean transposes() {
      return context != shaping;
    }
  }

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
    findDone();
  }

  private void findDone() {
    Set<Integer> later = new HashSet<>();
    for (String output : outputs) {
      later.add(slots.get(output));
    }
    fixedAndGiven().forEach(later::add);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      for (int[] places : List.of(step.in, step.out)) {
        for (int slot : places) {
          if (later.add(slot)) {
            step.done.add(slot);
          }
        }
      }
    }
  }

  private IntStream fixedAndGiven() {
    IntStream known = IntStream.range(0, fixed.size()).filter(slot -> fixed.get(slot) != null);
    return IntStream.concat(known, inputs.values().stream().mapToInt(Integer::intValue));
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
    OpContext context = context(op.getOp());
    boolean product = isProduct(op.getOp());
    steps.add(
        new Step(
            op.getOp(),
            context,
            product ? transposing(op.getOp()) : context,
            in,
            out,
            new ArrayList<>()));
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

  /** Whether an operation is a product of matrices, or of many. */
  private static boolean isProduct(DifferentialFunction op) {
    return op.opName().equals("matmul") && op instanceof DynamicCustomOp m && m.iArgs()[2] == 0;
  }

  /**
   * A product that is written column by column: BLAS computes so, and ND4J would otherwise copy the
   * result twice.
   */
  private static OpContext transposing(DifferentialFunction product) {
    OpContext context = context(product);
    long[] arguments = ((DynamicCustomOp) product).iArgs().clone();
    arguments[2] = 1;
    context.setIArguments(arguments);
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
    List<List<LongShapeDescriptor>> found = known == null ? new ArrayList<>() : known;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      INDArray[] in =
          Arrays.stream(step.in).mapToObj(slot -> values[slot]).toArray(INDArray[]::new);
      if (known == null) {
        give(step.shaping, in);
        found.add(step.op.calculateOutputShape(step.shaping));
      }
      execute(step, in, found.get(i), values, memory);
      step.done.forEach(slot -> memory.release(values[slot]));
    }
    shapes.put(key, found);
    Map<String, INDArray> results = new HashMap<>();
    for (String output : outputs) {
      results.put(output, values[slots.get(output)]);
    }
    return results;
  }

  private static List<Long> list(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /** Without purging, a context would hold on to a little memory outside the heap at every run. */
  private static void give(OpContext context, INDArray[] in) {
    context.purge();
    context.setInputArrays(in);
  }

  private static void execute(
      Step step,
      INDArray[] in,
      List<LongShapeDescriptor> shapes,
      INDArray[] values,
      ArenaMemory memory) {
    INDArray[] out = new INDArray[step.out.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = memory.allocate(shapes.get(i));
      values[step.out[i]] = out[i];
    }
    boolean transposes = step.transposes() && out[0].rank() == 2;
    OpContext context = transposes ? step.context : step.shaping;
    give(context, in);
    if (transposes) {
      context.setOutputArrays(memory.transposed(out[0]));
    } else {
      context.setOutputArrays(out);
    }
    if (step.op instanceof CustomOp custom) {
      Nd4j.exec(custom, context);
    } else {
      Nd4j.exec((Op) step.op, context);
    }
  }

  @Override
  public void close() {
    for (Step step : steps) {
      try {
        step.shaping.close();
        step.context.close();
      } catch (Exception e) {
        throw new IllegalStateException("an operation's context cannot be closed", e);
      }
    }
  }
}
