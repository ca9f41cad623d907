package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eglr.Engine;
import org.eglr.internal.EnginePool;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.work.Parts;
import org.eglr.internal.work.Workers;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A model's graphs for some weights, made when they are first needed: for any number of threads,
 * each of which has one for itself while it computes.
 */
final class Graphs implements AutoCloseable {

  /** Lists of a graph: enough for few large operations, few enough to share out. */
  private static final int LISTS = 32;

  /** Where a list is many small operations one after another. */
  private static final int STEPPED_LISTS = 64;

  /** Where lists are only read, several of each request. */
  private static final int JUDGED_LISTS = 128;

  /** Candidates of a graph's lists. */
  private static final int CANDIDATES = 4096;

  /** Pairs of candidates: attention of the most heads there can be stays countable for ND4J. */
  private static final long PAIRS = Integer.MAX_VALUE / 64;

  final ModelSpec spec;
  final Weights weights;
  private final Calls calls = Calls.of(Engine.SAMEDIFF);
  private final Map<GraphShape, EnginePool<BatchGraph>> pools = new ConcurrentHashMap<>();
  private boolean closed;

  Graphs(ModelSpec spec, Weights weights) {
    this.spec = spec;
    this.weights = weights;
  }

  /** Says that the weights have changed. */
  void weightsChanged() {
    pools.values().forEach(EnginePool::weightsChanged);
  }

  /** Does something with each part of some lists, on all workers; results in order. */
  <T> List<T> each(List<ListRow> lists, int stage, Function<Use, T> work) {
    int pool = GraphShape.rounded(lists.stream().mapToInt(l -> l.request().pool()).max().orElse(1));
    int large = calls.size(Math.max(1, Math.min(lists(stage), CANDIDATES / pool)));
    int most = (int) Math.max(1, Math.min(large, PAIRS / ((long) pool * pool)));
    List<Parts.Part> parts = Parts.of(lists.size(), l -> 1, most);
    return calls
        .callers()
        .map(
            parts.size(),
            (worker, p) -> {
              List<ListRow> own = parts.get(p).of(lists);
              return use(shape(own, stage, GraphShape.rows(own.size(), most)), own, work);
            });
  }

  private int lists(int stage) {
    if (stage == GraphShape.JUDGING) {
      return JUDGED_LISTS;
    }
    return spec.scorer(stage) == null ? STEPPED_LISTS : LISTS;
  }

  private GraphShape shape(List<ListRow> lists, int stage, int rows) {
    int pool = lists.stream().mapToInt(l -> l.request().pool()).max().orElse(1);
    int slots = lists.stream().mapToInt(ListRow::length).max().orElse(1);
    return GraphShape.of(rows, pool, spec.scorer(stage) == null ? slots : 0, stage);
  }

  /** A graph and the lists that are to pass it. */
  record Use(BatchGraph graph, List<ListRow> lists, ListRows rows) {}

  private <T> T use(GraphShape shape, List<ListRow> lists, Function<Use, T> work) {
    return pools
        .computeIfAbsent(shape, this::pool)
        .use(graph -> work.apply(new Use(graph, lists, new ListRows(graph, lists))));
  }

  private EnginePool<BatchGraph> pool(GraphShape shape) {
    EnginePool<BatchGraph> pool =
        new EnginePool<>(
            weights,
            Workers.shared().size(),
            () -> {
              BatchGraph graph = new BatchGraph(spec, shape, DataType.FLOAT, false);
              graph.update(weights);
              return graph;
            });
    synchronized (this) {
      if (closed) { // who computes meanwhile keeps nothing
        pool.close();
      }
    }
    return pool;
  }

  /** Names of the model's dials. */
  List<String> dials() {
    int slots = spec.scoring() ? 0 : 2;
    try (BatchGraph graph =
        new BatchGraph(
            spec, new GraphShape(2, 4, slots, GraphShape.SERVING), DataType.FLOAT, true)) {
      return new ArrayList<>(graph.dials().keySet());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    pools.values().forEach(EnginePool::close);
  }
}
