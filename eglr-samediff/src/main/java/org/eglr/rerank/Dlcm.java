package org.eglr.rerank;

import org.eglr.internal.check.Setting;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * DLCM, the deep listwise context model (Ai et al., SIGIR 2018): a recurrent network reads the pool
 * from its last candidate to its first, so that the best of the initial order is the freshest in
 * its memory; each candidate's score is what its own output and the last state say together.
 *
 * <p>With o the output at a candidate and s the last state, the score is v · (o^T tanh(W s + b)),
 * the paper's local ranking function with {@link #views} columns; the loss is its attention loss.
 *
 * <p>Adapted: the embeddings of user and items learn with the rest; the paper reads fixed features.
 * Other than in LibRerank's code: the last candidate is read first, as in the paper, not the first;
 * no batch normalisation, no dropout; the score has the paper's form, not a product entry by entry;
 * softmax over the shown candidates instead of scores shifted to be positive.
 *
 * @param width of the network's state; 1 to 1024, default 64
 * @param views columns of the local context; 1 to 64, default 4
 */
public record Dlcm(int width, int views) implements ScoringModel {

  public Dlcm {
    Widths.require(width);
    Setting.require(views >= 1 && views <= 64, "views", views, "1 to 64");
  }

  /** The usual settings. */
  public Dlcm() {
    this(64, 4);
  }

  /** With another width; 1 to 1024. */
  public Dlcm width(int value) {
    return new Dlcm(value, views);
  }

  /** With another number of columns; 1 to 64. */
  public Dlcm views(int value) {
    return new Dlcm(width, value);
  }

  @Override
  public String name() {
    return "DLCM";
  }

  @Override
  public boolean readsInitialOrder() {
    return true;
  }

  @Override
  public SDVariable scores(ModelGraph g) {
    Layers.Pass pass = g.gru("gru", g.candidates(), g.mask(), g.width(), width, true);
    SDVariable context = g.dense("context", pass.last().get(0), width, width * views);
    SDVariable local = g.sd().reshape(g.tanh(context), g.batch(), width, views);
    SDVariable outputs = g.sd().reshape(pass.outputs(), g.batch(), g.pool(), width);
    SDVariable both = g.sd().reshape(g.sd().mmul(outputs, local), -1, views);
    return g.byList(g.product("score", both, views, 1));
  }

  @Override
  public SDVariable loss(ModelGraph g, SDVariable scores) {
    return Losses.attention(g, scores);
  }
}
