package org.eglr.internal.headroom;

import java.util.ArrayList;
import java.util.List;
import org.eglr.data.Request;

/**
 * Improves lists by swaps of two items and by replacements from the pool until no single one
 * improves them. All lists go on together, position by position: of the changes that concern a
 * position, each list takes the best if that improves it.
 */
public final class LocalSearch {

  /** Rounding of float32 is no improvement. */
  private static final double LEAST_GAIN = 1e-6;

  private final List<Request> requests;
  private final ListJudge judge;
  private final List<int[]> lists;
  private final double[] scores;
  private final int[] quiet; // positions in a row that had nothing to improve

  private LocalSearch(List<Request> requests, List<int[]> from, ListJudge judge) {
    this.requests = requests;
    this.judge = judge;
    lists = new ArrayList<>(from);
    List<ListJudge.Proposal> first = new ArrayList<>();
    for (int r = 0; r < from.size(); r++) {
      first.add(new ListJudge.Proposal(r, from.get(r)));
    }
    scores = judge.score(first);
    quiet = new int[from.size()];
  }

  /**
   * @param from a full list of each request, at which its search begins
   */
  public static List<int[]> search(List<Request> requests, List<int[]> from, ListJudge judge) {
    LocalSearch search = new LocalSearch(requests, from, judge);
    for (int step = 0; search.step(step); step++) {}
    return search.lists;
  }

  /** False if no list can be improved any more. */
  private boolean step(int step) {
    List<ListJudge.Proposal> changes = new ArrayList<>();
    for (int r = 0; r < lists.size(); r++) {
      int length = lists.get(r).length;
      if (quiet[r] < length) {
        addChanges(r, step % length, changes);
        quiet[r]++;
      }
    }
    if (changes.isEmpty()) {
      return java.util.stream.IntStream.range(0, lists.size())
          .anyMatch(r -> quiet[r] < lists.get(r).length);
    }
    double[] found = judge.score(changes);
    for (int i = 0; i < found.length; i++) {
      int r = changes.get(i).request();
      if (found[i] > scores[r] + LEAST_GAIN) {
        lists.set(r, changes.get(i).order());
        scores[r] = found[i];
        quiet[r] = 0;
      }
    }
    return true;
  }

  private void addChanges(int r, int position, List<ListJudge.Proposal> changes) {
    int[] list = lists.get(r);
    for (int other = 0; other < list.length; other++) {
      if (other != position) {
        changes.add(new ListJudge.Proposal(r, Orders.swapped(list, position, other)));
      }
    }
    for (int candidate : Orders.others(list, requests.get(r).pool())) {
      changes.add(new ListJudge.Proposal(r, Orders.replaced(list, position, candidate)));
    }
  }
}
