package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eglr.Ranking;
import org.eglr.data.Request;
import org.eglr.decode.Decision;

/** A re-ranked list: what stands where, and where the model hesitated. */
public final class RankingView {

  private static final int POOL = 30;

  /** Labels up to this length are not broken into lines. */
  private static final int ONE_LINE = 32;

  private RankingView() {}

  public static TableView of(Ranking ranking) {
    return fill(ranking, columns(ranking), null);
  }

  /**
   * The list beside what is known of it.
   *
   * @param pool what it was made from
   */
  public static TableView of(Ranking ranking, LoggedPool pool) {
    return fill(
        ranking, columns(ranking).number("initial position").text("clicked in the log"), pool);
  }

  /**
   * The pool a list was made from: every candidate, and where it went.
   *
   * @param pool with the candidates that were left out before
   */
  public static TableView pool(Ranking ranking, LoggedPool pool) {
    Request request = pool.request();
    String[] place = new String[request.pool()];
    Arrays.fill(place, pool.isNarrowed() ? "not preselected" : "–");
    for (int candidate : pool.kept()) {
      place[candidate] = "–";
    }
    for (int position = 0; position < ranking.order().length; position++) {
      place[pool.kept()[ranking.order()[position]]] = Numbers.show(position + 1);
    }
    String preselected =
        pool.isNarrowed()
            ? ", %s of them preselected".formatted(Numbers.show(pool.kept().length))
            : "";
    TableView view =
        new TableView(
                "The pool: %s candidates%s".formatted(Numbers.show(request.pool()), preselected))
            .number("initial position")
            .text("item")
            .text("clicked in the log")
            .number("position in the list");
    int shown = Math.min(POOL, request.pool());
    for (int i = 0; i < shown; i++) {
      String click = pool.clicked().test(i) ? "yes" : "";
      view.row(Numbers.show(i + 1), request.labels()[i], click, place[i]);
    }
    return shown == request.pool() ? view : view.note("the first %d candidates".formatted(shown));
  }

  private static TableView columns(Ranking ranking) {
    TableView view =
        new TableView(
                "%s of %s candidates; evaluator score %s"
                    .formatted(
                        Numbers.show(ranking.order().length),
                        Numbers.show(ranking.request().pool()),
                        Numbers.show(ranking.score())))
            .number("position");
    boolean few = Arrays.stream(ranking.request().labels()).allMatch(l -> l.length() <= ONE_LINE);
    return (few ? view.line("item") : view.text("item"))
        .number("P(click)")
        .number("entropy before (nats)")
        .number("after")
        .number("reasoning steps");
  }

  private static TableView fill(Ranking ranking, TableView view, LoggedPool pool) {
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
      if (pool != null) {
        int candidate = pool.kept()[decision.chosen()];
        cells.add(Numbers.show(candidate + 1));
        cells.add(pool.clicked().test(candidate) ? "yes" : "");
      }
      view.row(cells);
    }
    return view;
  }
}
