package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.eglr.Eglr;
import org.eglr.Reranker;
import org.eglr.Rerankers;
import org.eglr.data.ListSet;
import org.eglr.kernel.view.ReportView;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.reasoning.ReasoningToken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "compare",
    description =
        "Measures the initial order, the candidates sorted by what the evaluator thinks of each"
            + " alone, and the model side by side.",
    footer = {
      "var comparison = eglr.compare(data.test());",
      "var comparison = Rerankers.compare(data.test(), one, another);",
      "var ablated = eglr.withReasoning(r -> r.maxSteps(0)).evaluate(data.test());"
    })
final class CompareCommand implements Callable<Object> {

  private final Session session;

  @Mixin private Inputs inputs;

  @Option(names = "--on", description = "train, valid or test")
  private Inputs.Part on = Inputs.Part.test;

  @Option(names = "--lists", description = "most lists to measure; 0: all")
  private int lists = 0;

  @Option(
      names = "--with",
      paramLabel = "NAME",
      split = ",",
      description = "variables of further re-rankers, measured on the same lists")
  private List<String> others = List.of();

  @Option(
      names = "--pool",
      description =
          "also the pool sorted by the evaluator as one list, where the initial order leaks in")
  private boolean pool;

  @Option(
      names = "--ablations",
      description =
          "also without reasoning, with plain tokens, without the dynamic temperature; same weights,"
              + " not trained again")
  private boolean ablations;

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the comparison")
  private String as = "comparison";

  /** The model with a part of its reasoning taken away. */
  private static Map<String, UnaryOperator<ReasoningBuilder>> ablated() {
    Map<String, UnaryOperator<ReasoningBuilder>> variants = new LinkedHashMap<>();
    variants.put("no reasoning", r -> r.maxSteps(0));
    variants.put("plain token", r -> r.token(ReasoningToken.PLAIN).dynamicTemperature(false));
    variants.put("fixed temperature", r -> r.dynamicTemperature(false));
    return variants;
  }

  CompareCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Eglr eglr = inputs.trained(session);
    ListSet measured = inputs.lists(session, on, lists == 0 ? Integer.MAX_VALUE : lists);
    List<Reranker> further =
        others.stream()
            .map(name -> session.require(name, Reranker.class, "%eglr model --as " + name))
            .toList();
    session.declare(as, Comparison.class);
    List<Report> reports = new ArrayList<>(eglr.compare(measured).reports());
    if (pool) {
      reports.add(Rerankers.sortedAsPool(eglr.evaluator()).evaluate(measured));
    }
    if (ablations) {
      ablated()
          .forEach(
              (name, change) ->
                  reports.add(eglr.withReasoning(change).evaluate(measured).named(name)));
    }
    for (int i = 0; i < further.size(); i++) {
      reports.add(further.get(i).evaluate(measured).named(others.get(i)));
    }
    Comparison comparison = session.define(as, new Comparison(reports));
    session.show(ReportView.of(comparison).content());
    ReportView.differences(comparison).ifPresent(view -> session.show(view.content()));
    return comparison;
  }
}
