package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.eglr.Ranking;
import org.eglr.data.Request;
import org.eglr.decode.Decision;

/** A re-ranked list: what stands where, and where the model hesitated. */
public final class RankingView {

  private static final int POOL = 30;

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

  /**
   * The pool a list was made from: every candidate, and where it went.
   *
   * @param clicked whether a candidate (an index into the pool) was clicked in the log
   */
  public static TableView pool(Ranking ranking, IntPredicate clicked) {
    Request request = ranking.request();
    String[] place = new String[request.pool()];
    Arrays.fill(place, "–");
    for (int position = 0; position < ranking.order().length; position++) {
      place[ranking.order()[position]] = Numbers.show(position + 1);
    }
    TableView view =
        new TableView("The pool: %s candidates".formatted(Numbers.show(request.pool())))
            .number("initial position")
            .text("item")
            .text("clicked in the log")
            .number("position in the list");
    int shown = Math.min(POOL, request.pool());
    for (int i = 0; i < shown; i++) {
      String click = clicked.test(i) ? "yes" : "";
      view.row(Numbers.show(i + 1), request.labels()[i], click, place[i]);
    }
    return shown == request.pool() ? view : view.note("the first %d candidates".formatted(shown));
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
