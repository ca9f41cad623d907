package org.eglr.spark;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.internal.learn.BatchLists;

/**
 * The lists of a batch, on the driver while a step lasts.
 *
 * @param numbers theirs among the training lists
 */
record FetchedLists(List<PackedList> lists, int[] numbers) implements BatchLists {

  @Override
  public int size() {
    return lists.size();
  }

  @Override
  public int length(int list) {
    return request(list).length();
  }

  @Override
  public Request request(int list) {
    return lists.get(list).request();
  }

  @Override
  public Request shown(int list) {
    return request(list).withCandidates(IntStream.range(0, length(list)).toArray());
  }

  @Override
  public boolean clicked(int list, int position) {
    return lists.get(list).clicks()[position];
  }

  @Override
  public float utility(int list) {
    return lists.get(list).utility();
  }

  /** Nothing of the truth is in a data set's rows. */
  @Override
  public Optional<double[]> trueClickProbabilities(int list, int[] order) {
    return Optional.empty();
  }

  @Override
  public int number(int list) {
    return numbers[list];
  }
}
