package org.eglr.internal.trees;

import java.util.List;

/** Trees whose values add up to a score; nothing in it changes, so any threads may share it. */
public final class TreeEnsemble {

  private final int width;
  private final List<Tree> trees;

  TreeEnsemble(int width, List<Tree> trees) {
    this.width = width;
    this.trees = List.copyOf(trees);
  }

  /** Number of values of a row. */
  public int width() {
    return width;
  }

  /** Number of trees. */
  public int size() {
    return trees.size();
  }

  /**
   * One score a row.
   *
   * @param rows row by row: [rows * width]
   */
  public double[] scores(double[] rows) {
    double[] scores = new double[rows.length / width];
    for (Tree tree : trees) {
      for (int row = 0; row < scores.length; row++) {
        scores[row] += tree.value(rows, row * width);
      }
    }
    return scores;
  }
}
