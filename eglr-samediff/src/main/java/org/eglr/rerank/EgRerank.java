package org.eglr.rerank;

import java.util.List;
import java.util.Locale;
import org.eglr.internal.check.Setting;

/**
 * EG-Rerank (Huzhang et al., TKDE 2021): a pointer network writes lists, a frozen evaluator of
 * lists says what each item in them is worth, and PPO makes worthy choices more probable.
 *
 * <p>Two stages. In "evaluator" a {@link RecurrentEvaluator} of its own learns from the lists as
 * they were shown; from then on it stays as it is. In "reinforced" some lists are drawn for every
 * request. A choice's return is the evaluator's click probability at its position and a little of
 * what follows, {@code r_t + gamma R_(t+1)}; its advantage is the return standardised over the
 * request's lists, position by position, so that no critic is needed. A small share of the
 * decisions' entropy is added against early certainty.
 *
 * <p>{@link Judge#OWN} is the system as published. With {@link Judge#SHARED} there is the second
 * stage alone, and the evaluator that the re-ranker was given teaches it: so are EG-Rerank and the
 * other systems taught and judged alike in the experiments' tables. Files of releases that knew
 * nothing else are read as that.
 *
 * <p>Adapted: generator and evaluator read the same embeddings, which the evaluator learns and
 * which stay as they are with it; LibRerank's code has a table each. Other than in that code: lists
 * are the most probable ones when served; the pointer is {@code v · tanh(W1 e + W2 d)}. Its
 * discriminator, which that code has without using it, is left out.
 *
 * @param width of encoder, decoder, pointer and its own evaluator; 1 to 1024, default 64
 * @param samples lists a request; 2 to 256, default 5
 * @param clip of PPO's ratio; above 0, below 1, default 0.1
 * @param discount gamma; 0 to 1, default 0.01
 * @param entropy weight of the entropy; 0 to 10, default 0.001
 * @param evaluator that it learns from; default OWN
 */
public record EgRerank(
    int width, int samples, double clip, double discount, double entropy, Judge evaluator)
    implements DecoderModel {

  /** Whose click probabilities are its reward. */
  public enum Judge {
    /** Of a {@link RecurrentEvaluator} that it trains first, as published. */
    OWN,
    /** Of the evaluator that it is given, which teaches other systems, too. */
    SHARED
  }

  public EgRerank {
    Widths.require(width);
    Setting.require(samples >= 2 && samples <= 256, "samples", samples, "2 to 256");
    Setting.require(clip > 0 && clip < 1, "clip", clip, "above 0, below 1");
    Setting.require(discount >= 0 && discount <= 1, "discount", discount, "0 to 1");
    Setting.require(entropy >= 0 && entropy <= 10, "entropy", entropy, "0 to 10");
    Setting.require(evaluator != null, "evaluator", null, "OWN or SHARED");
  }

  /** The usual settings. */
  public EgRerank() {
    this(64, 5, 0.1, 0.01, 0.001, Judge.OWN);
  }

  /** With another width; 1 to 1024. */
  public EgRerank width(int value) {
    return new EgRerank(value, samples, clip, discount, entropy, evaluator);
  }

  /** With so many lists a request; 2 to 256. */
  public EgRerank samples(int value) {
    return new EgRerank(width, value, clip, discount, entropy, evaluator);
  }

  /** With another clip; above 0, below 1. */
  public EgRerank clip(double value) {
    return new EgRerank(width, samples, value, discount, entropy, evaluator);
  }

  /** With another discount; 0 to 1. */
  public EgRerank discount(double value) {
    return new EgRerank(width, samples, clip, value, entropy, evaluator);
  }

  /** With another weight of the entropy; 0 to 10. */
  public EgRerank entropy(double value) {
    return new EgRerank(width, samples, clip, discount, value, evaluator);
  }

  /** With another evaluator to learn from; not null. */
  public EgRerank evaluator(Judge value) {
    return new EgRerank(width, samples, clip, discount, entropy, value);
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
    TrainingStage reinforced =
        TrainingStage.reinforced(
            samples,
            credit,
            (g, steps) ->
                Losses.ppo(g, steps, clip, clip).sub(Losses.entropy(g, steps).mul(entropy)));
    if (evaluator == Judge.SHARED) {
      return List.of(reinforced);
    }
    ScoringModel own = new RecurrentEvaluator(width);
    return List.of(TrainingStage.evaluator(own), reinforced.judgedBy(own));
  }

  /**
   * Its settings; SHARED, which all earlier ones are, is not named: stored runs go by this text.
   */
  @Override
  public String toString() {
    String earlier =
        String.format(
            Locale.ROOT,
            "EgRerank[width=%d, samples=%d, clip=%s, discount=%s, entropy=%s",
            width,
            samples,
            clip,
            discount,
            entropy);
    return evaluator == Judge.SHARED ? earlier + "]" : earlier + ", evaluator=" + evaluator + "]";
  }
}
