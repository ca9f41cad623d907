package org.eglr.study;

/** The rate of a random gate that makes as many tokens as another gate did. */
final class GateRate {

  private GateRate() {}

  /**
   * Solves {@code r + r^2 + .. + r^M = tokens}: a gate is asked until it says no or the budget is
   * used up.
   *
   * @param tokens a position; 0 to the budget
   * @param budget M
   * @return 0 to 1
   */
  static double of(double tokens, int budget) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double rate = (low + high) / 2;
      double expected = 0;
      double power = 1;
      for (int m = 0; m < budget; m++) {
        power *= rate;
        expected += power;
      }
      if (expected < tokens) {
        low = rate;
      } else {
        high = rate;
      }
    }
    return (low + high) / 2;
  }
}
