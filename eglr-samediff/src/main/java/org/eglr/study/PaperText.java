package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A table's findings as Markdown: a line a row, a column a metric. */
final class PaperText {

  private static final double TWO_SIDED_95 = 1.96;

  private PaperText() {}

  static String of(List<Finding> findings) {
    Map<String, Map<String, Finding>> rows = new LinkedHashMap<>();
    Set<String> metrics = new LinkedHashSet<>();
    for (Finding finding : findings) {
      metrics.add(finding.metric());
      rows.computeIfAbsent(
              finding.condition() + " | " + finding.system() + " | " + finding.at(),
              name -> new LinkedHashMap<>())
          .put(finding.metric(), finding);
    }
    StringBuilder text = new StringBuilder("| Condition | System | At | ");
    text.append(String.join(" | ", metrics)).append(" |\n|---|---|---");
    metrics.forEach(metric -> text.append("|---"));
    text.append("|\n");
    rows.forEach(
        (name, own) -> {
          text.append("| ").append(name);
          metrics.forEach(metric -> text.append(" | ").append(cell(own.get(metric))));
          text.append(" |\n");
        });
    return text
        + "In brackets the paired difference with half of its 95 % interval; * where it is one"
        + " after correction.\n";
  }

  private static String cell(Finding finding) {
    if (finding == null) {
      return "";
    }
    String value = String.format(Locale.ROOT, "%.4g", finding.value());
    if (finding.against().isEmpty()) {
      return value;
    }
    return value
        + String.format(
            Locale.ROOT,
            " (%+.4f ± %.4f)%s",
            finding.gain(),
            TWO_SIDED_95 * finding.gainError(),
            finding.verdict().equals("same") ? "" : "*");
  }
}
