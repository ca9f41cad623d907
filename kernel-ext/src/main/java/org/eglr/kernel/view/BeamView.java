package org.eglr.kernel.view;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.eglr.Ranking;
import org.eglr.decode.Decision;

/** The lists that beam search found, with the generator's and the evaluator's opinion of each. */
public final class BeamView {

  private static final int SHOWN = 20;

  private BeamView() {}

  /** The list that the evaluator scores highest, of equal ones the most probable. */
  public static Ranking best(List<Ranking> found) {
    return found.stream()
        .reduce((a, b) -> b.score() > a.score() ? b : a)
        .orElseThrow(() -> new IllegalArgumentException("beam search found no list"));
  }

  /** The lists by their items' names, as in the variable that {@code %eglr rerank --beam} makes. */
  public static TableView of(Ranking[] found) {
    if (found.length == 0) {
      return new TableView("Beam search: no lists");
    }
    ItemNames names = ItemNames.of(found[0].request().labels());
    return table(List.of(found), "items", names::brief);
  }

  /**
   * A row a list, the most probable first.
   *
   * @param found at least one list, all of the same pool
   * @param pool as it was shown, with the positions to tell items by
   */
  public static TableView of(List<Ranking> found, LoggedPool pool) {
    return table(
        found, "items, by initial position", candidate -> Numbers.show(pool.kept()[candidate] + 1));
  }

  private static TableView table(List<Ranking> found, String items, IntFunction<String> name) {
    Ranking best = best(found);
    TableView view =
        new TableView("Beam search: %s lists, the most probable first".formatted(found.size()))
            .number("")
            .number("log probability")
            .number("evaluator score")
            .line("")
            .text(items);
    List<Ranking> shown = found.subList(0, Math.min(SHOWN, found.size()));
    for (Ranking list : shown) {
      row(view, found.indexOf(list), list, list == best, name);
    }
    if (!shown.contains(best)) {
      row(view, found.indexOf(best), best, true, name);
    }
    return shown.size() == found.size()
        ? view
        : view.note("the first %d, and the one that scores best".formatted(SHOWN));
  }

  private static void row(
      TableView view, int place, Ranking list, boolean best, IntFunction<String> name) {
    String items = Arrays.stream(list.order()).mapToObj(name).collect(Collectors.joining(", "));
    view.row(
            Numbers.show(place + 1),
            Numbers.show(logProbability(list)),
            Numbers.show(list.score()),
            best ? "best" : "",
            items)
        .hint(4, String.join("\n", list.labels()));
  }

  /** Of the whole list: the sum over its choices (eq. 12), in nats. */
  private static double logProbability(Ranking list) {
    return list.trace().decisions().stream().mapToDouble(BeamView::logProbability).sum();
  }

  private static double logProbability(Decision decision) {
    return Math.log(decision.probability()[decision.chosen()]);
  }
}
