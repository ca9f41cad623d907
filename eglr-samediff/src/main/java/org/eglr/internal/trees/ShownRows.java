package org.eglr.internal.trees;

import java.util.Locale;
import java.util.stream.IntStream;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;

/**
 * Lists as LightGBM wants them: the shown candidates row by row, a group a list.
 *
 * @param features [rows * width]
 * @param clicked 1 a clicked row, else 0
 * @param lengths rows of each list
 * @param positions each row's place in its list, from 0
 */
record ShownRows(float[] features, float[] clicked, int[] lengths, int[] positions) {

  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  static ShownRows of(ListSet lists, CandidateRows rows) {
    int width = rows.width();
    int[] lengths = IntStream.range(0, lists.size()).map(lists::length).toArray();
    long shown = IntStream.of(lengths).asLongStream().sum();
    if (shown * width > MAX_ARRAY) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%,d shown items of %,d features are too many for LambdaMART, which takes %,d"
                  + " numbers: train on a part, by ListSet.sample",
              shown,
              width,
              MAX_ARRAY));
    }
    ShownRows all =
        new ShownRows(
            new float[(int) shown * width], new float[(int) shown], lengths, new int[(int) shown]);
    int row = 0;
    for (int list = 0; list < lists.size(); list++) {
      double[] own = rows.of(lists.request(list));
      for (int k = 0; k < lengths[list]; k++) {
        for (int f = 0; f < width; f++) {
          all.features[row * width + f] = (float) own[k * width + f];
        }
        all.clicked[row] = lists.clicked(list, k) ? 1 : 0;
        all.positions[row++] = k;
      }
    }
    return all;
  }

  int rows() {
    return clicked.length;
  }
}
