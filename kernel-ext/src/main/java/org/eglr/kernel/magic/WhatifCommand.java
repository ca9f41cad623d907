package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.data.ListSet;
import org.eglr.kernel.view.TablesawView;
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
    footer = {
      "eglr.withReasoning(r -> r.gate(Gate.entropy(0.8))).evaluate(data.test())",
      "Slider.of(\"threshold\", 0.4, 2, 0.4, 0.8).show(t -> eglr.withReasoning(r ->"
          + " r.gate(Gate.entropy(t))).evaluate(data.test()))"
    })
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

  @Option(
      names = "--slider",
      paramLabel = "SETTING",
      description =
          "shows a slider over the values that are given for this setting, and measures those to"
              + " which it is moved, in the place of all")
  private WhatifSlider.Setting slider;

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
    boolean open = gates() == null && maxSteps == null && explorations == null && slider == null;
    WhatifValues values =
        new WhatifValues(
            gates() == null ? List.of(present.gate()) : gates(),
            or(explorations, present.exploration()),
            open ? List.of(0, 1, 2, 4) : or(maxSteps, present.maxSteps()));
    eglr.evaluate(measured.sample(20, 1)); // Warms the machine up, so that times compare.
    if (slider != null) {
      return slide(eglr, measured, values);
    }
    WhatifTable table = new WhatifTable();
    for (WhatifValues one : values.each()) {
      if (!Thread.currentThread().isInterrupted()) {
        table.measure(eglr, measured, one);
      }
    }
    Table result = session.define(as, table.table());
    session.show(TablesawView.of(result, 100).note(WhatifTable.meaning(present)).content());
    return result;
  }

  private Object slide(Eglr eglr, ListSet measured, WhatifValues values) {
    new WhatifSlider(slider, values)
        .show(
            session.host(),
            one -> {
              WhatifTable table = new WhatifTable();
              table.measure(eglr, measured, one);
              Table result = session.define(as, table.table());
              return TablesawView.of(result, 1)
                  .note(WhatifTable.meaning(eglr.settings().reasoning()))
                  .content();
            });
    return session.value(as).orElseThrow();
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
