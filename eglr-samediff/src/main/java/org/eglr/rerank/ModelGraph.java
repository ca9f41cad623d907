package org.eglr.rerank;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a model is written on: B lists of N candidates with what is known of them, and the {@link
 * Layers}. The library makes graphs of several B and N of the one definition, and shares their
 * parameters.
 */
public interface ModelGraph extends Layers {

  /** The {@link TrainingStage} whose loss the graph has, by name; empty where it makes lists. */
  String stage();

  /** Items of each list, K; 0 where a model scores the pool. */
  int slots();

  /** Width of {@link #candidates}. */
  int width();

  /** Width of {@link #items}. */
  int itemWidth();

  /** Width of {@link #user}; 0 where a schema knows nothing of users. */
  int userWidth();

  /**
   * Features of each candidate and of the user, x = [item embeddings ; item values ; user
   * embeddings ; user values] (eq. 6): [B * N, {@link #width}]. The embeddings learn with the rest.
   */
  SDVariable candidates();

  /** {@link #candidates} through which nothing is learned. */
  SDVariable fixedCandidates();

  /** Features of each candidate alone: [B * N, {@link #itemWidth}]. */
  SDVariable items();

  /** Features of the user: [B, {@link #userWidth}]. */
  SDVariable user();

  /** 1 where there is a candidate, 0 where the pool is padded: [B, N]. */
  SDVariable mask();

  /**
   * A learned vector for each place of the pool's initial order: [B * N, width]. Places beyond
   * {@link RerankerBuilder#places} have the last one's.
   */
  SDVariable positions(String name, int width);

  // ---- what training knows

  /** 1 where a candidate was shown and clicked: [B, N]; in losses. */
  SDVariable clicks();

  /** 1 where a candidate was shown, so that it is known whether it was clicked: [B, N]. */
  SDVariable shown();

  /**
   * 1 for a list that is learned from, 0 for one that only fills the graph up, a repetition: [B].
   */
  SDVariable counted();

  // ---- beside the data

  /**
   * Standard normal numbers while lists are sampled or learned from, the same for a list in both; 0
   * where lists are served: [B, width].
   */
  SDVariable normal(String name, int width);

  /**
   * The list's number among those sampled for its request, from 0: [B, 1]; 0 where it is served.
   */
  SDVariable sample();

  /**
   * A number between 0 and 1 that whoever serves lists can set, {@link LearnedReranker#withDial};
   * drawn anew for each request while the model learns: [B, 1].
   *
   * @param usual value where it is not set
   */
  SDVariable dial(String name, double usual);

  /**
   * An array that can be moved from outside, and whose gradient can be asked for, when a list is
   * served; the array itself unless it is.
   *
   * @param shape of the array
   */
  SDVariable activation(String name, SDVariable x, int... shape);
}
