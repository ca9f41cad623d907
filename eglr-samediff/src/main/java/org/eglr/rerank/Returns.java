package org.eglr.rerank;

import java.util.Arrays;
import org.eglr.internal.learn.Advantages;

/** What choices are worth, from what each position of a list is worth. */
final class Returns {

  private Returns() {}

  /** The same for every choice: [K]. */
  static double[] same(int length, double value) {
    double[] all = new double[length];
    Arrays.fill(all, value);
    return all;
  }

  /** R_t = r_t + discount R_(t+1): [K]. */
  static double[] discounted(double[] rewards, double discount) {
    double[] returns = rewards.clone();
    for (int t = returns.length - 2; t >= 0; t--) {
      returns[t] += discount * returns[t + 1];
    }
    return returns;
  }

  /**
   * Each position's returns with mean 0 and deviation 1 over the lists; 0 where all are the same.
   *
   * @param returns [lists][K]
   */
  static double[][] standardised(double[][] returns) {
    double[][] all = new double[returns.length][returns[0].length];
    for (int t = 0; t < all[0].length; t++) {
      int at = t;
      double[] own = Arrays.stream(returns).mapToDouble(list -> list[at]).toArray();
      double[] advantages = Advantages.of(own, true, 0);
      for (int l = 0; l < all.length; l++) {
        all[l][t] = advantages[l];
      }
    }
    return all;
  }
}
