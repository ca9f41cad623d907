package org.eglr.rerank;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A re-ranker that gives every candidate of a pool a score, all at once; the list is the candidates
 * with the highest scores. A whole one:
 *
 * <pre>{@code
 * record TwoLayers(int width) implements ScoringModel {
 *   public String name() { return "two layers"; }
 *   public SDVariable scores(ModelGraph g) {
 *     SDVariable hidden = g.relu(g.dense("hidden", g.candidates(), g.width(), width));
 *     return g.byList(g.dense("score", hidden, width, 1));
 *   }
 *   public SDVariable loss(ModelGraph g, SDVariable scores) { return Losses.listwise(g, scores); }
 * }
 * var mine = Rerankers.of(data.schema(), new TwoLayers(32)).build();
 * mine.train(data, t -> t.epochs(4));
 * }</pre>
 */
public non-sealed interface ScoringModel extends RerankerModel {

  /** The scores: [B, N]; those of places without a candidate do not matter. */
  SDVariable scores(ModelGraph g);

  /**
   * What training minimises, the mean over lists; one of {@link Losses}, or one's own.
   *
   * @return of each list: [B]
   */
  SDVariable loss(ModelGraph g, SDVariable scores);
}
