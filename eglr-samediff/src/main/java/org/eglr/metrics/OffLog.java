package org.eglr.metrics;

import java.util.List;
import org.eglr.data.ListSet;
import org.eglr.data.Request;

/**
 * How much of some lists a log has never shown.
 *
 * @param unseen share of their positions whose item it never showed, 0 to 1
 * @param unplaced share of their positions whose item it showed, but never at this position, 0 to 1
 */
public record OffLog(double unseen, double unplaced) {

  /**
   * Measures lists.
   *
   * @param orders one list for each of {@code lists}: indices into its pool; not all empty
   */
  public static OffLog of(LogSupport log, ListSet lists, List<int[]> orders) {
    int unseen = 0;
    int unplaced = 0;
    int positions = 0;
    for (int list = 0; list < orders.size(); list++) {
      Request request = lists.request(list);
      int[] order = orders.get(list);
      positions += order.length;
      for (int k = 0; k < order.length; k++) {
        if (log.shown(request, order[k]) == 0) {
          unseen++;
        } else if (log.shown(request, order[k], k) == 0) {
          unplaced++;
        }
      }
    }
    return new OffLog((double) unseen / positions, (double) unplaced / positions);
  }
}
