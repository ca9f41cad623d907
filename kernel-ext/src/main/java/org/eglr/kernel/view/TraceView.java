package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.Ranking;
import org.eglr.decode.Decision;
import org.eglr.decode.Trace;

/**
 * How a list was made, a row a position: the entropy before and after each reasoning token, the
 * candidate that each token attended to most, the choice and what came close. Names are brief; the
 * mouse shows more of them, in full.
 */
public final class TraceView {

  private static final int RIVALS = 2;
  private static final int HINTED = 5;

  /** Values of entropy and tokens shown: the first ones and the last. */
  private static final int SHOWN = 4;

  private TraceView() {}

  /** With the items' names. */
  public static TableView of(Ranking ranking) {
    return of(ranking.trace(), ItemNames.of(ranking.request().labels()));
  }

  /** With candidates as numbers, 1 for the first of the pool. */
  public static TableView of(Trace trace) {
    int pool = trace.decisions().stream().mapToInt(d -> d.probability().length).max().orElse(0);
    return of(trace, ItemNames.numbers(pool));
  }

  private static TableView of(Trace trace, ItemNames names) {
    boolean attends = trace.decisions().stream().anyMatch(d -> d.attention().length > 0);
    TableView view =
        new TableView(
                "How the list was made; reasoning steps: %s"
                    .formatted(Numbers.show(trace.reasoningSteps())))
            .number("position")
            .line("entropy (nats)");
    if (attends) {
      view.line("tokens attend most to");
    }
    view.line("chosen").text("rather than");
    for (Decision decision : trace.decisions()) {
      List<String> cells = new ArrayList<>();
      cells.add(Numbers.show(decision.position() + 1));
      cells.add(entropy(decision.entropy()));
      if (attends) {
        cells.add(attention(decision.attention(), names));
      }
      int chosen = decision.chosen();
      float[] weights = decision.probability();
      cells.add(weight(names.brief(chosen), weights[chosen]));
      cells.add(top(weights, RIVALS, i -> i != chosen, names));
      view.row(cells);
      if (attends && decision.attention().length > 0) {
        view.hint(2, attentionInFull(decision.attention(), names));
      }
      int last = attends ? 4 : 3;
      view.hint(last - 1, names.full(chosen)).hint(last, inFull(weights, names));
    }
    return view;
  }

  private static String entropy(double[] nats) {
    List<String> shown = new ArrayList<>();
    Arrays.stream(nats).mapToObj(Numbers::show).forEach(shown::add);
    if (shown.size() > SHOWN) {
      shown.subList(SHOWN - 1, shown.size() - 1).clear();
      shown.add(SHOWN - 1, "…");
    }
    return String.join(" → ", shown);
  }

  /** Of tokens in a row that attend to the same candidate the first and the last weight. */
  private static String attention(float[][] tokens, ItemNames names) {
    List<String> shown = new ArrayList<>();
    int before = -1;
    for (float[] token : tokens) {
      List<Integer> weighed = order(token, i -> true);
      int most = weighed.isEmpty() ? before : weighed.get(0);
      if (most < 0) {
        continue;
      }
      if (most != before && shown.size() == SHOWN) {
        return String.join(", ", shown) + ", …";
      }
      if (most != before) {
        shown.add(weight(names.brief(most), token[most]));
      } else {
        int last = shown.size() - 1;
        String first = shown.get(last).replaceFirst(" → .*", "");
        String now = " " + Numbers.roughPercent(token[most]);
        boolean same = first.endsWith(now);
        shown.set(last, same ? first : first.replaceFirst(" %$", "") + " →" + now);
      }
      before = most;
    }
    return String.join(", ", shown);
  }

  private static String attentionInFull(float[][] tokens, ItemNames names) {
    return IntStream.range(0, tokens.length)
        .mapToObj(t -> "token %d: %s".formatted(t + 1, inFull(tokens[t], names)))
        .collect(Collectors.joining("\n"));
  }

  private static String inFull(float[] weights, ItemNames names) {
    return order(weights, i -> true).stream()
        .limit(HINTED)
        .map(i -> names.full(i) + " " + Numbers.percent(weights[i]))
        .collect(Collectors.joining(", "));
  }

  private static String top(float[] weights, int count, IntPredicate counts, ItemNames names) {
    return order(weights, counts).stream()
        .limit(count)
        .map(i -> weight(names.brief(i), weights[i]))
        .collect(Collectors.joining(", "));
  }

  /** Candidates of some weight, the heaviest first. */
  private static List<Integer> order(float[] weights, IntPredicate counts) {
    return IntStream.range(0, weights.length)
        .filter(counts)
        .filter(i -> weights[i] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]))
        .toList();
  }

  private static String weight(String name, float weight) {
    return name + " " + Numbers.roughPercent(weight);
  }
}
