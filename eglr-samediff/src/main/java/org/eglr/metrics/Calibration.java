package org.eglr.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether predicted probabilities come true: items sorted by prediction and cut into ten groups of
 * equal size (give or take one item), each with its mean prediction and its share of clicks.
 *
 * @param groups up to ten, by growing prediction; empty without items
 */
public record Calibration(List<Group> groups) {

  private static final int GROUPS = 10;
  private static final double TWO_SIDED_95 = 1.96;

  public Calibration {
    groups = List.copyOf(groups);
  }

  /**
   * Items of similar prediction.
   *
   * @param predicted mean predicted probability, 0 to 1
   * @param clicked share that was clicked, 0 to 1
   * @param halfInterval half of the 95 % interval of that share, by the normal approximation
   * @param items how many
   */
  public record Group(double predicted, double clicked, double halfInterval, int items) {}

  /**
   * Groups predictions.
   *
   * @param predicted one probability an item, 0 to 1
   * @param clicked likewise
   */
  public static Calibration of(double[] predicted, boolean[] clicked) {
    int[] order =
        IntStream.range(0, predicted.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> predicted[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Group> groups = new ArrayList<>();
    int count = Math.min(GROUPS, order.length);
    for (int g = 0; g < count; g++) {
      int from = (int) ((long) g * order.length / count);
      int to = (int) ((long) (g + 1) * order.length / count);
      double sum = 0;
      int clicks = 0;
      for (int i = from; i < to; i++) {
        sum += predicted[order[i]];
        clicks += clicked[order[i]] ? 1 : 0;
      }
      double share = (double) clicks / (to - from);
      double deviation = Math.sqrt(share * (1 - share) / (to - from));
      groups.add(new Group(sum / (to - from), share, TWO_SIDED_95 * deviation, to - from));
    }
    return new Calibration(groups);
  }

  /** Mean distance of prediction and clicks over groups, each by its size; NaN without items. */
  public double error() {
    double distance = 0;
    long items = 0;
    for (Group group : groups) {
      distance += group.items * Math.abs(group.predicted - group.clicked);
      items += group.items;
    }
    return distance / items;
  }
}
