package org.eglr.kernel.view;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.Ranking;
import org.eglr.decode.Decision;
import org.eglr.decode.Trace;

/**
 * How a list was made: at each position the entropy before and after each reasoning token, what the
 * tokens attended to, and the likeliest candidates when the item was chosen.
 */
public final class TraceView {

  private static final int SHOWN = 3;
  private static final int NAME = 40;

  private TraceView() {}

  /** With the items' names. */
  public static TableView of(Ranking ranking) {
    return of(ranking.trace(), candidate -> ranking.request().labels()[candidate]);
  }

  /** With candidates as numbers, 1 for the first of the pool. */
  public static TableView of(Trace trace) {
    return of(trace, candidate -> "#" + (candidate + 1));
  }

  private static TableView of(Trace trace, IntFunction<String> names) {
    TableView view =
        new TableView(
                "How the list was made: %s reasoning steps"
                    .formatted(Numbers.show(trace.reasoningSteps())))
            .number("position")
            .text("entropy (nats)")
            .text("reasoning attended to")
            .text("chosen")
            .text("likeliest candidates");
    for (Decision decision : trace.decisions()) {
      view.row(
          Numbers.show(decision.position() + 1),
          Arrays.stream(decision.entropy())
              .mapToObj(Numbers::show)
              .collect(Collectors.joining(" → ")),
          Arrays.stream(decision.attention())
              .filter(weights -> weights.length > 0)
              .map(weights -> top(weights, names))
              .collect(Collectors.joining("; then ")),
          shorten(names.apply(decision.chosen())),
          top(decision.probability(), names));
    }
    return view;
  }

  private static String top(float[] weights, IntFunction<String> names) {
    return IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]))
        .limit(SHOWN)
        .filter(i -> weights[i] > 0)
        .map(i -> shorten(names.apply(i)) + " " + Numbers.percent(weights[i]))
        .collect(Collectors.joining(", "));
  }

  private static String shorten(String name) {
    return name.length() <= NAME ? name : name.substring(0, NAME - 1) + "…";
  }
}
