package org.eglr.internal.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
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
 * the shapes of what is put in; not thread-safe.
 */
final class Program implements AutoCloseable {

  /** An operation, where its arrays are, and the shapes that it had last. */
  private static final class Step {
    final DifferentialFunction op;
    final OpContext context;
    final int[] in;
    final int[] out;
    private long[][] seen;
    private List<LongShapeDescriptor> made;

    Step(DifferentialFunction op, int[] in, int[] out) {
      this.op = op;
      this.in = in;
      this.out = out;
      context = context(op);
    }

    /** The outputs' shapes, which follow from the inputs' shapes; the context has the inputs. */
    List<LongShapeDescriptor> shapes(INDArray[] inputs) {
      boolean same = seen != null;
      for (int i = 0; same && i < inputs.length; i++) {
        same = Arrays.equals(seen[i], inputs[i].shape());
      }
      if (!same) {
        made = op.calculateOutputShape(context);
        seen = Arrays.stream(inputs).map(INDArray::shape).toArray(long[][]::new);
      }
      return made;
    }
  }

  private final SameDiff graph;
  private final String[] outputs;
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, Integer> placeholders = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<INDArray> fixed = new ArrayList<>(); // by slot; null where runs put arrays

  /**
   * @param graph whose variables and constants keep their arrays from here on
   */
  Program(SameDiff graph, String... outputs) {
    this.graph = graph;
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
    SDVariable variable = graph.getVariable(name);
    String maker = graph.getVariables().get(name).getOutputOfOp();
    if (variable.isPlaceHolder()) {
      placeholders.put(name, fixed.size());
      return add(name, null);
    }
    if (maker == null) {
      return add(name, variable.getArr());
    }
    SameDiffOp op = graph.getOps().get(maker);
    List<String> from = op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
    int[] in = from.stream().mapToInt(this::slot).toArray();
    int[] out = op.getOutputsOfOp().stream().mapToInt(each -> add(each, null)).toArray();
    steps.add(new Step(op.getOp(), in, out));
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
   * @param inputs placeholders by name, also such as these outputs do not need
   * @return the outputs by name; they last as long as the memory's
   * @throws IllegalArgumentException if a placeholder that they need is not there
   */
  Map<String, INDArray> run(Map<String, INDArray> inputs, ArenaMemory memory) {
    INDArray[] values = fixed.toArray(INDArray[]::new);
    placeholders.forEach((name, slot) -> values[slot] = inputs.get(name));
    placeholders.forEach(
        (name, slot) -> {
          if (values[slot] == null) {
            throw new IllegalArgumentException("the graph's input '" + name + "' is missing");
          }
        });
    for (Step step : steps) {
      execute(step, values, memory);
    }
    Map<String, INDArray> results = new HashMap<>();
    for (String output : outputs) {
      results.put(output, values[slots.get(output)]);
    }
    return results;
  }

  private static void execute(Step step, INDArray[] values, ArenaMemory memory) {
    INDArray[] in = Arrays.stream(step.in).mapToObj(slot -> values[slot]).toArray(INDArray[]::new);
    step.context.setInputArrays(in);
    List<LongShapeDescriptor> shapes = step.shapes(in);
    INDArray[] out = new INDArray[step.out.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = memory.allocate(false, shapes.get(i));
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
