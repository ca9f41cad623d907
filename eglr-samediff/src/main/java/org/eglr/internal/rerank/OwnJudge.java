package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.ListScore;
import org.eglr.data.Request;
import org.eglr.internal.math.InOrder;
import org.eglr.internal.model.Weights;

/**
 * A model's own evaluator, which nothing changes while it is asked: many lists a call of the graph.
 * Its expected utility of a list is the number of clicks that it expects.
 */
final class OwnJudge implements Judge {

  private final Graphs graphs;

  /**
   * @param weights that may change but for the evaluator's and the embeddings
   */
  OwnJudge(ModelSpec spec, Weights weights) {
    graphs = new Graphs(spec, weights);
  }

  @Override
  public List<ListScore> score(List<Request> requests, List<int[]> orders) {
    List<ListRow> lists =
        IntStream.range(0, orders.size())
            .mapToObj(l -> ListRow.served(list(requests.get(l), orders.get(l)), Map.of()))
            .toList();
    List<ListScore> scores = new ArrayList<>(lists.size());
    graphs.each(lists, GraphShape.JUDGING, this::scores).forEach(scores::addAll);
    return scores;
  }

  /** A list's items as a pool in its order. */
  private static Request list(Request request, int[] order) {
    Request asked = request.length() == order.length ? request : request.withLength(order.length);
    return asked.withCandidates(order);
  }

  private List<ListScore> scores(Graphs.Use use) {
    use.rows().fill(graphs.weights, false, 0);
    double[] clicks = use.graph().forward(BatchGraph.CLICK).get(BatchGraph.CLICK);
    int pool = use.graph().pool();
    return IntStream.range(0, use.lists().size())
        .mapToObj(b -> Arrays.copyOfRange(clicks, b * pool, b * pool + use.lists().get(b).length()))
        .map(own -> new ListScore(own, InOrder.sum(own)))
        .toList();
  }

  @Override
  public void close() {
    graphs.close();
  }
}
