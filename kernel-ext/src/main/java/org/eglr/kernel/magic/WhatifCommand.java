package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.data.ListSet;
import org.eglr.kernel.view.TablesawView;
import org.eglr.metrics.Report;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.Reasoning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tech.tablesaw.api.Table;

@Command(
    name = "whatif",
    description =
        "Measures a trained model under other reasoning settings, without training it again: a"
            + " what-if of the decoder, no ablation; %eglr compare --ablations retrains. Valid for"
            + " models of --query gated; weights of others fall apart with another budget.",
    footer = {"eglr.withReasoning(r -> r.gate(Gate.entropy(0.8))).evaluate(data.test())"})
final class WhatifCommand implements Callable<Object> {

  private final Session session;

  @Mixin private Inputs inputs;

  @Option(
      names = "--entropyThreshold",
      split = ",",
      paramLabel = "NATS",
      description = "thresholds of the entropy gate to try, separated by commas")
  private List<Double> thresholds;

  @Option(
      names = "--gate",
      split = GateValue.SEVERAL,
      paramLabel = "GATE",
      description =
          "gates to try: entropy:NATS, relative:SHARE, margin:GAP, always, never, positions:1,2,"
              + " random:RATE")
  private List<Gate> gates;

  @Option(names = "--maxSteps", split = ",", paramLabel = "STEPS", description = "budgets to try")
  private List<Integer> maxSteps;

  @Option(
      names = "--exploration",
      split = ",",
      paramLabel = "ALPHA",
      description = "exploration factors to try")
  private List<Double> explorations;

  @Option(names = "--on", description = "train, valid or test")
  private Inputs.Part on = Inputs.Part.test;

  @Option(names = "--lists", description = "most lists to measure")
  private int lists = 300;

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the table")
  private String as = "whatif";

  WhatifCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Eglr eglr = inputs.trained(session);
    ListSet measured = inputs.lists(session, on, lists);
    session.declare(as, Table.class);
    Reasoning present = eglr.settings().reasoning();
    List<Gate> tried = gates() == null ? List.of(present.gate()) : gates();
    boolean open = gates() == null && maxSteps == null && explorations == null;
    List<Integer> budgets = open ? List.of(0, 1, 2, 4) : or(maxSteps, present.maxSteps());
    eglr.evaluate(measured.sample(20, 1)); // Warms the machine up, so that times compare.
    WhatifTable table = new WhatifTable();
    for (Gate gate : tried) {
      for (double exploration : or(explorations, present.exploration())) {
        for (int budget : budgets) {
          if (Thread.currentThread().isInterrupted()) {
            break;
          }
          Eglr changed =
              eglr.withReasoning(
                  reasoning -> reasoning.gate(gate).exploration(exploration).maxSteps(budget));
          long start = System.nanoTime();
          Report report = changed.evaluate(measured);
          double millis = (System.nanoTime() - start) / 1e6 / measured.size();
          table.add(gate, budget, exploration, report, millis);
        }
      }
    }
    Table result = session.define(as, table.table());
    session.show(TablesawView.of(result, 100).note(meaning(present)).content());
    return result;
  }

  /** What the table may be read as. */
  private static String meaning(Reasoning present) {
    if (present.gated()) {
      return "A what-if of the decoder, no ablation, and valid: this model (query GATED) adds its"
          + " reasoning by a learned gain and forgets it after each item, so that weights trained"
          + " with one budget decode nearly as well with another. %eglr compare --ablations"
          + " retrains.";
    }
    return "A what-if of the decoder, no ablation: with query "
        + present.query()
        + " weights trained with one budget fall apart with another, so a row far from the model's"
        + " own settings (maxSteps %d, gate %s) says nothing of what reasoning is worth."
            .formatted(present.maxSteps(), present.gate().describe())
        + " %eglr compare --ablations retrains; models of --query gated allow a what-if.";
  }

  /** Those of both options; null for none. */
  private List<Gate> gates() {
    if (gates == null && thresholds == null) {
      return null;
    }
    List<Gate> all = new ArrayList<>();
    if (thresholds != null) {
      thresholds.forEach(nats -> all.add(Gate.entropy(nats)));
    }
    if (gates != null) {
      all.addAll(gates);
    }
    return all;
  }

  private static <T> List<T> or(List<T> given, T present) {
    return given == null ? List.of(present) : given;
  }
}
