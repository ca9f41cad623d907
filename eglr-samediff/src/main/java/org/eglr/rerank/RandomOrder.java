package org.eglr.rerank;

import java.util.Arrays;
import java.util.List;
import org.eglr.data.Request;
import org.eglr.internal.model.CounterRandom;

/**
 * Orders at random: what no order is worth. The seed, the user and the items decide, not the pool's
 * order, so that the same request gets the same list each time.
 *
 * @param seed of the draws
 */
public record RandomOrder(long seed) implements SortingReranker {

  /** Keeps these random numbers apart from others of the same seed. */
  private static final long DRAWS = 0x4A2D;

  @Override
  public String name() {
    return "random";
  }

  @Override
  public List<double[]> scores(List<Request> requests) {
    return requests.stream().map(this::scores).toList();
  }

  private double[] scores(Request request) {
    long items = 0;
    for (String label : request.labels()) {
      items += label.hashCode(); // in any order
    }
    long user = 31L * Arrays.hashCode(request.userIds()) + Arrays.hashCode(request.userValues());
    long stream = CounterRandom.stream(seed, DRAWS, user, items);
    double[] scores = new double[request.pool()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = CounterRandom.uniform(stream, request.labels()[i].hashCode());
    }
    return scores;
  }
}
