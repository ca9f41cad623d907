package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.eglr.Ranking;
import org.eglr.decode.Decision;

/** A re-ranked list: what stands where, and where the model hesitated. */
public final class RankingView {

  private RankingView() {}

  public static TableView of(Ranking ranking) {
    return fill(ranking, columns(ranking), null);
  }

  /**
   * The list beside what is known of it.
   *
   * @param clicked whether a candidate (an index into the pool) was clicked in the log
   */
  public static TableView of(Ranking ranking, IntPredicate clicked) {
    return fill(
        ranking, columns(ranking).number("initial position").text("clicked in the log"), clicked);
  }

  private static TableView columns(Ranking ranking) {
    return new TableView(
            "%s of %s candidates; evaluator score %s"
                .formatted(
                    Numbers.show(ranking.order().length),
                    Numbers.show(ranking.request().pool()),
                    Numbers.show(ranking.score())))
        .number("position")
        .text("item")
        .number("P(click)")
        .number("entropy before (nats)")
        .number("after")
        .number("reasoning steps");
  }

  private static TableView fill(Ranking ranking, TableView view, IntPredicate clicked) {
    List<String> labels = ranking.labels();
    for (Decision decision : ranking.trace().decisions()) {
      int position = decision.position();
      List<String> cells = new ArrayList<>();
      cells.add(Numbers.show(position + 1));
      cells.add(labels.get(position));
      cells.add(Numbers.show(ranking.clickProbabilities()[position]));
      cells.add(Numbers.show(decision.entropyBefore()));
      cells.add(Numbers.show(decision.entropyAfter()));
      cells.add(Numbers.show(decision.reasoningSteps()));
      if (clicked != null) {
        cells.add(Numbers.show(decision.chosen() + 1));
        cells.add(clicked.test(decision.chosen()) ? "yes" : "");
      }
      view.row(cells);
    }
    return view;
  }
}
