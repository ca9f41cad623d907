package org.eglr.rerank;

import java.util.List;
import org.eglr.internal.check.Setting;
import org.eglr.train.RewardedList;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * LatentR3 (Zhang et al., 2025, arXiv 2505.19092), for lists: before the first item an attention
 * layer of its own looks at the pool and makes latent tokens that the decoder reads.
 *
 * <p>Two stages. In "supervised" everything learns to imitate lists with the clicked items first,
 * through the tokens. In "reinforced" only the attention layer learns: for each request some lists
 * are written with noise added to the tokens, the first without; a list's advantage is what it is
 * worth minus the batch's mean of the lists without noise, over the length of all advantages; the
 * ratio is clipped to 1 - 0.2 and 1 + 0.28.
 *
 * <p>Adapted: a list is worth the evaluator's click DCG (eq. 18), where the paper takes the
 * perplexity of the one next item; items are drawn, too, as the gradient is of the choices' log
 * probabilities; noise has the deviation 0.5, not 1.5, because tokens here have that of layer
 * normalisation, 1, and one layer to undo it, not a language model; positions are the decoder's
 * sinusoids, and the layer has four products with the output's, as all attention here.
 *
 * @param width of vectors and tokens; 1 to 1024, a multiple of the heads, default 64
 * @param heads of the decoder's attention; 1 to 64, default 2
 * @param tokens latent tokens; 1 to 16, default 1
 * @param samples lists a request, with the one without noise; 2 to 256, default 8
 * @param noise deviation of what is added to a token; 0 to 10, default 0.5
 */
public record LatentR3(int width, int heads, int tokens, int samples, double noise)
    implements LatentModel {

  private static final String REINFORCED = "reinforced";
  private static final String LAYER = "reason";

  public LatentR3 {
    Widths.require(width, heads);
    Setting.require(tokens >= 1 && tokens <= 16, "tokens", tokens, "1 to 16");
    Setting.require(samples >= 2 && samples <= 256, "samples", samples, "2 to 256");
    Setting.require(noise >= 0 && noise <= 10, "noise", noise, "0 to 10");
  }

  /** The usual settings. */
  public LatentR3() {
    this(64, 2, 1, 8, 0.5);
  }

  /** With another width; 1 to 1024, a multiple of the heads. */
  public LatentR3 width(int value) {
    return new LatentR3(value, heads, tokens, samples, noise);
  }

  /** With other heads; 1 to 64, a divisor of the width. */
  public LatentR3 heads(int value) {
    return new LatentR3(width, value, tokens, samples, noise);
  }

  /** With so many latent tokens; 1 to 16. */
  public LatentR3 tokens(int value) {
    return new LatentR3(width, heads, value, samples, noise);
  }

  /** With so many lists a request; 2 to 256. */
  public LatentR3 samples(int value) {
    return new LatentR3(width, heads, tokens, value, noise);
  }

  /** With other noise; 0 to 10. */
  public LatentR3 noise(double value) {
    return new LatentR3(width, heads, tokens, samples, value);
  }

  @Override
  public String name() {
    return "LatentR3";
  }

  @Override
  public State start(ModelGraph g) {
    LatentDecoder decoder = LatentDecoder.of(this);
    State state = decoder.start(g);
    for (int t = 0; t < tokens; t++) {
      SDVariable looks = decoder.output(g, state);
      SDVariable token = g.attention(LAYER, looks, vectors(g), g.mask(), width, 1);
      if (!g.stage().equals("supervised")) { // noise explores; imitation has nothing to explore
        SDVariable disturbed = g.sd().gt(g.sample(), 0).castTo(g.type());
        token = token.add(g.normal("noise." + t, width).mul(disturbed).mul(noise));
      }
      state = decoder.advance(g, state, token);
    }
    return state;
  }

  @Override
  public List<TrainingStage> stages() {
    return List.of(
        TrainingStage.supervised(Rollout.CLICKED_FIRST, Losses::imitation),
        TrainingStage.reinforced(
                samples, LatentR3::credit, (g, steps) -> Losses.ppo(g, steps, 0.2, 0.28))
            .named(REINFORCED)
            .learning(name -> name.startsWith(LAYER + ".")));
  }

  /** Advantages against the lists without noise, scaled by their length over the batch. */
  static double[][][] credit(List<ListGroup> batch) {
    double plain =
        batch.stream().mapToDouble(group -> group.lists().get(0).clickDcg()).sum() / batch.size();
    double squares = 0;
    int count = 0;
    for (ListGroup group : batch) {
      for (RewardedList list : group.lists()) {
        squares += (list.clickDcg() - plain) * (list.clickDcg() - plain);
        count++;
      }
    }
    // The length's share of one list, so that a batch's size does not scale the step.
    double scale = Math.sqrt(squares / count) + 1e-10;
    return Credit.each(
            group ->
                group.lists().stream()
                    .map(list -> Returns.same(list.length(), (list.clickDcg() - plain) / scale))
                    .toArray(double[][]::new))
        .of(batch);
  }
}
