package org.eglr.kernel.magic;

import java.util.List;
import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.Ranking;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.view.BeamView;
import org.eglr.kernel.view.RankingView;
import org.eglr.kernel.view.TraceView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rerank",
    description = "Makes a list for one request: its pool, the list, and how the model came to it.",
    footer = {
      "var ranking = eglr.rerank(data.test().request(0));",
      "var beam = eglr.beamSearch(data.test().request(0), 5);",
      "var ranking = eglr.withPreselection(8).rerank(data.test().request(0).withLength(5));"
    })
final class RerankCommand implements Callable<Object> {

  /** The variable for all lists that beam search finds. */
  private static final String BEAM = "beam";

  private final Session session;

  @Mixin private Inputs inputs;

  @Parameters(
      arity = "0..1",
      paramLabel = "INDEX",
      description = "which list's user and candidates, from 0")
  private int index = 0;

  @Option(names = "--on", description = "train, valid or test")
  private Inputs.Part on = Inputs.Part.test;

  @Option(
      names = "--beam",
      paramLabel = "WIDTH",
      description =
          "follows so many beginnings at once, 1 to 1000, and shows the lists found; the variable"
              + " beam holds them, the best by the evaluator is taken")
  private Integer beam;

  @Option(
      names = "--length",
      description = "items in the list; as many as the pool has if left out")
  private Integer length;

  @Option(
      names = "--preselect",
      paramLabel = "TOP",
      description =
          "of a larger pool, lets only the candidates that the evaluator thinks most probable"
              + " reach the generator; never fewer than the list has items")
  private Integer preselect;

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the ranking")
  private String as = "ranking";

  RerankCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    requireRange("--beam", beam, 1000);
    requireRange("--preselect", preselect, Integer.MAX_VALUE);
    if (!(inputs.reranker(session) instanceof Eglr) && (beam != null || preselect != null)) {
      throw new EglrError("--beam and --preselect are EGLR's; other kinds make one list");
    }
    ListSet lists = inputs.part(session, on);
    if (index < 0 || index >= lists.size()) {
      throw new EglrError(
          "there is no list %d; the %s lists are 0 to %d".formatted(index, on, lists.size() - 1));
    }
    session.declare(as, Ranking.class);
    if (beam != null) {
      session.declare(BEAM, Ranking[].class);
    }
    Request logged = lists.request(index);
    Preselected made =
        Preselected.of(
            length == null ? logged : logged.withLength(length),
            candidate -> lists.clicked(index, candidate),
            this::make);
    Ranking ranking = session.define(as, BeamView.best(made.lists()));
    session.show(RankingView.pool(ranking, made.pool()).content());
    if (beam != null) {
      session.define(BEAM, made.lists().toArray(Ranking[]::new));
      session.show(BeamView.of(made.lists(), made.pool()).content());
    }
    session.show(RankingView.of(ranking, made.pool()).content());
    if (ranking.trace().decisions().isEmpty()) {
      session.show(
          Content.text("It scores the whole pool at once: there are no decisions to trace."));
    } else {
      session.show(TraceView.of(ranking).content());
    }
    return ranking;
  }

  private List<Ranking> make(Request request) {
    if (!(inputs.reranker(session) instanceof Eglr trained)) {
      return List.of(inputs.reranker(session).rerank(request));
    }
    Eglr eglr = preselect == null ? trained : trained.withPreselection(preselect);
    return beam == null ? List.of(eglr.rerank(request)) : eglr.beamSearch(request, beam);
  }

  private static void requireRange(String option, Integer value, int most) {
    if (value != null && (value < 1 || value > most)) {
      throw new EglrError(
          "%s is %d; allowed is %s"
              .formatted(option, value, most < Integer.MAX_VALUE ? "1 to " + most : "1 or more"));
    }
  }
}
