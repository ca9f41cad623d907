package org.eglr.rerank;

/**
 * What is believed of a click rate before it is seen: a Beta distribution.
 *
 * @param clicks its first parameter: clicks that it counts for; above 0
 * @param others its second parameter: shows without a click that it counts for; above 0
 */
public record BetaPrior(double clicks, double others) {

  private static final int ROUNDS = 2_000;
  private static final double ACCURACY = 1e-9;
  private static final double LEAST = 1e-6;

  /** A prior that counts for more shows than this says the same of all items. */
  private static final double MOST = 1e6;

  public BetaPrior {
    if (!(clicks > 0 && others > 0 && clicks + others < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a Beta prior needs two numbers above 0; these are %s and %s".formatted(clicks, others));
    }
  }

  /** The mean of the rate. */
  public double mean() {
    return clicks / (clicks + others);
  }

  /** The rate to expect of an item: the mean of the prior and what was seen. */
  public double rate(double itemClicks, double itemShows) {
    return (itemClicks + clicks) / (itemShows + clicks + others);
  }

  /**
   * The most likely prior of some items, each with its own rate (beta-binomial), by Minka's
   * fixed-point iteration (Estimating a Dirichlet distribution, 2000).
   *
   * @param itemClicks of each item
   * @param itemShows of each item, at least its clicks; where they are not, they count as its
   *     clicks
   * @param near a prior that is near; null if none is known
   */
  static BetaPrior fit(double[] itemClicks, double[] itemShows, BetaPrior near) {
    double clicks = 0;
    double shows = 0;
    for (int i = 0; i < itemClicks.length; i++) {
      clicks += itemClicks[i];
      shows += Math.max(itemShows[i], itemClicks[i]);
    }
    double mean = shows == 0 ? 0.5 : Math.min(Math.max(clicks / shows, LEAST), 1 - LEAST);
    double a = near == null ? 10 * mean : near.clicks;
    double b = near == null ? 10 * (1 - mean) : near.others;
    for (int round = 0; round < ROUNDS; round++) {
      double forA = 0;
      double forB = 0;
      double forBoth = 0;
      for (int i = 0; i < itemClicks.length; i++) {
        double other = Math.max(0, itemShows[i] - itemClicks[i]);
        forA += digamma(itemClicks[i] + a) - digamma(a);
        forB += digamma(other + b) - digamma(b);
        forBoth += digamma(itemClicks[i] + other + a + b) - digamma(a + b);
      }
      if (forBoth == 0) {
        break; // nothing was shown
      }
      double nextA = bounded(a * forA / forBoth);
      double nextB = bounded(b * forB / forBoth);
      boolean still = Math.abs(nextA - a) <= ACCURACY * a && Math.abs(nextB - b) <= ACCURACY * b;
      a = nextA;
      b = nextB;
      if (still || a + b >= MOST) {
        break;
      }
    }
    return new BetaPrior(a, b);
  }

  private static double bounded(double value) {
    return Math.min(Math.max(value, LEAST), MOST);
  }

  /** The derivative of log gamma: the recurrence up to 10, there the asymptotic series. */
  static double digamma(double x) {
    double shift = 0;
    double at = x;
    while (at < 10) {
      shift -= 1 / at;
      at++;
    }
    double inverse = 1 / (at * at);
    return shift
        + StrictMath.log(at)
        - 0.5 / at
        - inverse
            * (1.0 / 12
                - inverse
                    * (1.0 / 120 - inverse * (1.0 / 252 - inverse * (1.0 / 240 - inverse / 132))));
  }
}
