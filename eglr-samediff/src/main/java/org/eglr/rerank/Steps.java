package org.eglr.rerank;

import java.util.List;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A list as a {@link StepModel} went through it, K choices.
 *
 * @param logits of each choice, out of reach where a candidate is taken: K times [B, N]
 * @param log the logarithms of their shares: K times [B, N]
 * @param remaining 1 where a candidate could be chosen: K times [B, N]
 * @param chosen 1 at the chosen candidate: K times [B, N]
 * @param place 1 where the list has such a position, 0 where it is shorter: K times [B]
 * @param weight of each choice, as {@link Credit} has them: K times [B]
 * @param before log-probability of each choice when the list was drawn: K times [B]
 */
public record Steps(
    List<SDVariable> logits,
    List<SDVariable> log,
    List<SDVariable> remaining,
    List<SDVariable> chosen,
    List<SDVariable> place,
    List<Supplier<SDVariable>> weight,
    List<Supplier<SDVariable>> before) {

  /** Number of choices. */
  public int size() {
    return logits.size();
  }

  /** Log-probability of what was chosen: [B]. */
  public SDVariable chosenLog(ModelGraph g, int k) {
    return g.sd().sum(log.get(k).mul(chosen.get(k)), 1);
  }

  /** Entropy of a choice in nats: [B]. */
  public SDVariable entropy(ModelGraph g, int k) {
    return Losses.entropy(g, log.get(k));
  }

  /** The sum of what each choice gives, over a list's own positions: [B]. */
  public SDVariable sum(PerChoice term) {
    SDVariable sum = null;
    for (int k = 0; k < size(); k++) {
      SDVariable own = term.of(k).mul(place.get(k));
      sum = sum == null ? own : sum.add(own);
    }
    return sum;
  }

  /** Something of each choice. */
  @FunctionalInterface
  public interface PerChoice {
    /**
     * @param k choice, from 0
     * @return [B]
     */
    SDVariable of(int k);
  }

  /** As {@link #weight}: [B]. */
  public SDVariable weights(int k) {
    return weight.get(k).get();
  }

  /** As {@link #before}: [B]. */
  public SDVariable logBefore(int k) {
    return before.get(k).get();
  }
}
