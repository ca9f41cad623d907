package org.eglr.rerank;

import org.eglr.data.ListSet;
import org.eglr.data.Request;

/**
 * How often the items of each id were shown and clicked.
 *
 * @param shows at each position: [ids][positions]
 * @param clicks in all: [ids]
 * @param clicksAt at each position, of all ids: [positions]
 */
record ItemCounts(int[][] shows, double[] clicks, double[] clicksAt) {

  static ItemCounts of(ListSet lists, ItemField field) {
    int longest = 0;
    for (int list = 0; list < lists.size(); list++) {
      longest = Math.max(longest, lists.length(list));
    }
    ItemCounts counts =
        new ItemCounts(
            new int[field.size()][longest], new double[field.size()], new double[longest]);
    for (int list = 0; list < lists.size(); list++) {
      Request request = lists.request(list);
      for (int k = 0; k < request.length(); k++) {
        int id = field.id(request, k);
        counts.shows[id][k]++;
        if (lists.clicked(list, k)) {
          counts.clicks[id]++;
          counts.clicksAt[k]++;
        }
      }
    }
    return counts;
  }

  /**
   * How often each id was shown, a show counting as much as its position is worth.
   *
   * @param worth of each position
   */
  double[] shows(double[] worth) {
    double[] all = new double[shows.length];
    for (int id = 0; id < all.length; id++) {
      for (int k = 0; k < worth.length; k++) {
        all[id] += shows[id][k] * worth[k];
      }
    }
    return all;
  }
}
