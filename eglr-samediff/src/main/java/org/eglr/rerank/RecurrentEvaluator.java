package org.eglr.rerank;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * EG-Rerank's evaluator (Huzhang et al., TKDE 2021): a gated recurrent unit reads a list's items in
 * their order, and what it has read so far says with the item itself how probable a click is, p_k =
 * σ(f([x_k ; h_k])) with h_k = GRU(x_k, h_(k-1)) and f of two hidden layers. What stands behind an
 * item says nothing of it.
 *
 * <p>The loss is the log-loss of every click, the mean over a list's items. A {@link TrainingStage}
 * trains it on lists as they were shown, and asks it what lists are worth; as a re-ranker's model
 * it takes the pool in its initial order for the list.
 *
 * <p>Other than in LibRerank's code: the hidden layers are as wide as the unit, not 200 and 80, and
 * without batch normalisation or dropout; the logistic function in place of a softmax of two;
 * padding does not count in the loss; it reads the user's features, too.
 *
 * @param width of the unit and of both hidden layers; 1 to 1024
 */
public record RecurrentEvaluator(int width) implements ScoringModel {

  private static final String NAME = "evaluator";

  public RecurrentEvaluator {
    Widths.require(width);
  }

  @Override
  public String name() {
    return "recurrent evaluator";
  }

  @Override
  public boolean readsInitialOrder() {
    return true;
  }

  /** The click's logit of each item: [B, N]. */
  @Override
  public SDVariable scores(ModelGraph g) {
    SDVariable x = g.candidates();
    Layers.Pass read = g.gru(NAME + ".gru", x, g.mask(), g.width(), width, false);
    SDVariable both = g.sd().concat(1, x, read.outputs());
    SDVariable hidden = g.mlp(NAME + ".hidden", both, g.width() + width, width, width);
    return g.byList(g.dense(NAME + ".click", hidden, width, 1));
  }

  @Override
  public SDVariable loss(ModelGraph g, SDVariable scores) {
    return Losses.pointwise(g, scores);
  }
}
