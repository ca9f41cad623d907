package org.eglr.rerank;

import org.eglr.internal.check.Setting;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * PRM, the personalised re-ranking model (Pei et al., RecSys 2019): the pool in its initial order
 * passes a Transformer encoder, so that every candidate's score knows all others and its place.
 *
 * <p>Each candidate's features and the user's are projected to the width, and a learned vector of
 * its place is added (the paper's eq. 2); {@link #blocks} encoder layers follow, then a score and
 * the softmax over the list. The loss is the paper's, {@code -Σ y log P}.
 *
 * <p>Adapted: the paper's user vectors come from a pre-trained click model of its own; here user
 * and item embeddings learn with the rest. Other than in LibRerank's code: the user has a part;
 * attention has residual and layer normalisation as in the paper, not the feed-forward part alone;
 * no batch normalisation, whose running means that code never updates; positions are added after
 * the projection, so no width has to be even; padding has no part in the loss, and places that were
 * not shown neither; the loss is of the softmax, not a log-loss of each share by itself.
 *
 * @param width of the encoder; 1 to 1024, a multiple of the heads, default 64
 * @param heads of attention; 1 to 64, default 1
 * @param blocks encoder layers; 1 to 12, default 1
 * @param feedForward width of the layers' feed-forward part; 1 to 4096, default 128
 */
public record Prm(int width, int heads, int blocks, int feedForward) implements ScoringModel {

  public Prm {
    Widths.require(width, heads);
    Setting.require(blocks >= 1 && blocks <= 12, "blocks", blocks, "1 to 12");
    Setting.require(
        feedForward >= 1 && feedForward <= 4096, "feedForward", feedForward, "1 to 4096");
  }

  /** The usual settings. */
  public Prm() {
    this(64, 1, 1, 128);
  }

  /** With another width; 1 to 1024, a multiple of the heads. */
  public Prm width(int value) {
    return new Prm(value, heads, blocks, feedForward);
  }

  /** With other heads; 1 to 64, a divisor of the width. */
  public Prm heads(int value) {
    return new Prm(width, value, blocks, feedForward);
  }

  /** With another number of encoder layers; 1 to 12. */
  public Prm blocks(int value) {
    return new Prm(width, heads, value, feedForward);
  }

  /** With another width of the feed-forward part; 1 to 4096. */
  public Prm feedForward(int value) {
    return new Prm(width, heads, blocks, value);
  }

  @Override
  public String name() {
    return "PRM";
  }

  @Override
  public boolean readsInitialOrder() {
    return true;
  }

  @Override
  public SDVariable scores(ModelGraph g) {
    SDVariable x = g.dense("input", g.candidates(), g.width(), width);
    x = x.add(g.positions("position", width));
    for (int block = 0; block < blocks; block++) {
      x = g.encoderLayer("block." + block, x, g.mask(), width, heads, feedForward);
    }
    return g.byList(g.dense("score", x, width, 1));
  }

  @Override
  public SDVariable loss(ModelGraph g, SDVariable scores) {
    return Losses.listwise(g, scores);
  }
}
