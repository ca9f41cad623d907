package org.eglr;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * A network as a SameDiff graph, with the weights as they were when it was asked for: to read, to
 * draw, or to compute with. Changing it does not change the model.
 */
public final class NetworkGraph {

  private final String network;
  private final SameDiff graph;

  NetworkGraph(String network, SameDiff graph) {
    this.network = network;
    this.graph = graph;
  }

  /** The graph itself. */
  public SameDiff sameDiff() {
    return graph;
  }

  /**
   * Inputs and parameters with their shapes (-1 where an input's varies), and each operation with
   * what it takes and gives; a line each.
   */
  public String summary() {
    StringBuilder text = new StringBuilder();
    long values = 0;
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        values += variable.getArr().length();
      }
    }
    Collection<SameDiffOp> operations = graph.getOps().values();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d operations, %,d values in parameters%n",
            network,
            operations.size(),
            values));
    for (VariableType type : List.of(VariableType.PLACEHOLDER, VariableType.VARIABLE)) {
      text.append(type == VariableType.VARIABLE ? "parameters\n" : "inputs\n");
      for (SDVariable variable : graph.variables()) {
        if (variable.getVariableType() == type) {
          text.append("  ").append(variable.name()).append(' ');
          text.append(Arrays.toString(variable.getShape())).append('\n');
        }
      }
    }
    text.append("operations\n");
    for (SameDiffOp operation : operations) {
      text.append("  ").append(operation.getOp().opName()).append(": ");
      text.append(names(operation.getInputsToOp())).append(" -> ");
      text.append(names(operation.getOutputsOfOp())).append('\n');
    }
    return text.toString();
  }

  private static String names(List<String> names) {
    return names == null ? "" : String.join(", ", names);
  }

  /** How many operations there are of each kind, by name. */
  public Map<String, Integer> operations() {
    Map<String, Integer> counts = new TreeMap<>();
    graph.getOps().values().forEach(op -> counts.merge(op.getOp().opName(), 1, Integer::sum));
    return counts;
  }

  /**
   * A drawing as text in Graphviz's language: operations as boxes, inputs as ellipses, parameters
   * as notes. {@code dot -Tsvg} draws it.
   */
  public String dot() {
    StringBuilder text = new StringBuilder("digraph \"" + network + "\" {\n  rankdir=TB;\n");
    for (SDVariable variable : graph.variables()) {
      String shape =
          switch (variable.getVariableType()) {
            case PLACEHOLDER -> "ellipse";
            case VARIABLE -> "note";
            default -> null;
          };
      if (shape != null) {
        String label = variable.name() + "\\n" + Arrays.toString(variable.getShape());
        text.append(node("v " + variable.name(), label, shape));
      }
    }
    graph
        .getOps()
        .forEach((name, op) -> text.append(node("o " + name, op.getOp().opName(), "box")));
    graph.getOps().forEach((name, op) -> edges(text, name, op));
    return text.append("}\n").toString();
  }

  private void edges(StringBuilder text, String name, SameDiffOp operation) {
    if (operation.getInputsToOp() == null) {
      return;
    }
    for (String input : operation.getInputsToOp()) {
      String maker = graph.getVariables().get(input).getOutputOfOp();
      boolean drawn = maker != null || !graph.getVariable(input).isConstant();
      if (drawn) {
        String from = maker == null ? "v " + input : "o " + maker;
        text.append("  ").append(quoted(from)).append(" -> ").append(quoted("o " + name));
        text.append(";\n");
      }
    }
  }

  private static String node(String id, String label, String shape) {
    return "  %s [label=\"%s\", shape=%s];%n"
        .formatted(quoted(id), label.replace("\"", "'"), shape)
        .replace(System.lineSeparator(), "\n");
  }

  private static String quoted(String id) {
    return '"' + id.replace("\"", "'") + '"';
  }

  /** What it is and how large. */
  @Override
  public String toString() {
    return "%s: operations %s".formatted(network, operations());
  }
}
