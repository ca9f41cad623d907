package org.eglr.data.sim;

/**
 * How much each value of a user field likes each category: normal draws, centred by row and by
 * column and scaled to standard deviation 1, so that neither a value nor a category is liked more
 * than another as a whole and every seed spreads attraction equally.
 */
final class Affinity {

  private final double[][] byCategory;

  Affinity(int values, int categories, Draws draws) {
    byCategory = new double[values][];
    for (int v = 0; v < values; v++) {
      byCategory[v] = draws.normals(categories);
    }
    centreRows();
    centreColumns();
    scale();
  }

  double of(int value, int category) {
    return byCategory[value][category];
  }

  private void centreRows() {
    for (double[] row : byCategory) {
      double sum = 0;
      for (double entry : row) {
        sum += entry;
      }
      for (int c = 0; c < row.length; c++) {
        row[c] -= sum / row.length;
      }
    }
  }

  private void centreColumns() {
    for (int c = 0; c < byCategory[0].length; c++) {
      double sum = 0;
      for (double[] row : byCategory) {
        sum += row[c];
      }
      for (double[] row : byCategory) {
        row[c] -= sum / byCategory.length;
      }
    }
  }

  private void scale() {
    double squares = 0;
    for (double[] row : byCategory) {
      for (double entry : row) {
        squares += entry * entry;
      }
    }
    double deviation = Math.sqrt(squares / (byCategory.length * byCategory[0].length));
    for (double[] row : byCategory) {
      for (int c = 0; c < row.length; c++) {
        row[c] /= deviation;
      }
    }
  }
}
