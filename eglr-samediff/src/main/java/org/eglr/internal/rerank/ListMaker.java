package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.decode.Decision;
import org.eglr.decode.Trace;

/** Makes lists with a model's graphs. */
final class ListMaker {

  private static final double[] NONE = {};
  private static final Trace NO_TRACE = new Trace(List.of());

  private final Graphs graphs;

  ListMaker(Graphs graphs) {
    this.graphs = graphs;
  }

  /**
   * One list each, in order.
   *
   * @param draws whether choices are drawn, rather than the most probable made
   * @param traced whether it is told how
   */
  List<Made> make(List<ListRow> lists, boolean draws, boolean traced) {
    List<Made> made = new ArrayList<>(lists.size());
    graphs.each(lists, GraphShape.SERVING, use -> part(use, draws, traced)).forEach(made::addAll);
    return made;
  }

  private List<Made> part(Graphs.Use use, boolean draws, boolean traced) {
    use.rows().fill(graphs.weights, draws, 0);
    if (graphs.spec.scoring()) {
      double[] scores = use.graph().forward(BatchGraph.SCORES).get(BatchGraph.SCORES);
      return IntStream.range(0, use.lists().size()).mapToObj(b -> sorted(use, b, scores)).toList();
    }
    boolean reasons = graphs.spec.reasoning() != null && graphs.spec.reasoning().budget() > 0;
    List<String> outputs = new ArrayList<>(List.of(BatchGraph.ITEMS, BatchGraph.LOG));
    if (traced) {
      outputs.addAll(List.of(BatchGraph.PROBABILITY, BatchGraph.ENTROPY));
      if (reasons) {
        outputs.addAll(List.of(BatchGraph.GATE, BatchGraph.ATTENTION));
      }
    }
    Map<String, double[]> found = use.graph().forward(outputs.toArray(String[]::new));
    return IntStream.range(0, use.lists().size())
        .mapToObj(b -> written(use, b, found, traced))
        .toList();
  }

  /** The candidates with the highest scores, the best first; of equals the first. */
  private static Made sorted(Graphs.Use use, int b, double[] scores) {
    ListRow list = use.lists().get(b);
    int from = b * use.graph().pool();
    int[] order =
        IntStream.range(0, list.request().pool())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[from + i]))
            .limit(list.length())
            .mapToInt(Integer::intValue)
            .toArray();
    return new Made(order, NONE, NO_TRACE);
  }

  private Made written(Graphs.Use use, int b, Map<String, double[]> found, boolean traced) {
    int length = use.lists().get(b).length();
    int batch = use.graph().batch();
    int[] order = new int[length];
    double[] log = new double[length];
    for (int k = 0; k < length; k++) {
      order[k] = (int) found.get(BatchGraph.ITEMS)[k * batch + b];
      log[k] = found.get(BatchGraph.LOG)[k * batch + b];
    }
    return new Made(order, log, traced ? trace(use, b, order, found) : NO_TRACE);
  }

  private Trace trace(Graphs.Use use, int b, int[] order, Map<String, double[]> found) {
    int batch = use.graph().batch();
    int pool = use.graph().pool();
    int own = use.lists().get(b).request().pool();
    int tokens = found.containsKey(BatchGraph.GATE) ? graphs.spec.reasoning().budget() : 0;
    List<Decision> decisions = new ArrayList<>();
    for (int k = 0; k < order.length; k++) {
      int steps = 0;
      while (steps < tokens && found.get(BatchGraph.GATE)[(k * tokens + steps) * batch + b] > 0.5) {
        steps++;
      }
      double[] entropy = new double[steps + 1];
      float[][] attention = new float[steps][];
      for (int m = 0; m <= steps; m++) {
        entropy[m] = Math.max(0, found.get(BatchGraph.ENTROPY)[(k * (tokens + 1) + m) * batch + b]);
        if (m < steps) {
          int at = ((k * tokens + m) * batch + b) * pool;
          attention[m] = floats(found.get(BatchGraph.ATTENTION), at, own);
        }
      }
      float[] probability = floats(found.get(BatchGraph.PROBABILITY), (k * batch + b) * pool, own);
      decisions.add(new Decision(k, order[k], own - k, entropy, attention, probability));
    }
    return new Trace(decisions);
  }

  private static float[] floats(double[] values, int from, int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) values[from + i];
    }
    return floats;
  }
}
