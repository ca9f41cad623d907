package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.Evaluator;
import org.eglr.data.Request;
import org.eglr.internal.model.CounterRandom;
import org.eglr.rerank.Adaptation;
import org.eglr.rerank.AdaptiveModel;
import org.eglr.rerank.Credit;
import org.eglr.rerank.ListGroup;

/**
 * Serves the lists of an {@link AdaptiveModel}: of the most probable list and those drawn from
 * moved activations, the one that the evaluator likes best.
 */
final class Adapter {

  private static final long DRAWS = 0x61646170; // no other stream of the seed begins with it
  private static final double LEAST = 1e-5;

  private final Graphs graphs;
  private final ListMaker maker;
  private final Adaptation adaptation;
  private final Credit credit;
  private final Evaluator evaluator;

  Adapter(Graphs graphs, AdaptiveModel model, Evaluator evaluator) {
    this.graphs = graphs;
    this.evaluator = evaluator;
    maker = new ListMaker(graphs);
    adaptation = model.adaptation();
    credit = model.stages().get(0).credit();
  }

  /** A list with what it is worth, and the row of its request with the activations it came from. */
  private record Best(ListRow row, Made made, ListGroup group, double worth) {}

  List<Made> make(List<ListRow> open) {
    List<Best> best = judged(open, maker.make(open, false, true));
    List<Map<String, double[]>> steps = null;
    for (int s = 0; s < adaptation.steps().size(); s++) {
      if (steps == null || adaptation.search() == Adaptation.Search.CASCADE) {
        steps = steps(best);
        open = best.stream().map(Best::row).toList();
      }
      List<ListRow> moved = new ArrayList<>();
      for (int l = 0; l < open.size(); l++) {
        ListRow row = open.get(l);
        moved.add(
            row.moved(
                sum(row.moves(), steps.get(l), adaptation.steps().get(s)),
                stream(row.request(), s)));
      }
      List<Best> other = judged(moved, maker.make(moved, true, true));
      for (int l = 0; l < open.size(); l++) {
        if (other.get(l).worth > best.get(l).worth) {
          best.set(l, other.get(l));
        }
      }
    }
    return best.stream().map(Best::made).toList();
  }

  private List<Best> judged(List<ListRow> rows, List<Made> made) {
    List<ListGroup> groups = Judged.served(evaluator::score, ListRow.written(rows, made));
    List<Best> all = new ArrayList<>();
    for (int l = 0; l < rows.size(); l++) {
      ListGroup group = groups.get(l);
      double worth = credit.worth(group, group.lists().get(0));
      all.add(new Best(rows.get(l), made.get(l), group, worth));
    }
    return all;
  }

  /** A step of 1 of each list's activations, against the gradient of the first stage's loss. */
  private List<Map<String, double[]>> steps(List<Best> best) {
    double[][][] weights = credit.of(best.stream().map(Best::group).toList());
    List<ListRow> written = new ArrayList<>();
    for (int l = 0; l < best.size(); l++) {
      Made made = best.get(l).made();
      written.add(best.get(l).row().written(made.order(), made.log()).weighed(weights[l][0]));
    }
    List<Map<String, double[]>> steps = new ArrayList<>();
    graphs.each(written, 0, this::steps).forEach(steps::addAll);
    return steps;
  }

  private List<Map<String, double[]>> steps(Graphs.Use use) {
    use.rows().fill(graphs.weights, false, 1);
    BatchGraph graph = use.graph();
    Set<String> names = graph.activations().keySet();
    Set<String> wanted =
        names.stream().map(BatchGraph::moved).collect(Collectors.toUnmodifiableSet());
    String[] outputs = names.stream().map(BatchGraph::present).toArray(String[]::new);
    var found = graph.backward(wanted, outputs);
    return IntStream.range(0, use.lists().size())
        .mapToObj(
            b -> {
              Map<String, double[]> own = new LinkedHashMap<>();
              for (String name : names) {
                double[] slope =
                    use.rows().of(b, name, found.gradients().get(BatchGraph.moved(name)));
                double[] now =
                    use.rows().of(b, name, found.outputs().get(BatchGraph.present(name)));
                double factor = -adaptation.rate() * norm(now) / (norm(slope) + LEAST);
                own.put(name, Arrays.stream(slope).map(g -> g * factor).toArray());
              }
              return own;
            })
        .toList();
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static Map<String, double[]> sum(
      Map<String, double[]> from, Map<String, double[]> step, double factor) {
    Map<String, double[]> all = new LinkedHashMap<>();
    step.forEach(
        (name, by) -> {
          double[] before = from.get(name);
          double[] sum = new double[by.length];
          for (int i = 0; i < sum.length; i++) {
            sum[i] = factor * by[i] + (before != null && i < before.length ? before[i] : 0);
          }
          all.put(name, sum);
        });
    return all;
  }

  /** The request decides what is drawn for it, not who is asked for beside it. */
  private long stream(Request request, int step) {
    return CounterRandom.stream(
        graphs.spec.seed(),
        DRAWS,
        step,
        Arrays.hashCode(request.itemIds()),
        Arrays.hashCode(request.itemValues()));
  }
}
