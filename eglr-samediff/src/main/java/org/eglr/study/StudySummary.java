package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eglr.metrics.Metric;

/**
 * A study's rows as a table: one line a condition and variant, averaged over its worlds. Errors of
 * means over worlds are those of lists and users within the worlds, as if the worlds were given.
 */
final class StudySummary {

  private static final double TWO_SIDED_95 = 1.96;

  private StudySummary() {}

  /** As Markdown. */
  static String of(List<StudyRow> rows) {
    StringBuilder text =
        new StringBuilder(
            "| Condition | Variant | worlds x seeds | mean | got, % (by world) | against the first row, % | ... its rival, % | evaluator's score, % | tokens a list | training, s |\n|---|---|---|---|---|---|---|---|---|---|\n");
    Map<String, List<StudyRow>> groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> "| " + row.condition() + " | " + row.variant(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    groups.forEach(
        (name, worlds) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s | %d x %d | %s %.3f | %s | %s | %s | %s | %.1f | %.0f |%n",
                    name,
                    worlds.size(),
                    worlds.get(0).seeds(),
                    worlds.get(0).quality().name(),
                    worlds.stream().mapToDouble(r -> r.quality().value()).average().orElseThrow(),
                    got(worlds),
                    gain(worlds, StudyRow::quality, StudyRow::qualityGain),
                    gain(worlds, StudyRow::quality, StudyRow::variantGain),
                    gain(worlds, StudyRow::score, StudyRow::scoreGain),
                    worlds.stream().mapToDouble(StudyRow::reasoningSteps).average().orElseThrow(),
                    worlds.stream().mapToDouble(StudyRow::seconds).average().orElseThrow())));
    return text.toString();
  }

  private static String got(List<StudyRow> worlds) {
    if (worlds.get(0).bounds().isEmpty()) {
      return "";
    }
    double mean = worlds.stream().mapToDouble(StudyRow::got).average().orElseThrow();
    return String.format(Locale.ROOT, "%.1f", mean)
        + worlds.stream()
            .map(row -> String.format(Locale.ROOT, "%.0f", row.got()))
            .collect(Collectors.joining(" ", " (", ")"));
  }

  /** Percent with half of its 95 % interval. */
  private static String gain(
      List<StudyRow> worlds, Function<StudyRow, Metric> of, Function<StudyRow, Metric> gained) {
    double mean = 0;
    double squares = 0;
    for (StudyRow row : worlds) {
      Metric gain = gained.apply(row);
      double first = of.apply(row).value() - gain.value();
      mean += 100 * gain.value() / first / worlds.size();
      squares += Math.pow(100 * gain.standardError() / first / worlds.size(), 2);
    }
    return Double.isNaN(mean)
        ? ""
        : String.format(Locale.ROOT, "%+.2f ± %.2f", mean, TWO_SIDED_95 * Math.sqrt(squares));
  }
}
