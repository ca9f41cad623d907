package org.eglr.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eglr.metrics.Metric;

/** A result as a table for LaTeX's {@code booktabs}. */
final class LatexTable {

  private static final Map<Character, String> SPECIAL =
      Map.of(
          '\\', "\\textbackslash{}",
          '~', "\\textasciitilde{}",
          '^', "\\textasciicircum{}");

  private final ExperimentResult result;

  LatexTable(ExperimentResult result) {
    this.result = result;
  }

  String of(String metric) {
    List<String> axes = List.copyOf(result.rows().get(0).settings().keySet());
    double[] p = result.p(metric);
    StringBuilder text = new StringBuilder("% " + result.note() + "\n");
    text.append("\\begin{tabular}{").append("l".repeat(axes.size())).append("rrr}\n\\toprule\n");
    List<String> head = new ArrayList<>(axes.stream().map(LatexTable::escape).toList());
    head.addAll(List.of(escape(metric), "difference", "$p$"));
    line(text, head).append("\\midrule\n");
    for (int row = 0; row < result.rows().size(); row++) {
      List<String> cells =
          new ArrayList<>(
              result.rows().get(row).settings().values().stream().map(LatexTable::escape).toList());
      cells.add(interval(result.mean(row, metric), false));
      cells.add(row == 0 ? "--" : interval(result.difference(row, metric), true));
      cells.add(row == 0 ? "--" : p(p[row]));
      line(text, cells);
    }
    return text.append("\\bottomrule\n\\end{tabular}\n").toString();
  }

  /** The text as LaTeX sets it, its special characters without their meaning. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      String special = SPECIAL.get(c);
      if (special != null) {
        escaped.append(special);
      } else if ("{}%$&#_".indexOf(c) >= 0) {
        escaped.append('\\').append(c);
      } else {
        escaped.append(c == '\n' || c == '\r' ? ' ' : c);
      }
    }
    return escaped.toString();
  }

  private static StringBuilder line(StringBuilder text, List<String> cells) {
    return text.append(String.join(" & ", cells)).append(" \\\\\n");
  }

  private static String interval(Metric metric, boolean signed) {
    if (Double.isNaN(metric.value())) {
      return "--";
    }
    String value = String.format(Locale.ROOT, signed ? "%+.4f" : "%.4f", metric.value());
    return Double.isNaN(metric.standardError())
        ? "$" + value + "$"
        : String.format(
            Locale.ROOT,
            "$%s \\pm %.4f$",
            value,
            ExperimentResult.TWO_SIDED_95 * metric.standardError());
  }

  private static String p(double p) {
    if (Double.isNaN(p)) {
      return "--";
    }
    return p < 0.001 ? "$<0.001$" : String.format(Locale.ROOT, "$%.3f$", p);
  }
}
