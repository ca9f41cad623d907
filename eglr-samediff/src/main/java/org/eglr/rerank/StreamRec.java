package org.eglr.rerank;

import java.util.ArrayList;
import java.util.List;
import org.eglr.internal.check.Setting;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * STREAM-Rec (Zhang et al., 2025, arXiv 2504.09627), for lists: before the first item the decoder
 * writes a slow thought, some tokens out of a small codebook that add up, step by step, to where
 * the clicked items lie.
 *
 * <p>Three stages. "pretrained": lists with the clicked items first are imitated, without tokens.
 * "annotated": for each list the residual between the clicked items' mean vector and what the
 * tokens so far add up to chooses the nearest entry of the codebook, again and again; these tokens
 * and then the list are imitated, and the codebook comes nearer to what it stands for.
 * "reinforced": lists are drawn, tokens too, and a list's advantage against its request's others by
 * the evaluator's click DCG (eq. 18) makes both more or less probable.
 *
 * <p>Adapted: the paper's items are themselves words of a quantised vocabulary and its thoughts
 * come from it; items of a pool are chosen directly here, so only thoughts have a codebook, which
 * learns by quantisation's own loss and its commitment. Of the paper's rewards the one for the
 * target stays; format, exact match and likelihood gain have no counterpart, and its preference
 * loss (DPO) in stage two is left out. No code was released to compare with.
 *
 * @param width of vectors and tokens; 1 to 1024, a multiple of the heads, default 64
 * @param heads of attention; 1 to 64, default 2
 * @param thoughts tokens of reasoning; 1 to 16, default 3
 * @param codes entries of the codebook; 2 to 4096, default 32
 * @param samples lists a request in the last stage; 2 to 256, default 8
 */
public record StreamRec(int width, int heads, int thoughts, int codes, int samples)
    implements LatentModel {

  private static final String PRETRAINED = "pretrained";
  private static final String ANNOTATED = "annotated";
  private static final double QUANTISATION = 0.25;
  private static final double TINY = 1e-12;

  public StreamRec {
    Widths.require(width, heads);
    Setting.require(thoughts >= 1 && thoughts <= 16, "thoughts", thoughts, "1 to 16");
    Setting.require(codes >= 2 && codes <= 4096, "codes", codes, "2 to 4096");
    Setting.require(samples >= 2 && samples <= 256, "samples", samples, "2 to 256");
  }

  /** The usual settings. */
  public StreamRec() {
    this(64, 2, 3, 32, 8);
  }

  /** With another width; 1 to 1024, a multiple of the heads. */
  public StreamRec width(int value) {
    return new StreamRec(value, heads, thoughts, codes, samples);
  }

  /** With other heads; 1 to 64, a divisor of the width. */
  public StreamRec heads(int value) {
    return new StreamRec(width, value, thoughts, codes, samples);
  }

  /** With so many tokens of reasoning; 1 to 16. */
  public StreamRec thoughts(int value) {
    return new StreamRec(width, heads, value, codes, samples);
  }

  /** With another codebook; 2 to 4096 entries. */
  public StreamRec codes(int value) {
    return new StreamRec(width, heads, thoughts, value, samples);
  }

  /** With so many lists a request in the last stage; 2 to 256. */
  public StreamRec samples(int value) {
    return new StreamRec(width, heads, thoughts, codes, value);
  }

  @Override
  public String name() {
    return "STREAM-Rec";
  }

  @Override
  public State start(ModelGraph g) {
    LatentDecoder decoder = LatentDecoder.of(this);
    State state = decoder.start(g);
    if (g.stage().equals(PRETRAINED)) {
      return state;
    }
    List<SDVariable> notes = g.stage().equals(ANNOTATED) ? notes(g) : null;
    for (int t = 0; t < thoughts; t++) {
      SDVariable log = thought(g, t, state);
      SDVariable code = notes == null ? g.largest(log.add(gumbel(g, t)), codes) : notes.get(t);
      g.once("code." + t, () -> code);
      state = decoder.advance(g, state, g.sd().mmul(code, codebook(g)));
    }
    return state;
  }

  private SDVariable codebook(ModelGraph g) {
    return g.parameter("codebook", Start.normal(0.5), codes, width);
  }

  /** Log-probabilities of the codes for thought t: [B, codes]. */
  private SDVariable thought(ModelGraph g, int t, State state) {
    return g.once(
        "thought." + t,
        () -> {
          SDVariable query =
              g.dense("think", LatentDecoder.of(this).output(g, state), width, width);
          SDVariable scores = g.sd().mmul(query, codebook(g), false, true, false);
          return g.logSoftmax(scores.mul(1 / Math.sqrt(width)));
        });
  }

  /**
   * What makes the largest of logits a draw while lists are drawn, and the same for all codes while
   * they are served: minus the log of half a sum of two squared normals, which is exponential.
   */
  private SDVariable gumbel(ModelGraph g, int t) {
    SDVariable a = g.normal("think." + t + ".a", codes);
    SDVariable b = g.normal("think." + t + ".b", codes);
    SDVariable exponential = a.mul(a).add(b.mul(b)).mul(0.5).add(TINY);
    return g.sd().math().neg(g.sd().math().log(exponential));
  }

  /** 1 for lists with a click: [B, 1]. */
  private SDVariable any(ModelGraph g) {
    return g.sd().max(g.clicks(), true, 1);
  }

  /** The mean vector of the clicked items: [B, width]. */
  private SDVariable target(ModelGraph g) {
    SDVariable count = g.sd().sum(g.clicks(), true, 1).add(1e-10);
    return g.once("target", () -> g.weighted(g.clicks().div(count), vectors(g), width));
  }

  /** The codes that clicks ask for, one after another: [B, codes] each. */
  private List<SDVariable> notes(ModelGraph g) {
    List<SDVariable> notes = new ArrayList<>();
    SDVariable residual = target(g);
    SDVariable book = codebook(g);
    SDVariable lengths = g.sd().reshape(g.sd().sum(book.mul(book), 1), 1, codes);
    for (int t = 0; t < thoughts; t++) {
      SDVariable near = g.sd().mmul(residual, book, false, true, false).mul(2).sub(lengths);
      SDVariable code = g.largest(near, codes);
      notes.add(code);
      residual = residual.sub(g.sd().mmul(code, book));
    }
    SDVariable rest = residual;
    g.once("rest", () -> g.sd().mean(rest.mul(rest), 1));
    return notes;
  }

  @Override
  public List<TrainingStage> stages() {
    return List.of(
        TrainingStage.supervised(Rollout.CLICKED_FIRST, Losses::imitation).named(PRETRAINED),
        TrainingStage.supervised(
                Rollout.CLICKED_FIRST,
                (g, steps) -> {
                  SDVariable rest = g.known("rest").mul(QUANTISATION);
                  SDVariable own = rest.sub(written(g)).mul(g.sd().reshape(any(g), g.batch()));
                  return Losses.imitation(g, steps).add(own);
                })
            .named(ANNOTATED),
        TrainingStage.reinforced(
            samples,
            Credit.groupRelative(),
            (g, steps) -> Losses.policyGradient(g, steps).sub(written(g).mul(steps.weights(0)))));
  }

  /** Log-probability of the thoughts that were read: [B]. */
  private SDVariable written(ModelGraph g) {
    SDVariable sum = null;
    for (int t = 0; t < thoughts; t++) {
      SDVariable log = g.known("thought." + t).mul(g.known("code." + t));
      SDVariable own = g.sd().sum(log, 1);
      sum = sum == null ? own : sum.add(own);
    }
    return sum;
  }
}
