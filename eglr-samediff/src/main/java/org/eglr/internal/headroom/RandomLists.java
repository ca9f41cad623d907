package org.eglr.internal.headroom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.internal.model.CounterRandom;

/**
 * Draws lists as a policy would that knows each candidate's chances alone (Plackett-Luce): the next
 * item is candidate i with a probability in proportion to the odds of its click.
 *
 * @param seed of the draws
 */
record RandomLists(long seed) {

  /** Keeps these random numbers apart from others of the same seed. */
  private static final long DRAWS = 0x5A3D;

  /**
   * The best of some lists drawn for each request.
   *
   * @param alone click probabilities of each request's candidates
   * @param first index of the first request among all, so that chunks draw different numbers
   */
  List<int[]> best(
      List<Request> requests, List<double[]> alone, int samples, int first, ListJudge judge) {
    List<ListJudge.Proposal> drawn = new ArrayList<>();
    for (int r = 0; r < requests.size(); r++) {
      for (int s = 0; s < samples; s++) {
        long stream = CounterRandom.stream(seed, DRAWS, first + r, s);
        int[] order = draw(alone.get(r), requests.get(r).length(), stream);
        drawn.add(new ListJudge.Proposal(r, order));
      }
    }
    double[] scores = judge.score(drawn);
    int[][] best = new int[requests.size()][];
    double[] highest = new double[requests.size()];
    for (int i = 0; i < scores.length; i++) {
      int r = drawn.get(i).request();
      if (best[r] == null || scores[i] > highest[r]) {
        best[r] = drawn.get(i).order();
        highest[r] = scores[i];
      }
    }
    return Arrays.asList(best);
  }

  /** Sorting by log odds plus Gumbel noise draws without replacement. */
  private static int[] draw(double[] alone, int length, long stream) {
    double[] keys = new double[alone.length];
    for (int i = 0; i < keys.length; i++) {
      double noise = -StrictMath.log(-StrictMath.log(CounterRandom.uniform(stream, i)));
      keys[i] = StrictMath.log(alone[i] / (1 - alone[i])) + noise;
    }
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -keys[i]))
        .limit(length)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
