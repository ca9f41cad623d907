package org.eglr.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eglr.data.ListSet;

/**
 * Which lists belong to the same user. A user's lists are alike, so that many lists of few users
 * say less than as many lists of as many users.
 */
final class Clusters {

  private final int[] of; // by list: 0 to count - 1
  private final int count;

  /**
   * @param users of each list, any numbers
   */
  Clusters(int[] users) {
    Map<Integer, Integer> known = new HashMap<>();
    of = new int[users.length];
    for (int list = 0; list < users.length; list++) {
      of[list] = known.computeIfAbsent(users[list], user -> known.size());
    }
    count = known.size();
  }

  /** The users of lists. */
  static Clusters of(ListSet lists) {
    int[] users = new int[lists.size()];
    Arrays.setAll(users, list -> lists.log().user(lists.logIndex(list)));
    return new Clusters(users);
  }

  /** Number of users. */
  int count() {
    return count;
  }

  boolean same(Clusters other) {
    return Arrays.equals(of, other.of);
  }

  /**
   * The mean over lists and its standard error over users: sqrt(U/(U-1) sum_u (sum of u's
   * residuals)^2) / n. With one list a user it is the usual s/sqrt(n).
   *
   * @param values one a list
   */
  Metric mean(String name, double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double[] residuals = new double[count];
    for (int list = 0; list < values.length; list++) {
      residuals[of[list]] += values[list] - mean;
    }
    double squares = Arrays.stream(residuals).map(r -> r * r).sum();
    double error =
        count < 2 ? Double.NaN : Math.sqrt(squares * count / (count - 1)) / values.length;
    return new Metric(name, mean, error);
  }
}
