package org.eglr.rerank;

import java.util.List;
import org.eglr.internal.check.Setting;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * ReaRec with progressive reasoning learning (Tang et al., 2025, arXiv 2503.22675), for lists:
 * before the first item a decoder thinks for some steps, each of which reads the output of the one
 * before with a vector of the step's number.
 *
 * <p>It learns from clicks. Lists with the clicked items first are imitated; the outputs of the
 * reasoning steps are to point at the clicked items, too, the early ones by a hotter softmax,
 * {@code tau alpha^(T - k)} at step k of T; and the states of a step with and without noise are to
 * know each other among the states of other lists (InfoNCE by cosines).
 *
 * <p>Adapted: the paper recommends one next item after a sequence; here the sequence is the pool's
 * context, and the list that follows is written by the same decoder. Layer normalisation of what a
 * step reads as in the paper; no dropout. The contrast has no warm-up and a softmax temperature of
 * its own, 0.1. Of the paper's two methods this is the one that EGLR compares with; the other
 * averages its steps.
 *
 * @param width of vectors and tokens; 1 to 1024, a multiple of the heads, default 64
 * @param heads of attention; 1 to 64, default 2
 * @param steps of reasoning, T; 1 to 16, default 2
 * @param temperature tau of the last step; above 0, to 100, default 1
 * @param heat alpha; 1 to 100, default 1.5
 * @param progressive weight of the steps' own losses; 0 to 100, default 1
 * @param contrast weight of the contrast; 0 to 100, default 0.1
 * @param noise deviation of what is added for it; 0 to 10, default 0.01
 */
public record ReaRec(
    int width,
    int heads,
    int steps,
    double temperature,
    double heat,
    double progressive,
    double contrast,
    double noise)
    implements LatentModel {

  private static final double CONTRAST_TEMPERATURE = 0.1;

  public ReaRec {
    Widths.require(width, heads);
    Setting.require(steps >= 1 && steps <= 16, "steps", steps, "1 to 16");
    Setting.require(
        temperature > 0 && temperature <= 100, "temperature", temperature, "above 0, to 100");
    Setting.require(heat >= 1 && heat <= 100, "heat", heat, "1 to 100");
    Setting.require(progressive >= 0 && progressive <= 100, "progressive", progressive, "0 to 100");
    Setting.require(contrast >= 0 && contrast <= 100, "contrast", contrast, "0 to 100");
    Setting.require(noise >= 0 && noise <= 10, "noise", noise, "0 to 10");
  }

  /** The usual settings. */
  public ReaRec() {
    this(64, 2, 2, 1, 1.5, 1, 0.1, 0.01);
  }

  /** With another width; 1 to 1024, a multiple of the heads. */
  public ReaRec width(int value) {
    return new ReaRec(value, heads, steps, temperature, heat, progressive, contrast, noise);
  }

  /** With other heads; 1 to 64, a divisor of the width. */
  public ReaRec heads(int value) {
    return new ReaRec(width, value, steps, temperature, heat, progressive, contrast, noise);
  }

  /** With so many steps of reasoning; 1 to 16. */
  public ReaRec steps(int value) {
    return new ReaRec(width, heads, value, temperature, heat, progressive, contrast, noise);
  }

  /** With another temperature of the last step; above 0, to 100. */
  public ReaRec temperature(double value) {
    return new ReaRec(width, heads, steps, value, heat, progressive, contrast, noise);
  }

  /** With earlier steps so much hotter; 1 to 100. */
  public ReaRec heat(double value) {
    return new ReaRec(width, heads, steps, temperature, value, progressive, contrast, noise);
  }

  /** With another weight of the steps' own losses; 0 to 100. */
  public ReaRec progressive(double value) {
    return new ReaRec(width, heads, steps, temperature, heat, value, contrast, noise);
  }

  /** With another weight of the contrast; 0 to 100. */
  public ReaRec contrast(double value) {
    return new ReaRec(width, heads, steps, temperature, heat, progressive, value, noise);
  }

  /** With other noise; 0 to 10. */
  public ReaRec noise(double value) {
    return new ReaRec(width, heads, steps, temperature, heat, progressive, contrast, value);
  }

  @Override
  public String name() {
    return "ReaRec";
  }

  @Override
  public State start(ModelGraph g) {
    return reason(g, "clean", 0);
  }

  /** The state after all steps; what a step reads has a name. */
  private State reason(ModelGraph g, String name, double deviation) {
    LatentDecoder decoder = LatentDecoder.of(this);
    State state = decoder.start(g);
    for (int k = 0; k < steps; k++) {
      State before = state;
      int step = k;
      SDVariable output = g.once(name + "." + k, () -> decoder.output(g, before));
      SDVariable place = g.parameter("step." + k, Start.normal(0.1), width);
      SDVariable read = g.layerNorm("read", output.add(place), width);
      if (deviation > 0) {
        read = read.add(g.normal("noise." + step, width).mul(deviation));
      }
      state = decoder.advance(g, state, read);
    }
    State last = state;
    g.once(name + "." + steps, () -> decoder.output(g, last));
    return state;
  }

  /** Output k of a pass that is there; 0 is the context's, before reasoning. */
  private static SDVariable output(ModelGraph g, String name, int k) {
    return g.known(name + "." + k);
  }

  @Override
  public SDVariable logits(ModelGraph g, State state) {
    boolean first = LatentDecoder.of(this).tokens(state) == steps + 1;
    SDVariable output = first ? output(g, "clean", steps) : LatentDecoder.of(this).output(g, state);
    return LatentDecoder.of(this).logits(g, output).mul(1 / temperature);
  }

  @Override
  public List<TrainingStage> stages() {
    return List.of(
        TrainingStage.supervised(
            Rollout.CLICKED_FIRST,
            (g, chosen) -> {
              SDVariable loss = Losses.imitation(g, chosen);
              if (progressive > 0) {
                loss = loss.add(early(g).mul(progressive));
              }
              return contrast > 0 ? loss.add(contrasts(g).mul(contrast)) : loss;
            }));
  }

  /** What the outputs before the last one say of the first choice: [B]. */
  private SDVariable early(ModelGraph g) {
    SDVariable sum = null;
    for (int k = 0; k < steps; k++) {
      double tau = temperature * Math.pow(heat, steps - k);
      SDVariable logits = LatentDecoder.of(this).logits(g, output(g, "clean", k)).mul(1 / tau);
      SDVariable own = Losses.listwise(g, logits);
      sum = sum == null ? own : sum.add(own);
    }
    return sum;
  }

  /** -log of the share of a list's own noisy state among all lists', over the steps: [B]. */
  private SDVariable contrasts(ModelGraph g) {
    reason(g, "noisy", noise);
    SDVariable sum = null;
    for (int k = 1; k <= steps; k++) {
      SDVariable clean = unit(g, output(g, "clean", k));
      SDVariable noisy = unit(g, output(g, "noisy", k));
      SDVariable own = Losses.contrast(g, clean, noisy, CONTRAST_TEMPERATURE);
      sum = sum == null ? own : sum.add(own);
    }
    return sum;
  }

  private static SDVariable unit(ModelGraph g, SDVariable x) {
    SDVariable square = g.sd().sum(x.mul(x), true, 1).add(1e-10);
    return x.mul(g.sd().math().rsqrt(square));
  }
}
