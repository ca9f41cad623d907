package org.eglr.internal.model;

import org.eglr.reasoning.Gate;
import org.eglr.reasoning.OpenDecision;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/**
 * A gate as engines ask it. Those that compare the entropy with a number, which are asked millions
 * of times, are a comparison and nothing more.
 */
public final class DecisionGate {

  private final Gate gate;
  private final int budget;
  private final boolean compares;
  private final double threshold; // where it compares
  private final boolean ready;
  private final boolean noise; // whether reasoning tokens are

  public DecisionGate(Reasoning reasoning) {
    gate = reasoning.gate();
    budget = reasoning.budget();
    noise = reasoning.token() == ReasoningToken.NOISE;
    if (gate instanceof Gate.Entropy entropy) {
      threshold = entropy.nats();
    } else {
      threshold = gate instanceof Gate.Always ? -1 : Double.POSITIVE_INFINITY;
    }
    compares =
        gate instanceof Gate.Entropy || gate instanceof Gate.Always || gate instanceof Gate.Never;
    ready = gate instanceof Gate.Ready;
  }

  /** Whether {@link #opens} needs the margin; NaN does otherwise. */
  public boolean looksAtMargin() {
    return budget > 0 && (!ready || gate instanceof Gate.Margin);
  }

  /** The identity that {@link #opens} and noise need; 0 where nothing looks at it. */
  public long identity(CandidateVectors candidates) {
    boolean looked = budget > 0 && (noise || !ready || gate instanceof Gate.AtRandom);
    return looked ? candidates.identity() : 0;
  }

  /**
   * Whether to reason before an item is chosen (section 4.3).
   *
   * @param position of the item, the first is 0
   * @param step reasoning tokens so far at this position
   * @param entropy in nats (eq. 14)
   * @param remaining candidates that are available
   * @param length of the list
   * @param margin as {@link OpenDecision#margin}
   * @param request as {@link #identity} gives it
   * @throws IllegalStateException if the gate fails, saying where and why
   */
  public boolean opens(
      int position,
      int step,
      double entropy,
      int remaining,
      int length,
      double margin,
      long request) {
    if (step >= budget) {
      return false;
    }
    if (compares) {
      return entropy > threshold;
    }
    OpenDecision decision =
        new OpenDecision(position + 1, step, entropy, remaining, length, margin, request);
    return ready || gate == LostGate.INSTANCE ? gate.reason(decision) : asked(decision);
  }

  private boolean asked(OpenDecision decision) {
    try {
      return gate.reason(decision);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the gate failed at position %d of %d after %d reasoning tokens there: %s"
              .formatted(decision.position(), decision.length(), decision.step(), e),
          e);
    }
  }
}
