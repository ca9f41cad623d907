package org.eglr.rerank;

import java.util.List;
import org.eglr.internal.check.Setting;

/**
 * EG-Rerank (Huzhang et al., TKDE 2021): a pointer network writes lists, a frozen evaluator of
 * lists says what each item in them is worth, and PPO makes worthy choices more probable.
 *
 * <p>For every request some lists are drawn. A choice's return is the evaluator's click probability
 * at its position and a little of what follows, {@code r_t + gamma R_(t+1)}; its advantage is the
 * return standardised over the request's lists, position by position, so that no critic is needed.
 * A small share of the decisions' entropy is added against early certainty.
 *
 * <p>Adapted: the evaluator is the one that all systems here share, so that they are taught and
 * judged alike; the paper's is recurrent. Other than in LibRerank's code: lists are the most
 * probable ones when served; the pointer is {@code v · tanh(W1 e + W2 d)}. Its discriminator, which
 * that code has without using it, is left out.
 *
 * @param width of encoder, decoder and pointer; 1 to 1024, default 64
 * @param samples lists a request; 2 to 256, default 5
 * @param clip of PPO's ratio; above 0, below 1, default 0.1
 * @param discount gamma; 0 to 1, default 0.01
 * @param entropy weight of the entropy; 0 to 10, default 0.001
 */
public record EgRerank(int width, int samples, double clip, double discount, double entropy)
    implements DecoderModel {

  public EgRerank {
    Widths.require(width);
    Setting.require(samples >= 2 && samples <= 256, "samples", samples, "2 to 256");
    Setting.require(clip > 0 && clip < 1, "clip", clip, "above 0, below 1");
    Setting.require(discount >= 0 && discount <= 1, "discount", discount, "0 to 1");
    Setting.require(entropy >= 0 && entropy <= 10, "entropy", entropy, "0 to 10");
  }

  /** The usual settings. */
  public EgRerank() {
    this(64, 5, 0.1, 0.01, 0.001);
  }

  /** With another width; 1 to 1024. */
  public EgRerank width(int value) {
    return new EgRerank(value, samples, clip, discount, entropy);
  }

  /** With so many lists a request; 2 to 256. */
  public EgRerank samples(int value) {
    return new EgRerank(width, value, clip, discount, entropy);
  }

  /** With another clip; above 0, below 1. */
  public EgRerank clip(double value) {
    return new EgRerank(width, samples, value, discount, entropy);
  }

  /** With another discount; 0 to 1. */
  public EgRerank discount(double value) {
    return new EgRerank(width, samples, clip, value, entropy);
  }

  /** With another weight of the entropy; 0 to 10. */
  public EgRerank entropy(double value) {
    return new EgRerank(width, samples, clip, discount, value);
  }

  @Override
  public String name() {
    return "EG-Rerank";
  }

  @Override
  public ListDecoder decoder() {
    return new LstmPointer(width, false);
  }

  @Override
  public List<TrainingStage> stages() {
    Credit credit =
        Credit.each(
            group ->
                Returns.standardised(
                    group.lists().stream()
                        .map(list -> Returns.discounted(list.clickProbabilities(), discount))
                        .toArray(double[][]::new)));
    return List.of(
        TrainingStage.reinforced(
            samples,
            credit,
            (g, steps) ->
                Losses.ppo(g, steps, clip, clip).sub(Losses.entropy(g, steps).mul(entropy))));
  }
}
