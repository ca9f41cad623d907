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
   * @param kind how it may be executed
   * @param small whether {@link SmallProducts} is asked first
   * @param in where its inputs are
   * @param out where its outputs are
   * @param done what no later operation needs
   */
  private record Step(
      DifferentialFunction op,
      OpContext shaping,
      OpContext context,
      Kind kind,
      boolean small,
      int[] in,
      int[] out,
      List<Integer> done) {}

  private enum Kind {
    /** A product of matrices, or of many: {@code context} writes it transposed. */
    PRODUCT,
    /** Gives an array another shape, and need not copy it. */
    VIEW,
    /** Adds, multiplies, ... element by element. */
    PAIRWISE,
    OTHER;

    static Kind of(DifferentialFunction op) {
      if (op.opName().equals("matmul") && op instanceof DynamicCustomOp m && m.iArgs()[2] == 0) {
        return PRODUCT;
      }
      return VIEWS.contains(op.opName()) ? VIEW : Replication.concerns(op) ? PAIRWISE : OTHER;
    }
  }

  /** Where outputs are to be written, if not into the memory. */
  @FunctionalInterface
  public interface Targets {

    /** An array for an output of this shape, plain and shared with nobody; null: no matter. */
    INDArray of(String output, long[] shape);
  }

  private static final Set<String> VIEWS = Set.of("reshape", "expand_dims", "squeeze");
  private static final Targets ANYWHERE = (output, shape) -> null;

  private final SameDiff graph;
  private final Function<String, INDArray> variables;
  private final String[] outputs;
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, Integer> inputs = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<INDArray> fixed = new ArrayList<>(); // by slot; null where runs put arrays
  private final List<Integer> shared = new ArrayList<>(); // by slot: the first with its memory
  private final String[] outputAt; // by slot: the name of an output, or null
  private final Replication replication;
  private final SmallProducts smallProducts = new SmallProducts();
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
    this(graph, variables, new Replication(), outputs);
  }

  Program(
      SameDiff graph,
      Function<String, INDArray> variables,
      Replication replication,
      String... outputs) {
    this.graph = graph;
    this.variables = variables;
    this.replication = replication;
    this.outputs = outputs;
    for (String output : outputs) {
      slot(output);
    }
    outputAt = new String[fixed.size()];
    for (String output : outputs) {
      outputAt[slots.get(output)] = output;
    }
    findDone();
  }

  /** Memory is done with when all arrays that share it are. */
  private void findDone() {
    Map<Integer, List<Integer>> sharing = new HashMap<>();
    for (int slot = 0; slot < shared.size(); slot++) {
      sharing.computeIfAbsent(shared.get(slot), first -> new ArrayList<>()).add(slot);
    }
    Set<Integer> later = new HashSet<>();
    for (String output : outputs) {
      later.add(shared.get(slots.get(output)));
    }
    fixedAndGiven().forEach(later::add);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      for (int[] places : List.of(step.in, step.out)) {
        for (int slot : places) {
          int first = shared.get(slot);
          if (later.add(first)) {
            step.done.addAll(sharing.get(first));
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
    Kind kind = Kind.of(op.getOp());
    int[] out = op.getOutputsOfOp().stream().mapToInt(each -> add(each, null)).toArray();
    if (kind == Kind.VIEW) {
      shared.set(out[0], shared.get(in[0]));
    }
    OpContext context = context(op.getOp());
    OpContext transposing = kind == Kind.PRODUCT ? transposing(op.getOp()) : context;
    boolean small = SmallProducts.concerns(op.getOp());
    steps.add(new Step(op.getOp(), context, transposing, kind, small, in, out, new ArrayList<>()));
    return slots.get(name);
  }

  private int add(String name, INDArray array) {
    slots.put(name, fixed.size());
    shared.add(fixed.size());
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
    return run(given, memory, ANYWHERE);
  }

  /**
   * Executes the operations.
   *
   * @param targets where to write outputs
   */
  public Map<String, INDArray> run(
      Map<String, INDArray> given, ArenaMemory memory, Targets targets) {
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
      List<LongShapeDescriptor> out = found.get(i);
      OperationTimes.of(
          step.op.opName(),
          out.get(0).getShape(),
          () -> execute(step, in, out, values, memory, targets));
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

  private void execute(
      Step step,
      INDArray[] in,
      List<LongShapeDescriptor> shapes,
      INDArray[] values,
      ArenaMemory memory,
      Targets targets) {
    if (step.kind == Kind.VIEW && outputAt[step.out[0]] == null && Replication.isPlain(in[0])) {
      values[step.out[0]] = in[0].reshape('c', shapes.get(0).getShape());
      return;
    }
    INDArray[] out = new INDArray[step.out.length];
    for (int i = 0; i < out.length; i++) {
      String output = outputAt[step.out[i]];
      INDArray target = output == null ? null : targets.of(output, shapes.get(i).getShape());
      out[i] = target == null ? memory.allocate(shapes.get(i)) : target;
      values[step.out[i]] = out[i];
    }
    if (step.small && smallProducts.execute((DynamicCustomOp) step.op, in, out)) {
      return;
    }
    boolean transposes = step.kind == Kind.PRODUCT && out[0].rank() == 2;
    OpContext context = transposes ? step.context : step.shaping;
    INDArray replicated = step.kind == Kind.PAIRWISE ? replicate(in, shapes.get(0), memory) : null;
    give(context, in);
    if (transposes) {
      context.setOutputArrays(
          memory.owns(out[0]) ? memory.transposed(out[0]) : out[0].permute(1, 0));
    } else {
      context.setOutputArrays(out);
    }
    if (step.op instanceof CustomOp custom) {
      Nd4j.exec(custom, context);
    } else {
      Nd4j.exec((Op) step.op, context);
    }
    if (replicated != null) {
      memory.release(replicated);
    }
  }

  /** Puts a large array in a small one's place, if one of two has the result's shape. */
  private INDArray replicate(INDArray[] in, LongShapeDescriptor result, ArenaMemory memory) {
    for (int small = 0; small < 2; small++) {
      if (Arrays.equals(in[1 - small].shape(), result.getShape())) {
        INDArray large = replication.replicated(in[small], result, memory);
        if (large != null) {
          in[small] = large;
        }
        return large;
      }
    }
    return null;
  }

  @Override
  public void close() {
    replication.close();
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
