package org.eglr.kernel.magic;

import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.eglr.Eglr;
import org.eglr.Ranking;
import org.eglr.data.ListSet;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.view.RankingView;
import org.eglr.kernel.view.TraceView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rerank",
    description = "Makes a list for one request: its pool, the list, and how the model came to it.",
    footer = {"var ranking = eglr.rerank(data.test().request(0));"})
final class RerankCommand implements Callable<Object> {

  private final Session session;

  @Mixin private Inputs inputs;

  @Parameters(
      arity = "0..1",
      paramLabel = "INDEX",
      description = "which list's user and candidates, from 0")
  private int index = 0;

  @Option(names = "--on", description = "train, valid or test")
  private Inputs.Part on = Inputs.Part.test;

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the ranking")
  private String as = "ranking";

  RerankCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Eglr eglr = inputs.trained(session);
    ListSet lists = inputs.part(session, on);
    if (index < 0 || index >= lists.size()) {
      throw new EglrError(
          "there is no list %d; the %s lists are 0 to %d".formatted(index, on, lists.size() - 1));
    }
    session.declare(as, Ranking.class);
    Ranking ranking = session.define(as, eglr.rerank(lists.request(index)));
    IntPredicate clicked = candidate -> lists.clicked(index, candidate);
    session.show(RankingView.pool(ranking, clicked).content());
    session.show(RankingView.of(ranking, clicked).content());
    session.show(TraceView.of(ranking).content());
    return ranking;
  }
}
