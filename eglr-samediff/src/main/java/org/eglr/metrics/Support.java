package org.eglr.metrics;

import java.util.Locale;
import java.util.Optional;

/**
 * How far the lists that an evaluator likes best leave the log that it learned from, beside lists
 * of the same requests as they were logged.
 *
 * @param logged of the lists as they were logged: what a small log has to leave out
 * @param found of the best lists found
 */
public record Support(OffLog logged, OffLog found) {

  /** How much larger the share of never shown items must be than of logged lists, for a warning. */
  public static final double UNSEEN = 0.05;

  /** Likewise the share of items at positions that are new to them. */
  public static final double UNPLACED = 0.2;

  /** What the log alone says against trusting the evaluator there; empty where it says nothing. */
  public Optional<String> warning() {
    boolean unseen = found.unseen() - logged.unseen() > UNSEEN;
    boolean unplaced = found.unplaced() - logged.unplaced() > UNPLACED;
    if (!unseen && !unplaced) {
      return Optional.empty();
    }
    return Optional.of(
        "the best lists found leave the log: of their positions "
            + share(
                found.unseen(), logged.unseen(), "have items that the training lists never show")
            + ", "
            + share(found.unplaced(), logged.unplaced(), "have items where they never stand there")
            + "; the evaluator can only guess about them, and a generator finds its wrong guesses:"
            + " train it with features of its own (trainFeatures) and reward \"click-dcg - 0.03"
            + " off-support\", or on a log that explores");
  }

  private static String share(double found, double logged, String what) {
    return String.format(
        Locale.ROOT, "%.1f %% %s (of logged lists %.1f %%)", 100 * found, what, 100 * logged);
  }
}
