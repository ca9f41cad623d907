package org.eglr.internal.learn;

import java.util.List;
import org.eglr.ListScore;
import org.eglr.data.Request;
import org.eglr.internal.ListWriter;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;

/**
 * Has the generator write lists with its present weights, and the frozen evaluator score them,
 * wherever.
 */
public interface Rollouts {

  /**
   * A group of lists for each request of a batch.
   *
   * @param group lists per request
   * @param step the run's step, 1-based: with the seed and the place in the batch it decides what
   *     is drawn
   */
  Written write(List<Request> requests, int group, int step);

  /**
   * Lists and their scores.
   *
   * @param lists by request: [R]
   * @param scores group after group: [R * G]
   */
  record Written(List<ListWriter.Written> lists, List<ListScore> scores) {}

  /**
   * How a list of a batch is drawn.
   *
   * @param list its number in the batch: request * group + place in the group
   */
  static Chooser chooser(long seed, int step, int list) {
    return Chooser.sampling(CounterRandom.stream(seed, step - 1, list));
  }
}
