package org.eglr.reasoning;

/**
 * A decision that the generator is about to take, as a {@link Gate} sees it: it may choose the next
 * item now, or reason first. All numbers are known before the choice; none depends on threads,
 * batches or the engine but by rounding.
 *
 * @param position of the next item in the list; 1 to length
 * @param step reasoning tokens so far at this position; 0 to 15
 * @param entropy of the choice in nats at the base temperature (eq. 13, 14); 0 to log(remaining)
 * @param remaining candidates that are still available; at least 1
 * @param length items that the list will have
 * @param margin by how much the probability of the likeliest candidate is above that of the second,
 *     at the base temperature; 0 to 1, and 1 for a last candidate. NaN where the gate is one that
 *     does not look at it
 * @param request a number that is the same whenever the same user and candidates are asked for; 0
 *     where the gate is one that does not look at it
 */
public record OpenDecision(
    int position,
    int step,
    double entropy,
    int remaining,
    int length,
    double margin,
    long request) {

  /** Entropy as a share of a uniform choice's, log(remaining); 0 to 1, 0 for a last candidate. */
  public double relativeEntropy() {
    return remaining < 2 ? 0 : entropy / StrictMath.log(remaining);
  }
}
