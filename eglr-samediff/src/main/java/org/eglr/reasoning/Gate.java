package org.eglr.reasoning;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.internal.check.Setting;

/**
 * Decides before each item whether the generator reasons (section 4.3): it is asked until it says
 * no or the budget of reasoning tokens is used up. One's own is a lambda, {@code r.gate(d ->
 * d.entropy() > 1.2 && d.position() < 4)}; the ready ones can be saved with a model and written in
 * magics. A gate must answer the same for the same decision, from any thread: then results do not
 * depend on threads, batches or the engine.
 */
@FunctionalInterface
public interface Gate {

  /** Whether to reason before this decision is taken. */
  boolean reason(OpenDecision decision);

  /** As {@link #of} reads it; "custom" for one's own. */
  default String describe() {
    return "custom";
  }

  /**
   * Reasons while the decision entropy (eq. 14) is above a threshold: the paper's gate.
   *
   * @param nats any number; below 0 always
   */
  static Gate entropy(double nats) {
    return new Entropy(nats);
  }

  /**
   * Reasons while the entropy is above a share of the largest there can be, log(remaining): unlike
   * the entropy in nats it does not fall by itself as candidates run out.
   *
   * @param share 0 to 1
   */
  static Gate relativeEntropy(double share) {
    return new RelativeEntropy(share);
  }

  /**
   * Reasons while the first two candidates are closer than a gap.
   *
   * @param gap between their probabilities at the base temperature; 0 to 1
   */
  static Gate margin(double gap) {
    return new Margin(gap);
  }

  /** Reasons as often as the budget allows. */
  static Gate always() {
    return new Always();
  }

  /** Never reasons. */
  static Gate never() {
    return new Never();
  }

  /**
   * Reasons before the items at some positions.
   *
   * @param positions in the list, the first is 1
   */
  static Gate positions(int... positions) {
    return new Positions(IntStream.of(positions).boxed().toList());
  }

  /** As {@link #random(double, long)}, seed 1. */
  static Gate random(double rate) {
    return new AtRandom(rate, 1);
  }

  /**
   * Reasons at random: the control that a claim about entropy needs. Every time that it is asked it
   * says yes with the same probability, whatever the entropy; for the same request, position and
   * step it always says the same, so that all lists of a request reason at the same places.
   *
   * @param rate probability, 0 to 1
   * @param seed of the numbers
   */
  static Gate random(double rate, long seed) {
    return new AtRandom(rate, seed);
  }

  /**
   * Reads a ready gate: {@code entropy:1.2}, {@code relative:0.6}, {@code margin:0.2}, {@code
   * always}, {@code never}, {@code positions:1,2,5}, {@code random:0.3} or with a seed {@code
   * random:0.3:7}; a blank does for a colon.
   *
   * @throws IllegalArgumentException naming what was written and what is allowed
   */
  static Gate of(String text) {
    return GateText.read(text);
  }

  /** A gate of ours: it can be saved with a model, and does not fail. */
  sealed interface Ready extends Gate
      permits Entropy, RelativeEntropy, Margin, Always, Never, Positions, AtRandom {}

  /**
   * See {@link Gate#entropy}.
   *
   * @param nats any number
   */
  record Entropy(double nats) implements Ready {

    public Entropy {
      Setting.require(!Double.isNaN(nats), "entropyThreshold", nats, "a number of nats");
    }

    @Override
    public boolean reason(OpenDecision decision) {
      return decision.entropy() > nats;
    }

    @Override
    public String describe() {
      return "entropy:" + nats;
    }
  }

  /**
   * See {@link Gate#relativeEntropy}.
   *
   * @param share 0 to 1
   */
  record RelativeEntropy(double share) implements Ready {

    public RelativeEntropy {
      Setting.require(share >= 0 && share <= 1, "gate relative", share, "0 to 1");
    }

    @Override
    public boolean reason(OpenDecision decision) {
      return decision.relativeEntropy() > share;
    }

    @Override
    public String describe() {
      return "relative:" + share;
    }
  }

  /**
   * See {@link Gate#margin}.
   *
   * @param gap 0 to 1
   */
  record Margin(double gap) implements Ready {

    public Margin {
      Setting.require(gap >= 0 && gap <= 1, "gate margin", gap, "0 to 1");
    }

    @Override
    public boolean reason(OpenDecision decision) {
      return decision.margin() < gap;
    }

    @Override
    public String describe() {
      return "margin:" + gap;
    }
  }

  /** See {@link Gate#always}. */
  record Always() implements Ready {

    @Override
    public boolean reason(OpenDecision decision) {
      return true;
    }

    @Override
    public String describe() {
      return "always";
    }
  }

  /** See {@link Gate#never}. */
  record Never() implements Ready {

    @Override
    public boolean reason(OpenDecision decision) {
      return false;
    }

    @Override
    public String describe() {
      return "never";
    }
  }

  /**
   * See {@link Gate#positions}.
   *
   * @param positions each at least 1; kept in order, each once
   */
  record Positions(List<Integer> positions) implements Ready {

    public Positions {
      boolean any = !positions.isEmpty() && positions.stream().allMatch(p -> p >= 1);
      Setting.require(any, "gate positions", positions, "one or more places, the first is 1");
      positions = List.copyOf(new TreeSet<>(positions));
    }

    @Override
    public boolean reason(OpenDecision decision) {
      return positions.contains(decision.position());
    }

    @Override
    public String describe() {
      return "positions:"
          + positions.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
  }

  /**
   * See {@link Gate#random}.
   *
   * @param rate 0 to 1
   * @param seed of the numbers
   */
  record AtRandom(double rate, long seed) implements Ready {

    public AtRandom {
      Setting.require(rate >= 0 && rate <= 1, "gate random", rate, "0 to 1");
    }

    @Override
    public boolean reason(OpenDecision decision) {
      long place = 64L * decision.position() + decision.step();
      long bits = mixed(mixed(mixed(seed) ^ decision.request()) ^ place);
      return (bits >>> 11) * 0x1p-53 < rate;
    }

    private static long mixed(long bits) {
      return new SplittableRandom(bits).nextLong();
    }

    @Override
    public String describe() {
      return "random:" + rate + ":" + seed;
    }
  }
}
