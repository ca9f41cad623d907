package org.eglr.kernel.view;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.data.Entities;
import org.eglr.data.Field;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;

/** What data hold: users, items, lists, how long they are and how often they are clicked. */
public final class DataView {

  private DataView() {}

  public static TableView of(Splits splits) {
    return table(splits.log())
        .row(part("training", splits.train()))
        .row(part("validation", splits.valid()))
        .row(part("test", splits.test()));
  }

  public static TableView of(ListSet lists) {
    return table(lists.log()).row(part("these lists", lists));
  }

  public static TableView of(ListLog log) {
    return noted(TablesawView.of(log.summary().toTable()), log);
  }

  /** The candidates of a request. */
  public static TableView of(Request request) {
    TableView view =
        new TableView(
                "Request for %s of %s candidates"
                    .formatted(Numbers.show(request.length()), Numbers.show(request.pool())))
            .number("candidate")
            .text("item");
    for (int i = 0; i < request.pool(); i++) {
      view.row(Numbers.show(i + 1), request.labels()[i]);
    }
    return view;
  }

  /** The first list in display order: what was shown and what was clicked. */
  public static TableView firstList(ListSet lists) {
    ListLog log = lists.log();
    int list = lists.logIndex(0);
    TableView view =
        new TableView("The first list, shown to user " + log.users().label(log.user(list)))
            .number("position")
            .text("item")
            .text("clicked");
    for (int i = 0; i < log.length(list); i++) {
      view.row(
          Numbers.show(i + 1),
          log.items().label(log.candidate(list, i)),
          log.clicked(list, i) ? "yes" : "");
    }
    return view;
  }

  private static TableView table(ListLog log) {
    return noted(
        new TableView(
                "%s: %s; %s"
                    .formatted(
                        log.name(),
                        "users " + entities(log.users()),
                        "items " + entities(log.items())))
            .text("part")
            .number("lists")
            .number("list length")
            .number("candidates")
            .number("click rate")
            .number("clicks per list"),
        log);
  }

  /** What looks wrong stands under every view of the data. */
  private static TableView noted(TableView view, ListLog log) {
    view.note(truth(log));
    log.warnings().forEach(warning -> view.note("Look at this: " + warning + "."));
    return view;
  }

  private static List<String> part(String name, ListSet lists) {
    long shown = 0;
    long clicks = 0;
    for (int list = 0; list < lists.size(); list++) {
      shown += lists.length(list);
      for (int i = 0; i < lists.length(list); i++) {
        clicks += lists.clicked(list, i) ? 1 : 0;
      }
    }
    return List.of(
        name,
        Numbers.show(lists.size()),
        span(IntStream.range(0, lists.size()).map(lists::length)),
        span(IntStream.range(0, lists.size()).map(lists::pool)),
        Numbers.percent((double) clicks / shown),
        Numbers.show((double) clicks / lists.size()));
  }

  private static String entities(Entities entities) {
    return "%s (%s)"
        .formatted(
            Numbers.show(entities.size()),
            entities.fields().stream().map(Field::name).collect(Collectors.joining(", ")));
  }

  private static String span(IntStream sizes) {
    var summary = sizes.summaryStatistics();
    if (summary.getCount() == 0) {
      return "–";
    }
    return summary.getMin() == summary.getMax()
        ? Numbers.show(summary.getMin())
        : Numbers.show(summary.getMin()) + " to " + Numbers.show(summary.getMax());
  }

  private static String truth(ListLog log) {
    return log.truth().isPresent()
        ? "Simulated: the true utility of any list is known."
        : "A real log: what was not shown or not clicked says nothing certain.";
  }
}
