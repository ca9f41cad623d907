package org.eglr.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.decode.Decision;

/** Decision entropies of a trained system's lists, by position. */
final class Entropies {

  static final String NATS = "entropy, nats";
  static final String RELATIVE = "entropy, of log(remaining)";

  private Entropies() {}

  /** Which decisions count, and at which moment. */
  enum When {
    /** Before reasoning, where it reasoned. */
    BEFORE,
    /** After the last token, where it reasoned. */
    AFTER,
    /** When the item is chosen, everywhere. */
    CHOICE
  }

  /** By seed; the columns are those of {@link #at}. */
  static Map<Long, Run> of(Bench bench, PaperSystem system, long[] seeds) {
    Map<Long, Run> runs = new LinkedHashMap<>();
    for (long seed : seeds) {
      runs.put(seed, bench.further("entropies", system, seed, () -> measured(bench, system, seed)));
    }
    return runs;
  }

  /** Whether a system tells how it chose. */
  static boolean known(Map<Long, Run> runs) {
    return !runs.values().iterator().next().lists().isEmpty();
  }

  /** Those of a position, from 1. */
  static Map<Long, Run> at(Map<Long, Run> runs, int position, When when) {
    Map<Long, Run> some = new LinkedHashMap<>();
    runs.forEach(
        (seed, run) ->
            some.put(
                seed, run.select(List.of(NATS, RELATIVE), what -> column(what, position, when))));
    return some;
  }

  private static String column(String what, int position, When when) {
    return what + " " + when + " " + position;
  }

  private static Run measured(Bench bench, PaperSystem system, long seed) {
    int lists = bench.measured().size();
    Map<String, double[]> columns = new LinkedHashMap<>();
    new Measuring(bench.trained(system, seed), bench.evaluator(seed))
        .each(
            bench.measured(),
            (list, order, made) -> {
              for (Decision decision : made.trace().decisions()) {
                for (When when : When.values()) {
                  put(columns, decision, when, list, lists);
                }
              }
            });
    return new Run(columns, Map.of());
  }

  private static void put(
      Map<String, double[]> columns, Decision decision, When when, int list, int lists) {
    double nats = when == When.BEFORE ? decision.entropyBefore() : decision.entropyAfter();
    double[] values = {nats, decision.relative(nats)};
    String[] names = {NATS, RELATIVE};
    boolean counts = when == When.CHOICE || decision.reasoningSteps() > 0;
    for (int i = 0; i < names.length; i++) {
      double[] column =
          columns.computeIfAbsent(
              column(names[i], decision.position() + 1, when),
              n -> {
                double[] empty = new double[lists];
                Arrays.fill(empty, Double.NaN);
                return empty;
              });
      column[list] = counts ? values[i] : Double.NaN;
    }
  }
}
