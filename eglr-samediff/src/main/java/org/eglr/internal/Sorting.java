package org.eglr.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.ListScore;
import org.eglr.data.Request;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.CounterRandom;

/** Orders candidates by what an evaluator thinks of each. */
public final class Sorting {

  /** Keeps these random numbers apart from others of the same seed. */
  private static final long POOL_TIES = 0x9001;

  private Sorting() {}

  /**
   * Sorts by the click probability of each candidate as a list of one; equals stay in the pool's
   * order.
   */
  public static List<int[]> alone(List<Request> requests, EvaluatorScorer scorer) {
    List<double[]> clicks = aloneProbabilities(requests, scorer);
    return IntStream.range(0, requests.size())
        .mapToObj(r -> first(requests.get(r).length(), clicks.get(r), new double[0]))
        .toList();
  }

  /** The click probability of each candidate as a list of one. */
  public static List<double[]> aloneProbabilities(List<Request> requests, EvaluatorScorer scorer) {
    List<EvaluatorScorer.Candidate> single = new ArrayList<>();
    for (Request request : requests) {
      CandidateVectors candidates = scorer.candidates(request);
      for (int i = 0; i < request.pool(); i++) {
        single.add(new EvaluatorScorer.Candidate(candidates, new int[] {i}));
      }
    }
    List<ListScore> scores = scorer.score(single);
    List<double[]> clicks = new ArrayList<>();
    int next = 0;
    for (Request request : requests) {
      double[] own = new double[request.pool()];
      for (int i = 0; i < own.length; i++) {
        own[i] = scores.get(next++).clickProbabilities()[0];
      }
      clicks.add(own);
    }
    return clicks;
  }

  /**
   * Sorts by the click probabilities of the pool as one list; equals as a shuffle by seed and the
   * request's index says.
   */
  public static List<int[]> asPool(List<Request> requests, EvaluatorScorer scorer, long seed) {
    List<int[]> pools = requests.stream().map(r -> IntStream.range(0, r.pool()).toArray()).toList();
    List<ListScore> scores = scorer.score(requests, pools);
    return IntStream.range(0, requests.size())
        .mapToObj(
            r -> {
              long stream = CounterRandom.stream(seed, POOL_TIES, r);
              double[] ties =
                  IntStream.of(pools.get(r))
                      .mapToDouble(i -> CounterRandom.uniform(stream, i))
                      .toArray();
              return first(requests.get(r).length(), scores.get(r).clickProbabilities(), ties);
            })
        .toList();
  }

  /** The candidates with the highest scores, the best first; equals by index. */
  public static int[] best(int count, double[] scores) {
    return first(count, scores, new double[0]);
  }

  /**
   * The candidates with the highest scores, the best first.
   *
   * @param ties orders equal scores; empty: by index
   */
  private static int[] first(int count, double[] scores, double[] ties) {
    Comparator<Integer> best = Comparator.comparingDouble(i -> -scores[i]);
    Comparator<Integer> order = ties.length == 0 ? best : best.thenComparingDouble(i -> ties[i]);
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(order)
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
