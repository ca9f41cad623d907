package org.eglr.internal.samediff.step;

/** What a decoding step sends to the host: a few numbers a list. */
public final class StepOutcome {

  private final float[] numbers; // [3 or 5, B], as StepScores stacks them
  private final int lists;
  private final double sharper;

  /**
   * @param sharper base temperature divided by the recommending temperature
   */
  StepOutcome(float[] numbers, int lists, double sharper) {
    this.numbers = numbers;
    this.lists = lists;
    this.sharper = sharper;
  }

  /**
   * An item and its log-probability at the recommending temperature (eq. 12). Rounding may lead to
   * an item that is not available.
   */
  public record Choice(int item, double logProbability) {}

  /** List b's decision entropy in nats (eq. 14). */
  public double entropy(int b) {
    return Math.max(0, -numbers[b]);
  }

  /** The candidate with the highest score; of equals the first. */
  public Choice best(int b) {
    return new Choice((int) numbers[lists + b], bestLogProbability(b));
  }

  private double bestLogProbability(int b) {
    return StrictMath.log(numbers[2 * lists + b]);
  }

  /** The candidate that was drawn or known; only where {@link StepControls} asked for it. */
  public Choice drawn(int b) {
    // by way of the best: the item's own probability may be too small for a float
    double logProbability = bestLogProbability(b) + sharper * numbers[4 * lists + b];
    return new Choice((int) numbers[3 * lists + b], logProbability);
  }
}
