package org.eglr.rerank;

import java.util.List;
import org.eglr.internal.check.Setting;

/**
 * LAST, learning at serving time (Wang et al., RecSys 2024): {@link Cmr}'s network and training,
 * and for each request a step more. The most probable list is judged by the evaluator; REINFORCE's
 * gradient of its reward moves the encoded candidates and the decoder's first state, for this
 * request alone; from there lists are drawn, and the evaluator chooses among them and the first
 * one.
 *
 * <p>A step of 1 has the length {@link #rate} times the activation's own. PARALLEL tries all steps
 * from the first list, CASCADE one after another from the best so far.
 *
 * <p>Other than in the released code: steps go against the loss's gradient, so that a list that
 * pleased becomes more probable, where that code goes with it; the list is chosen by the
 * evaluator's score of this request, where that code chooses a step for a whole batch by the
 * labels' NDCG, which nobody has who serves lists. The reward is CMR's, also in training.
 *
 * @param width of encoded candidates and pointers; 1 to 1024, default 64
 * @param memory width of the decoder's state; 1 to 1024, default 32
 * @param samples lists a request while it is trained; 1 to 256, default 1
 * @param discount of what follows a choice; 0 to 1, default 0.3
 * @param rate length of a step of 1, as a share of the activation's own; above 0, to 1, default
 *     0.01
 * @param steps how far, in such steps; up to 64, each 0 to 1000, default 6, 7, 8 and 9; none: CMR
 * @param search default PARALLEL
 */
public record Last(
    int width,
    int memory,
    int samples,
    double discount,
    double rate,
    List<Double> steps,
    Adaptation.Search search)
    implements AdaptiveModel, DecoderModel {

  public Last {
    Widths.require(width);
    Setting.require(memory >= 1 && memory <= 1024, "memory", memory, "1 to 1024");
    Setting.require(samples >= 1 && samples <= 256, "samples", samples, "1 to 256");
    Setting.require(discount >= 0 && discount <= 1, "discount", discount, "0 to 1");
    steps = new Adaptation(rate, steps, search).steps();
  }

  /** The usual settings. */
  public Last() {
    this(64, 32, 1, 0.3, 0.01, List.of(6.0, 7.0, 8.0, 9.0), Adaptation.Search.PARALLEL);
  }

  /** With another width; 1 to 1024. */
  public Last width(int value) {
    return new Last(value, memory, samples, discount, rate, steps, search);
  }

  /** With another width of the decoder's state; 1 to 1024. */
  public Last memory(int value) {
    return new Last(width, value, samples, discount, rate, steps, search);
  }

  /** With so many lists a request while it is trained; 1 to 256. */
  public Last samples(int value) {
    return new Last(width, memory, value, discount, rate, steps, search);
  }

  /** With another discount; 0 to 1. */
  public Last discount(double value) {
    return new Last(width, memory, samples, value, rate, steps, search);
  }

  /** With other lengths of a step; above 0, to 1. */
  public Last rate(double value) {
    return new Last(width, memory, samples, discount, value, steps, search);
  }

  /** With other steps; up to 64, each 0 to 1000. */
  public Last steps(List<Double> value) {
    return new Last(width, memory, samples, discount, rate, value, search);
  }

  /** With another search. */
  public Last search(Adaptation.Search value) {
    return new Last(width, memory, samples, discount, rate, steps, value);
  }

  @Override
  public Adaptation adaptation() {
    return new Adaptation(rate, steps, search);
  }

  @Override
  public String name() {
    return "LAST";
  }

  @Override
  public boolean readsInitialOrder() {
    return true;
  }

  @Override
  public ListDecoder decoder() {
    return new DeepSetPointer(width, memory, false);
  }

  @Override
  public List<TrainingStage> stages() {
    return List.of(
        TrainingStage.reinforced(samples, new Cmr.Gain(discount, ""), Losses::policyGradient));
  }
}
