package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.eglr.ListScore;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.rerank.ListGroup;
import org.eglr.train.RewardedList;

/** Lists as an evaluator sees them. */
final class Judged {

  private Judged() {}

  /**
   * One group a request, in order, of lists of a log.
   *
   * @param batch indices of the requests' lists
   * @param written the lists, request after request
   * @param samples lists of each request
   */
  static List<ListGroup> groups(
      Judge judge, ListSet lists, int[] batch, List<ListRow> written, int samples) {
    return groups(
        judge, written, samples, (r, order) -> lists.trueClickProbabilities(batch[r], order));
  }

  /** The same of requests that are served: nobody knows the truth, and nothing was clicked. */
  static List<ListGroup> served(Judge judge, List<ListRow> written) {
    return groups(judge, written, 1, (r, order) -> Optional.empty());
  }

  private static List<ListGroup> groups(
      Judge judge,
      List<ListRow> written,
      int samples,
      BiFunction<Integer, int[], Optional<double[]>> truth) {
    int count = written.size() / samples;
    List<Request> requests = new ArrayList<>();
    List<int[]> orders = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      Request request = written.get(r * samples).request();
      for (int s = 0; s < samples; s++) {
        requests.add(request);
        orders.add(written.get(r * samples + s).order());
      }
      requests.add(request);
      orders.add(IntStream.range(0, request.length()).toArray());
    }
    List<ListScore> scores = judge.score(requests, orders);
    List<ListGroup> groups = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      int own = r;
      List<RewardedList> rewarded = new ArrayList<>();
      for (int i = r * (samples + 1); i < (r + 1) * (samples + 1); i++) {
        int[] order = orders.get(i);
        rewarded.add(
            new RewardedList(requests.get(i), order, scores.get(i), () -> truth.apply(own, order)));
      }
      groups.add(
          new ListGroup(
              requests.get(r * (samples + 1)),
              List.copyOf(rewarded.subList(0, samples)),
              rewarded.get(samples),
              written.get(r * samples).clicked(),
              written.get(r * samples).dials()));
    }
    return groups;
  }
}
