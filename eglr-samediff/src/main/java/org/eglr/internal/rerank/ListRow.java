package org.eglr.internal.rerank;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.model.CounterRandom;

/**
 * A list that passes a graph.
 *
 * @param request user and pool
 * @param clicked whether each candidate was shown and clicked; null where nobody asks
 * @param logged whether only candidates that were shown can be chosen
 * @param sample the list's number among those of its request
 * @param stream of what is drawn for it; {@link #SERVED}: nothing is
 * @param dials values by name; usual ones where it has none
 * @param order what was chosen: [K]; null where it is to be made
 * @param weight of each choice; null: none
 * @param before log-probability of each choice when it was drawn; null where there is none
 * @param moves what is added to the model's activations, by name; nothing where there is none
 */
record ListRow(
    Request request,
    boolean[] clicked,
    boolean logged,
    int sample,
    long stream,
    Map<String, Double> dials,
    int[] order,
    double[] weight,
    double[] before,
    Map<String, double[]> moves) {

  static final long SERVED = Long.MIN_VALUE;

  /** A list to be served. */
  static ListRow served(Request request, Map<String, Double> dials) {
    return new ListRow(request, null, false, 0, SERVED, dials, null, null, null, Map.of());
  }

  /** A list of a log. */
  static ListRow of(ListSet lists, int list, boolean logged, int sample, long stream) {
    return new ListRow(
        lists.request(list),
        clicks(lists, list),
        logged,
        sample,
        stream,
        Map.of(),
        null,
        null,
        null,
        Map.of());
  }

  /** The items that were shown, in their order, as the whole pool. */
  ListRow ofShown() {
    int[] shown = IntStream.range(0, length()).toArray();
    return new ListRow(
        request.withCandidates(shown),
        Arrays.copyOf(clicked, shown.length),
        logged,
        sample,
        stream,
        dials,
        order,
        weight,
        before,
        moves);
  }

  static boolean[] clicks(ListSet lists, int list) {
    boolean[] clicked = new boolean[lists.pool(list)];
    for (int i = 0; i < lists.length(list); i++) {
      clicked[i] = lists.clicked(list, i);
    }
    return clicked;
  }

  ListRow withDials(Map<String, Double> values) {
    return new ListRow(
        request, clicked, logged, sample, stream, values, order, weight, before, moves);
  }

  /** The list that was written for it. */
  ListRow written(int[] items, double[] log) {
    return new ListRow(request, clicked, logged, sample, stream, dials, items, weight, log, moves);
  }

  /** The lists that were made for some, in order. */
  static List<ListRow> written(List<ListRow> lists, List<Made> made) {
    return IntStream.range(0, lists.size())
        .mapToObj(l -> lists.get(l).written(made.get(l).order(), made.get(l).log()))
        .toList();
  }

  ListRow weighed(double[] weights) {
    return new ListRow(
        request, clicked, logged, sample, stream, dials, order, weights, before, moves);
  }

  /** With moved activations, and something to draw from. */
  ListRow moved(Map<String, double[]> by, long drawn) {
    return new ListRow(request, clicked, logged, sample, drawn, dials, order, weight, before, by);
  }

  int length() {
    return request.length();
  }

  /** A stream of random numbers of its own. */
  long stream(String name, int k) {
    return CounterRandom.stream(stream, name.hashCode(), k);
  }
}
