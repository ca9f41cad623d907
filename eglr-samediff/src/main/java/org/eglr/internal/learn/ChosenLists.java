package org.eglr.internal.learn;

import java.util.Optional;
import org.eglr.data.ListSet;
import org.eglr.data.Request;

/** Some lists of a set in this JVM. */
record ChosenLists(ListSet lists, int[] chosen) implements BatchLists {

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public int length(int list) {
    return lists.length(chosen[list]);
  }

  @Override
  public Request request(int list) {
    return lists.request(chosen[list]);
  }

  @Override
  public Request shown(int list) {
    return lists.shown(chosen[list]);
  }

  @Override
  public boolean clicked(int list, int position) {
    return lists.clicked(chosen[list], position);
  }

  @Override
  public float utility(int list) {
    return lists.utility(chosen[list]);
  }

  @Override
  public Optional<double[]> trueClickProbabilities(int list, int[] order) {
    return lists.trueClickProbabilities(chosen[list], order);
  }

  @Override
  public int number(int list) {
    return chosen[list];
  }
}
