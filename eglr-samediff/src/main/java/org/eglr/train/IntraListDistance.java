package org.eglr.train;

import java.util.Arrays;
import org.eglr.internal.check.Setting;

/** {@link Reward#ilad}. */
record IntraListDistance(String field) implements FieldReward {

  IntraListDistance {
    Setting.require(field != null && !field.isBlank(), "field", field, "an item field's name");
  }

  @Override
  public double of(RewardedList list) {
    int[][] values = ItemFields.values(list.request(), field);
    int[] order = list.order();
    int differ = 0;
    for (int k = 0; k < order.length; k++) {
      for (int j = 0; j < k; j++) {
        differ += Arrays.equals(values[order[k]], values[order[j]]) ? 0 : 1;
      }
    }
    int pairs = order.length * (order.length - 1) / 2;
    return pairs == 0 ? 0 : (double) differ / pairs;
  }

  @Override
  public String kind() {
    return "ilad";
  }

  @Override
  public String toString() {
    return name();
  }
}
