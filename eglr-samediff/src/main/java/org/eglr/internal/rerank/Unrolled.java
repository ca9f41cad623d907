package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eglr.reasoning.Reasoning;
import org.eglr.rerank.Losses;
import org.eglr.rerank.State;
import org.eglr.rerank.StepModel;
import org.eglr.rerank.Steps;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A {@link StepModel} as a graph of K choices, with reasoning tokens before them where that is
 * asked for (section 4.3): the one definition of decoding, and of learning from lists that are
 * there already.
 */
final class Unrolled {

  /** Says what follows at a place. */
  interface Choice {
    /**
     * @param logits at the recommending temperature, out of reach where a candidate is taken: [B,
     *     N]
     * @return 1 at the candidate: [B, N]
     */
    SDVariable of(int k, SDVariable logits);
  }

  private final StepModel model;
  private final BatchGraph g;
  private final SameDiff sd;
  private final Reasoning reasoning; // null: none
  private final SDVariable vectors;
  private final int width;

  /** Entropy before, and after each token, K (1 + M) times [B]. */
  final List<SDVariable> entropies = new ArrayList<>();

  /** Whether there is a token, K M times [B, 1]. */
  final List<SDVariable> gates = new ArrayList<>();

  /** Weights of the candidates in each token, K M times [B, N]. */
  final List<SDVariable> attention = new ArrayList<>();

  private final List<SDVariable> logits = new ArrayList<>();
  private final List<SDVariable> log = new ArrayList<>();
  private final List<SDVariable> remaining = new ArrayList<>();
  private final List<SDVariable> chosen = new ArrayList<>();
  private final List<SDVariable> place = new ArrayList<>();
  private final List<Supplier<SDVariable>> weight = new ArrayList<>();
  private final List<Supplier<SDVariable>> before = new ArrayList<>();

  Unrolled(StepModel model, BatchGraph g, Reasoning reasoning) {
    this.model = model;
    this.g = g;
    this.sd = g.sd;
    this.reasoning = reasoning;
    vectors = model.vectors(g);
    width = model.vectorWidth(g);
  }

  Steps steps(Choice choice) {
    double sharper = reasoning == null ? 1 : 1 / reasoning.recommendingTemperature();
    State state = model.start(g);
    SDVariable open = g.available();
    for (int k = 0; k < g.slots(); k++) {
      if (k > 0) {
        open = open.mul(chosen.get(k - 1).mul(-1).add(1));
        state = model.advance(g, state, g.weighted(chosen.get(k - 1), vectors, width));
      }
      SDVariable raw = g.masked(model.logits(g, state), open);
      if (reasoning == null) {
        entropies.add(Losses.entropy(g, g.logSoftmax(raw)));
      } else {
        for (int m = 0; m < reasoning.budget(); m++) {
          state = reason(k, m, state, raw, open);
          raw = g.masked(model.logits(g, state), open);
        }
        entropies.add(entropy(raw));
      }
      SDVariable own = sharper == 1 ? raw : raw.mul(sharper);
      int at = k;
      logits.add(own);
      log.add(g.logSoftmax(own));
      remaining.add(open);
      chosen.add(choice.of(k, own));
      place.add(g.perList("place." + k));
      weight.add(() -> g.perList("weight." + at));
      before.add(() -> g.perList("before." + at));
    }
    return new Steps(logits, log, remaining, chosen, place, weight, before);
  }

  private SDVariable entropy(SDVariable raw) {
    double base = reasoning.baseTemperature();
    return Losses.entropy(g, g.logSoftmax(base == 1 ? raw : raw.div(base))); // eq. 13, 14
  }

  /** A reasoning token in those lists whose gate asks for it; the others stay as they are. */
  private State reason(int k, int m, State state, SDVariable raw, SDVariable open) {
    SDVariable entropy = entropy(raw);
    entropies.add(entropy);
    SDVariable gate = GraphGate.of(g, reasoning.gate(), k, entropy, open);
    if (m > 0) {
      gate = gate.mul(gates.get(gates.size() - 1)); // who has stopped does not begin again
    }
    gates.add(gate);
    SDVariable weights = sd.math().exp(g.logSoftmax(raw.div(reasoning.reasoningTemperature())));
    attention.add(weights);
    return state.blend(gate, model.advance(g, state, g.weighted(weights, vectors, width)));
  }
}
