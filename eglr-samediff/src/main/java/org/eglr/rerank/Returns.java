package org.eglr.rerank;

/** What choices are worth, from what each position of a list is worth. */
final class Returns {

  private Returns() {}

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
      double mean = 0;
      for (double[] list : returns) {
        mean += list[t] / returns.length;
      }
      double variance = 0;
      for (double[] list : returns) {
        variance += (list[t] - mean) * (list[t] - mean) / returns.length;
      }
      double deviation = Math.sqrt(variance);
      for (int l = 0; l < all.length; l++) {
        all[l][t] = deviation > 1e-12 ? (returns[l][t] - mean) / deviation : 0;
      }
    }
    return all;
  }
}
