package org.eglr.kernel.chart;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eglr.data.ListSet;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Whether predicted click probabilities come true: shown items, sorted by prediction and cut into
 * ten groups of equal size, each with its mean prediction and its share of clicks.
 */
public final class CalibrationChart {

  private static final int GROUPS = 10;
  private static final double TWO_SIDED_95 = 1.96;

  /**
   * Items of similar prediction.
   *
   * @param predicted mean predicted probability, 0 to 1
   * @param clicked share that was clicked, 0 to 1
   * @param halfInterval half of the 95 % interval of that share, by the normal approximation
   * @param items how many
   */
  record Group(double predicted, double clicked, double halfInterval, int items) {}

  private record Shown(double predicted, boolean clicked) {}

  private CalibrationChart() {}

  /**
   * The chart.
   *
   * @param predicted for each list the predictions by position, 0 to 1
   */
  public static LineChart of(List<double[]> predicted, ListSet lists, int width, int height) {
    List<Group> groups = groups(predicted, lists);
    LineChart chart =
        Look.lines(
            width,
            height,
            String.format(Locale.ROOT, "Calibration; mean error %.3f", meanError(groups)),
            "predicted click probability",
            "clicked (share of shown items)");
    double end = 1.05 * groups.stream().mapToDouble(CalibrationChart::reach).max().orElse(1);
    double[] corners = {0, end};
    XYSeries ideal = chart.addSeries("perfectly calibrated", corners, corners);
    Look.line(ideal, Look.INK, 1, SeriesMarkers.NONE);
    ideal.setLineStyle(
        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 4}, 0));
    XYSeries measured =
        chart.addSeries(
            "evaluator, 95 % intervals",
            groups.stream().mapToDouble(Group::predicted).toArray(),
            groups.stream().mapToDouble(Group::clicked).toArray(),
            groups.stream().mapToDouble(Group::halfInterval).toArray());
    Look.line(measured, Look.BLUE, 2, SeriesMarkers.CIRCLE);
    chart.getStyler().setErrorBarsColor(Look.BLUE);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(end).setYAxisMin(0.0).setYAxisMax(end);
    return chart;
  }

  /** Up to ten groups of equal size (give or take one item), by growing prediction. */
  static List<Group> groups(List<double[]> predicted, ListSet lists) {
    List<Shown> shown = new ArrayList<>();
    for (int list = 0; list < lists.size(); list++) {
      for (int i = 0; i < lists.length(list); i++) {
        shown.add(new Shown(predicted.get(list)[i], lists.clicked(list, i)));
      }
    }
    shown.sort(Comparator.comparingDouble(Shown::predicted));
    List<Group> groups = new ArrayList<>();
    int count = Math.min(GROUPS, shown.size());
    for (int g = 0; g < count; g++) {
      int from = (int) ((long) g * shown.size() / count);
      int to = (int) ((long) (g + 1) * shown.size() / count);
      groups.add(group(shown.subList(from, to)));
    }
    return groups;
  }

  /** Mean distance of prediction and truth over groups, each by its size. */
  static double meanError(List<Group> groups) {
    return groups.stream()
        .collect(
            Collectors.teeing(
                Collectors.summingDouble(g -> g.items * Math.abs(g.predicted - g.clicked)),
                Collectors.summingDouble(Group::items),
                (error, items) -> error / items));
  }

  private static Group group(List<Shown> shown) {
    double predicted = shown.stream().mapToDouble(Shown::predicted).average().orElseThrow();
    double clicked = (double) shown.stream().filter(Shown::clicked).count() / shown.size();
    double deviation = Math.sqrt(clicked * (1 - clicked) / shown.size());
    return new Group(predicted, clicked, TWO_SIDED_95 * deviation, shown.size());
  }

  private static double reach(Group group) {
    return Math.max(group.predicted, group.clicked + group.halfInterval);
  }
}
