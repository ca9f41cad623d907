package org.eglr.kernel.magic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.Reranker;
import org.eglr.Rerankers;
import org.eglr.data.ListSet;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.view.ReportView;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description =
        "Measures the initial order, the candidates sorted by what the evaluator thinks of each"
            + " alone, and the model side by side. With names it trains what must be trained, by"
            + " default options, and measures these.",
    footer = {
      "var comparison = eglr.compare(data.test());",
      "var comparison = Rerankers.compare(data.test(), one, another);",
      "var result = TrainedComparison.of(data).evaluator(eglr.evaluator()).seeds(1, 2, 3)"
          + ".add(\"initial\").add(\"lambdamart\").run();",
      "var ablations = Experiment.of(data).evaluator(eglr.evaluator()).vary(\"token\", \"NONE\","
          + " \"PLAIN\", \"CONTEXT_AWARE\").seeds(1, 2, 3).run();"
    })
final class CompareCommand implements Callable<Object> {

  private final Session session;

  @Parameters(
      paramLabel = "RERANKERS",
      arity = "0..1",
      split = ",",
      description =
          "kinds of re-rankers, such as initial,ctr,lambdamart,eglr, or variables that hold trained"
              + " ones; the first is what others are compared to")
  private List<String> names = List.of();

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
          "also trains the variants of Figure 4 anew, with this model's evaluator, sizes and number"
              + " of steps: B no reasoning, v1 plain token, v2 context-aware, v3 + dynamic"
              + " temperature")
  private boolean ablations;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "SEEDS",
      description =
          "of the named re-rankers, eglr among them then trained anew: how many, or 1,2,3; of the"
              + " ablations, separated by commas; default the model's own")
  private List<Long> seeds;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      split = ",",
      description = "further settings of the ablations, such as groupSize=16")
  private Map<String, String> further = new LinkedHashMap<>();

  @Mixin private GridOptions grid;

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the comparison")
  private String as = "comparison";

  CompareCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() throws IOException {
    if (!names.isEmpty()) {
      return named();
    }
    Eglr eglr = inputs.trained(session);
    ListSet measured = inputs.lists(session, on, lists == 0 ? Integer.MAX_VALUE : lists);
    List<Reranker> rerankers =
        others.stream()
            .map(name -> session.require(name, Reranker.class, "%eglr model --as " + name))
            .toList();
    session.declare(as, Comparison.class);
    List<Report> reports = new ArrayList<>(eglr.compare(measured).reports());
    if (pool) {
      reports.add(Rerankers.sortedAsPool(eglr.evaluator()).evaluate(measured));
    }
    for (int i = 0; i < rerankers.size(); i++) {
      reports.add(rerankers.get(i).evaluate(measured).named(others.get(i)));
    }
    Comparison comparison = session.define(as, new Comparison(reports));
    session.show(ReportView.of(comparison).content());
    ReportView.differences(comparison).ifPresent(view -> session.show(view.content()));
    if (ablations) {
      Ablations retrained = new Ablations(eglr, inputs.data(session), measured);
      grid.run(session, "ablations", retrained.experiment(seeds, further));
    }
    return comparison;
  }

  private Comparison named() {
    if (pool || ablations || !others.isEmpty() || !further.isEmpty()) {
      throw new EglrError(
          "--pool, --ablations, --set and --with go without names; name variables beside the"
              + " re-rankers");
    }
    session.declare(as, Comparison.class);
    return session.define(
        as,
        new NamedRerankers(
                session,
                inputs.data(session),
                inputs.lists(session, on, lists == 0 ? Integer.MAX_VALUE : lists),
                names,
                seeds,
                inputs.anyModel(session))
            .run());
  }
}
