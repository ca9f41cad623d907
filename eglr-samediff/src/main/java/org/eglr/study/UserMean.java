package org.eglr.study;

import java.util.HashMap;
import java.util.Map;
import org.eglr.data.ListSet;

/**
 * A mean over lists, and its variance as if users with all their lists were drawn anew: U/(U-1)
 * sum_u (sum of u's residuals)^2 / n^2. Lists that have no value, NaN, are left out.
 */
record UserMean(double mean, double variance) {

  static UserMean of(ListSet lists, double[] values) {
    double sum = 0;
    int n = 0;
    for (double value : values) {
      sum += Double.isNaN(value) ? 0 : value;
      n += Double.isNaN(value) ? 0 : 1;
    }
    double mean = sum / n;
    Map<Integer, Double> residuals = new HashMap<>();
    for (int list = 0; list < values.length; list++) {
      if (!Double.isNaN(values[list])) {
        residuals.merge(lists.log().user(lists.logIndex(list)), values[list] - mean, Double::sum);
      }
    }
    double squares = residuals.values().stream().mapToDouble(r -> r * r).sum();
    double users = residuals.size();
    return new UserMean(mean, squares * users / (users - 1) / n / n);
  }
}
