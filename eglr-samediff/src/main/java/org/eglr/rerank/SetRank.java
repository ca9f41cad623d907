package org.eglr.rerank;

import org.eglr.internal.check.Setting;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * SetRank (Pang et al., SIGIR 2020): self-attention over the pool as a set. Its scores do not
 * depend on the order in which candidates come.
 *
 * <p>With {@link #induced} at 0 every candidate looks at every other (the paper's MSAB); else the
 * candidates look at so many learned points that look at them (IMSAB), whose cost grows with the
 * pool and not with its square. The loss is DLCM's attention loss, as in the paper.
 *
 * <p>Adapted: embeddings learn with the rest; the user has a part, the paper's queries have theirs
 * in the features; two blocks of width 64 instead of six of 256, as lists here have tens of
 * candidates. The paper's ordinal embeddings, which bring the initial order back in, are left out.
 * LibRerank's code has no induced form and a head with batch normalisation.
 *
 * @param width of the blocks; 1 to 1024, a multiple of the heads, default 64
 * @param heads of attention; 1 to 64, default 8
 * @param blocks 1 to 12, default 2
 * @param feedForward width of the blocks' feed-forward part; 1 to 4096, default 64
 * @param induced learned points of each block; 0 to 256, default 0: none
 */
public record SetRank(int width, int heads, int blocks, int feedForward, int induced)
    implements ScoringModel {

  public SetRank {
    Widths.require(width, heads);
    Setting.require(blocks >= 1 && blocks <= 12, "blocks", blocks, "1 to 12");
    Setting.require(
        feedForward >= 1 && feedForward <= 4096, "feedForward", feedForward, "1 to 4096");
    Setting.require(induced >= 0 && induced <= 256, "induced", induced, "0 to 256");
  }

  /** The usual settings. */
  public SetRank() {
    this(64, 8, 2, 64, 0);
  }

  /** With another width; 1 to 1024, a multiple of the heads. */
  public SetRank width(int value) {
    return new SetRank(value, heads, blocks, feedForward, induced);
  }

  /** With other heads; 1 to 64, a divisor of the width. */
  public SetRank heads(int value) {
    return new SetRank(width, value, blocks, feedForward, induced);
  }

  /** With another number of blocks; 1 to 12. */
  public SetRank blocks(int value) {
    return new SetRank(width, heads, value, feedForward, induced);
  }

  /** With another width of the feed-forward part; 1 to 4096. */
  public SetRank feedForward(int value) {
    return new SetRank(width, heads, blocks, value, induced);
  }

  /** With so many learned points; 0 to 256. */
  public SetRank induced(int value) {
    return new SetRank(width, heads, blocks, feedForward, value);
  }

  @Override
  public String name() {
    return "SetRank";
  }

  @Override
  public SDVariable scores(ModelGraph g) {
    SDVariable x = g.dense("input", g.candidates(), g.width(), width);
    for (int block = 0; block < blocks; block++) {
      x = block(g, "block." + block, x);
    }
    return g.byList(g.dense("score", x, width, 1));
  }

  private SDVariable block(ModelGraph g, String name, SDVariable x) {
    if (induced == 0) {
      return g.encoderLayer(name, x, g.mask(), width, heads, feedForward);
    }
    SDVariable points = g.parameter(name + ".points", Start.normal(1), induced, width);
    SDVariable row = g.sd().reshape(points, 1, induced * width);
    SDVariable all = g.sd().reshape(row.mul(g.ones(g.batch(), 1)), g.batch() * induced, width);
    SDVariable seen = g.attentionLayer(name + ".in", all, x, g.mask(), width, heads, feedForward);
    SDVariable open = g.ones(g.batch(), induced);
    return g.attentionLayer(name + ".out", x, seen, open, width, heads, feedForward);
  }

  @Override
  public SDVariable loss(ModelGraph g, SDVariable scores) {
    return Losses.attention(g, scores);
  }
}
