package org.eglr;

import java.util.ArrayList;
import java.util.List;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.Measurement;
import org.eglr.internal.SchemaCheck;
import org.eglr.metrics.Report;

/**
 * A re-ranker whose lists an evaluator judges.
 *
 * @param made makes the lists
 * @param evaluator gives them click probabilities and a score
 */
record Judged(Reranker made, Evaluator evaluator) implements Reranker {

  @Override
  public String name() {
    return made.name();
  }

  @Override
  public boolean trained() {
    return made.trained() && evaluator.trained();
  }

  @Override
  public boolean readsInitialOrder() {
    return made.readsInitialOrder();
  }

  @Override
  public Ranking rerank(Request request) {
    return rerank(List.of(request)).get(0);
  }

  @Override
  public List<Ranking> rerank(List<Request> requests) {
    List<Ranking> rankings = made.rerank(requests);
    List<ListScore> scores =
        evaluator.score(
            rankings.stream().map(Ranking::request).toList(),
            rankings.stream().map(Ranking::order).toList());
    List<Ranking> judged = new ArrayList<>();
    for (int r = 0; r < rankings.size(); r++) {
      Ranking ranking = rankings.get(r);
      ListScore score = scores.get(r);
      judged.add(
          new Ranking(
              ranking.request(),
              ranking.order(),
              score.clickProbabilities(),
              score.dcg(),
              ranking.trace()));
    }
    return judged;
  }

  @Override
  public Report evaluate(ListSet lists) {
    SchemaCheck.require(evaluator.schema(), lists);
    return Measurement.of(this, lists);
  }
}
