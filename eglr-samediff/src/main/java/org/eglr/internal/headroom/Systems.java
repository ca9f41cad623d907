package org.eglr.internal.headroom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.data.Request;

/**
 * The lists that the systems make of some requests.
 *
 * @param beam width of the beam search
 * @param samples lists drawn of which the best is taken
 * @param seed of the draws
 */
public record Systems(int beam, int samples, long seed) {

  public static final String SORTED = "sorted alone";
  public static final String LOCAL = "local search";
  public static final String LOCAL_TRUTH = "local search on the truth";

  /**
   * Lists by system, one a request, the first sorted alone. Local search begins at the best of all
   * others, so that none of them has a higher score.
   *
   * @param alone click probabilities of each request's candidates as lists of one
   * @param others lists of further systems
   * @param first index of the first request among all
   */
  public Map<String, List<int[]>> lists(
      List<Request> requests,
      List<double[]> alone,
      Map<String, List<int[]>> others,
      int first,
      ListJudge judge) {
    Map<String, List<int[]>> all = new LinkedHashMap<>();
    all.put(SORTED, sorted(requests, alone));
    all.put("greedy", greedy(requests, judge));
    if (beam > 1) {
      all.put("beam " + beam, new PrefixBeam(beam).search(requests, judge));
    }
    if (samples > 0) {
      all.put(
          "best of " + samples + " drawn",
          new RandomLists(seed).best(requests, alone, samples, first, judge));
    }
    all.putAll(others);
    List<int[]> best = best(requests.size(), new ArrayList<>(all.values()), judge);
    all.put(LOCAL, LocalSearch.search(requests, best, judge));
    return all;
  }

  /** Lists written item by item, each time the candidate that raises the score so far most. */
  public static List<int[]> greedy(List<Request> requests, ListJudge judge) {
    return new PrefixBeam(1).search(requests, judge);
  }

  /** The best list that local search finds from given ones. */
  public static List<int[]> improved(List<Request> requests, List<int[]> from, ListJudge judge) {
    return LocalSearch.search(requests, from, judge);
  }

  private static List<int[]> sorted(List<Request> requests, List<double[]> alone) {
    return IntStream.range(0, requests.size())
        .mapToObj(
            r ->
                IntStream.range(0, alone.get(r).length)
                    .boxed()
                    .sorted((i, j) -> Double.compare(alone.get(r)[j], alone.get(r)[i]))
                    .limit(requests.get(r).length())
                    .mapToInt(Integer::intValue)
                    .toArray())
        .toList();
  }

  private static List<int[]> best(int requests, List<List<int[]>> systems, ListJudge judge) {
    List<ListJudge.Proposal> all = new ArrayList<>();
    for (int r = 0; r < requests; r++) {
      for (List<int[]> system : systems) {
        all.add(new ListJudge.Proposal(r, system.get(r)));
      }
    }
    double[] scores = judge.score(all);
    List<int[]> best = new ArrayList<>();
    for (int r = 0; r < requests; r++) {
      int highest = r * systems.size();
      for (int i = highest; i < (r + 1) * systems.size(); i++) {
        highest = scores[i] > scores[highest] ? i : highest;
      }
      best.add(all.get(highest).order());
    }
    return best;
  }
}
