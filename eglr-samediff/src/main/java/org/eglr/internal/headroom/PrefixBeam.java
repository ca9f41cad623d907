package org.eglr.internal.headroom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eglr.data.Request;

/**
 * Writes lists item by item and follows the beginnings that score highest so far. Of width 1 it is
 * greedy: each time it appends the candidate that raises the beginning's score most.
 *
 * @param width beginnings that are followed, 1 or more
 */
record PrefixBeam(int width) {

  private record Scored(int[] order, double score) {}

  /** The best list found for each request; equal scores go to the candidate of lower index. */
  List<int[]> search(List<Request> requests, ListJudge judge) {
    List<List<int[]>> beams = new ArrayList<>();
    requests.forEach(request -> beams.add(List.of(new int[0])));
    int longest = requests.stream().mapToInt(Request::length).max().orElse(0);
    for (int k = 0; k < longest; k++) {
      extend(requests, beams, k, judge);
    }
    return beams.stream().map(beam -> beam.get(0)).toList();
  }

  private void extend(List<Request> requests, List<List<int[]>> beams, int k, ListJudge judge) {
    List<ListJudge.Proposal> all = new ArrayList<>();
    for (int r = 0; r < beams.size(); r++) {
      if (k < requests.get(r).length()) {
        for (int[] prefix : beams.get(r)) {
          for (int candidate : Orders.others(prefix, requests.get(r).pool())) {
            all.add(new ListJudge.Proposal(r, Orders.append(prefix, candidate)));
          }
        }
      }
    }
    double[] scores = judge.score(all);
    int next = 0;
    while (next < all.size()) {
      int request = all.get(next).request();
      List<Scored> own = new ArrayList<>();
      for (; next < all.size() && all.get(next).request() == request; next++) {
        own.add(new Scored(all.get(next).order(), scores[next]));
      }
      own.sort(Comparator.comparingDouble(scored -> -scored.score));
      beams.set(request, own.stream().limit(width).map(Scored::order).toList());
    }
  }
}
