package org.eglr.internal.model;

/**
 * What a replay minimises: eq. 19, or PPO's clipped ratios in place of log-probabilities, with
 * divergence from a reference and an entropy bonus where they are wanted. A sum over choices; B
 * lists of up to K choices.
 *
 * @param ratios whether a choice counts by its ratio to {@code before}, clipped
 * @param low how far below 1 a ratio may fall
 * @param high how far above 1 a ratio may grow
 * @param before log-probabilities at which ratios are 1: [B][K]; null: the present ones, with the
 *     reasoning tokens as they were recorded. Otherwise these are made anew
 * @param divergence weight of a choice's k3 estimate, beta / lists of the batch; 0: none
 * @param reference the reference's log-probabilities: [B][K]; null without divergence
 * @param bonus weight of a choice's entropy, c / lists of the batch; 0: none
 */
public record PolicyLoss(
    boolean ratios,
    double low,
    double high,
    double[][] before,
    double divergence,
    double[][] reference,
    double bonus) {

  /** Eq. 19. */
  public static final PolicyLoss ON_POLICY = new PolicyLoss(false, 0, 0, null, 0, null, 0);

  /** Whether it is eq. 19 and nothing else. */
  public boolean plain() {
    return !ratios && divergence == 0 && bonus == 0;
  }

  /** Whether the weights are not those that wrote the lists. */
  public boolean renewed() {
    return before != null;
  }

  /**
   * The loss of a choice, but for the entropy bonus.
   *
   * @param coefficient the list's: -A / lists of the batch
   * @param log the choice's present log-probability
   */
  public double of(double coefficient, int list, int choice, double log) {
    double loss = coefficient * log;
    if (ratios) {
      double ratio = ratio(list, choice, log);
      double clipped = Math.min(Math.max(ratio, 1 - low), 1 + high);
      loss = Math.max(coefficient * ratio, coefficient * clipped);
    }
    return divergence == 0 ? loss : loss + divergence * k3(list, choice, log);
  }

  /** The derivative of {@link #of} by the log-probability. */
  public double slope(double coefficient, int list, int choice, double log) {
    double slope = coefficient;
    if (ratios) {
      slope = clips(coefficient, list, choice, log) ? 0 : coefficient * ratio(list, choice, log);
    }
    return divergence == 0
        ? slope
        : slope + divergence * (1 - StrictMath.exp(reference[list][choice] - log));
  }

  /** Whether the clip takes a choice's gradient: the ratio has gone as far as it may. */
  public boolean clips(double coefficient, int list, int choice, double log) {
    double ratio = ratio(list, choice, log);
    return coefficient < 0 ? ratio > 1 + high : coefficient > 0 && ratio < 1 - low;
  }

  /** Schulman's estimate of the divergence from the reference; at least 0. */
  public double k3(int list, int choice, double log) {
    double d = reference[list][choice] - log;
    return StrictMath.expm1(d) - d;
  }

  private double ratio(int list, int choice, double log) {
    return before == null ? 1 : StrictMath.exp(log - before[list][choice]);
  }
}
