package org.eglr.kernel.view;

import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.Ranking;
import org.eglr.decode.Decision;
import org.eglr.decode.Trace;

/**
 * How a list was made, step by step: each reasoning token with the candidates it attended to and
 * what it did to the entropy, then the choice with the likeliest candidates.
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
                "How the list was made; reasoning steps: %s"
                    .formatted(Numbers.show(trace.reasoningSteps())))
            .text("position")
            .text("step")
            .text("entropy (nats)")
            .text("weight of the candidates");
    for (Decision decision : trace.decisions()) {
      String position = Numbers.show(decision.position() + 1);
      double[] entropy = decision.entropy();
      for (int token = 0; token < decision.reasoningSteps(); token++) {
        view.row(
            token == 0 ? position : "",
            "reasons",
            Numbers.show(entropy[token]) + " → " + Numbers.show(entropy[token + 1]),
            attention(decision, token, names));
      }
      view.row(
          decision.reasoningSteps() == 0 ? position : "",
          "chooses " + shorten(names.apply(decision.chosen())),
          Numbers.show(decision.entropyAfter()),
          top(decision.probability(), names));
    }
    return view;
  }

  private static String attention(Decision decision, int token, IntFunction<String> names) {
    return token < decision.attention().length ? top(decision.attention()[token], names) : "";
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
