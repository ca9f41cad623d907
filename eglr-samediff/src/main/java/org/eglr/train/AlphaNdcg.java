package org.eglr.train;

import java.util.Arrays;
import org.eglr.data.Request;
import org.eglr.internal.check.Setting;

/** {@link Reward#diversity}: alpha-NDCG, normalised by the ideal list of the same request. */
record AlphaNdcg(String field) implements FieldReward {

  private static final double KEPT = 0.5; // 1 - alpha: what a value is worth each further time

  AlphaNdcg {
    Setting.require(field != null && !field.isBlank(), "field", field, "an item field's name");
  }

  @Override
  public double of(RewardedList list) {
    Request request = list.request();
    int[][] values = ItemFields.values(request, field);
    double[] worth = fresh(request);
    double sum = 0;
    for (int k = 0; k < list.length(); k++) {
      sum += take(values[list.order()[k]], worth) * discount(k);
    }
    double ideal = ideal(values, fresh(request), list.length());
    return ideal == 0 ? 1 : sum / ideal; // no item has a value: none can be preferred
  }

  /**
   * alpha-DCG of the list that takes the most at each position, the pool's first of equals: the
   * highest there is where each item has one value; else an approximation of it from below.
   */
  private static double ideal(int[][] values, double[] worth, int length) {
    boolean[] taken = new boolean[values.length];
    double sum = 0;
    for (int k = 0; k < length; k++) {
      int best = -1;
      double most = -1;
      for (int i = 0; i < values.length; i++) {
        double gain = taken[i] ? -1 : gain(values[i], worth);
        if (gain > most) {
          most = gain;
          best = i;
        }
      }
      taken[best] = true;
      sum += take(values[best], worth) * discount(k);
    }
    return sum;
  }

  private double[] fresh(Request request) {
    double[] worth = new double[ItemFields.ids(request.schema(), field)];
    Arrays.fill(worth, 1);
    return worth;
  }

  private static double gain(int[] values, double[] worth) {
    double gain = 0;
    for (int value : values) {
      gain += worth[value];
    }
    return gain;
  }

  private static double take(int[] values, double[] worth) {
    double gain = gain(values, worth);
    for (int value : values) {
      worth[value] *= KEPT;
    }
    return gain;
  }

  private static double discount(int k) {
    return StrictMath.log(2) / StrictMath.log(k + 2);
  }

  @Override
  public String kind() {
    return "diversity";
  }

  @Override
  public String toString() {
    return name();
  }
}
