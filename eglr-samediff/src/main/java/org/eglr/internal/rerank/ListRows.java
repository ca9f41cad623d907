package org.eglr.internal.rerank;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Weights;

/**
 * Lists as the inputs of a graph. A graph's further lists repeat the first ones and count nothing.
 */
final class ListRows {

  private final BatchGraph graph;
  private final List<ListRow> lists;
  private final int batch;
  private final int pool;

  ListRows(BatchGraph graph, List<ListRow> lists) {
    this.graph = graph;
    this.lists = lists;
    batch = graph.batch();
    pool = graph.pool();
  }

  private ListRow list(int b) {
    return lists.get(b % lists.size());
  }

  /**
   * Sets the graph's inputs.
   *
   * @param draws whether choices are drawn, rather than the most probable made
   * @param share of each list in the loss
   */
  void fill(Weights weights, boolean draws, double share) {
    features(weights);
    candidates("mask", (list, i) -> 1);
    candidates("available", (list, i) -> !list.logged() || i < list.length() ? 1 : 0);
    candidates("shown", (list, i) -> i < list.length() ? 1 : 0);
    candidates("clicks", (list, i) -> list.clicked() != null && list.clicked()[i] ? 1 : 0);
    for (int k = 0; k < graph.slots(); k++) {
      choice(k, draws);
    }
    perList("share", b -> b < lists.size() ? share : 0);
    perList("counted", b -> b < lists.size() ? 1 : 0);
    column("sample", b -> list(b).sample());
    graph
        .dials()
        .forEach(
            (name, usual) ->
                column("dial." + name, b -> list(b).dials().getOrDefault(name, usual)));
    graph.normals().forEach(this::normal);
    graph.activations().forEach(this::move);
  }

  /** Where each list has its activation moved to; lists of smaller pools have fewer numbers. */
  private void move(String name, long[] shape) {
    int each = each(shape);
    double[] by = new double[batch * each];
    for (int b = 0; b < batch; b++) {
      double[] own = list(b).moves().get(name);
      if (own != null) {
        System.arraycopy(own, 0, by, b * each, Math.min(own.length, each));
      }
    }
    graph.set(BatchGraph.moved(name), by, shape);
  }

  /** Each list's part of something of an activation's shape. */
  double[] of(int b, String name, double[] all) {
    int each = each(graph.activations().get(name));
    return Arrays.copyOfRange(all, b * each, (b + 1) * each);
  }

  private int each(long[] shape) {
    return (int) (Arrays.stream(shape).reduce(1, (x, y) -> x * y) / batch);
  }

  private void features(Weights weights) {
    FeatureRows features = graph.features();
    int row = pool * features.width();
    float[] x = new float[batch * row];
    for (int b = 0; b < batch; b++) {
      features.fill(list(b).request(), list(b).request().pool(), weights, x, b * row);
    }
    graph.set(FeatureRows.NAME, x, batch * (long) pool, features.width());
    if (graph.has("fixed")) {
      graph.set("fixed", x, batch * (long) pool, features.width());
    }
  }

  /** Adds the gradient of the features to the embedding rows that they are of. */
  void scatter(double[] gradient, RowGradients into) {
    FeatureRows features = graph.features();
    for (int b = 0; b < lists.size(); b++) {
      int offset = b * pool * features.width();
      features.scatter(
          lists.get(b).request(), lists.get(b).request().pool(), gradient, offset, into);
    }
  }

  private void choice(int k, boolean draws) {
    candidates(
        "chosen." + k,
        (list, i) ->
            list.order() != null && k < list.order().length && list.order()[k] == i ? 1 : 0);
    perList("place." + k, b -> k < list(b).length() ? 1 : 0);
    perList("weight." + k, b -> at(list(b).weight(), k));
    perList("before." + k, b -> at(list(b).before(), k));
    candidates("noise." + k, (list, i) -> draws ? gumbel(list.stream("choice", k), i) : 0);
  }

  private static double at(double[] values, int k) {
    return values != null && k < values.length ? values[k] : 0;
  }

  /** The largest of logits with such noise is a draw by their shares. */
  private static double gumbel(long stream, int i) {
    return -StrictMath.log(-StrictMath.log(CounterRandom.uniform(stream, i)));
  }

  private void normal(String name) {
    int width = graph.widthOf(name);
    float[] values = new float[batch * width];
    for (int b = 0; b < batch; b++) {
      if (list(b).stream() != ListRow.SERVED) {
        long stream = list(b).stream(name, 0);
        for (int i = 0; i < width; i++) {
          values[b * width + i] = (float) CounterRandom.normal(stream, i);
        }
      }
    }
    graph.set(name, values, batch, width);
  }

  private interface OfCandidate {
    double value(ListRow list, int candidate);
  }

  private void candidates(String name, OfCandidate of) {
    if (!graph.has(name)) {
      return;
    }
    float[] values = new float[batch * pool];
    for (int b = 0; b < batch; b++) {
      ListRow list = list(b);
      for (int i = 0; i < list.request().pool(); i++) {
        values[b * pool + i] = (float) of.value(list, i);
      }
    }
    graph.set(name, values, batch, pool);
  }

  private interface OfList {
    double value(int b);
  }

  private void perList(String name, OfList of) {
    if (graph.has(name)) {
      graph.set(name, values(of), batch);
    }
  }

  private void column(String name, OfList of) {
    if (graph.has(name)) {
      graph.set(name, values(of), batch, 1);
    }
  }

  private double[] values(OfList of) {
    double[] values = new double[batch];
    for (int b = 0; b < batch; b++) {
      values[b] = of.value(b);
    }
    return values;
  }

  /** Dials for a list while the model learns. */
  static Map<String, Double> drawn(List<String> dials, long stream) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String dial : dials) {
      values.put(dial, CounterRandom.uniform(CounterRandom.stream(stream, dial.hashCode()), 0));
    }
    return values;
  }
}
