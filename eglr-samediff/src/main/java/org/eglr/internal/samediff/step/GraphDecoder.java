package org.eglr.internal.samediff.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.DecisionGate;
import org.eglr.internal.model.DecodingEngine;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.samediff.device.DeviceEngine;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.internal.samediff.device.ItemGraph;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes lists in batches on any ND4J backend. Every step appends one token to every open list: a
 * reasoning token here, an item there, so that no list waits for another. Items are chosen where
 * the scores are: what a step copies to the Java side are a few numbers a list, and the candidates'
 * probabilities where a list is watched. Reasoning tokens stay where they are: the graph that
 * replays a list computes them anew. Not thread-safe.
 */
public final class GraphDecoder implements DecodingEngine, DeviceEngine {

  /** Floats that the candidates and caches of a batch may take on a CPU, and anywhere. */
  private static final long CPU_FLOATS = 1L << 28;

  private static final long MOST_FLOATS = 1L << 30;

  /** A batch may take this part of a card's free memory; caches are copied when lists end. */
  private static final long DEVICE_PART = 16;

  private final int width;
  private final int limit;
  private final Reasoning reasoning;
  private final DecisionGate gate;
  private final StepGraph graph;
  private final ItemGraph items; // null: vectors come with the tasks
  private final boolean ownFeatures;
  private final LockstepBatch batch;
  private final long mostFloats; // larger batches are cut

  /**
   * Writes lists of candidates whose vectors come with the tasks.
   *
   * @param generator the generator's weights; their present values are taken over
   * @param limit most lists in a batch; at least 1
   */
  public GraphDecoder(
      Architecture architecture, Weights generator, Reasoning reasoning, int limit) {
    this(architecture, generator, reasoning, requirePositive(limit), null, false);
  }

  /**
   * Makes the candidates' vectors itself, of the tasks' requests.
   *
   * @param features the feature extractor's weights; only where they are the generator's own are
   *     they taken over anew
   */
  public GraphDecoder(
      Architecture architecture,
      Weights features,
      Weights generator,
      Reasoning reasoning,
      int limit) {
    this(
        architecture,
        generator,
        reasoning,
        requirePositive(limit),
        new ItemGraph(architecture, features),
        features == generator);
  }

  private GraphDecoder(
      Architecture architecture,
      Weights generator,
      Reasoning reasoning,
      int limit,
      ItemGraph items,
      boolean ownFeatures) {
    this.width = architecture.settings().width();
    this.limit = limit;
    this.reasoning = reasoning;
    gate = new DecisionGate(reasoning);
    this.items = items;
    this.ownFeatures = ownFeatures;
    graph = new StepGraph(architecture, generator, reasoning);
    batch = new LockstepBatch(graph, items, width);
    mostFloats =
        Backend.onHost()
            ? CPU_FLOATS
            : Math.min(MOST_FLOATS, Gpu.memory() / DEVICE_PART / Float.BYTES);
  }

  private static int requirePositive(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a batch limit of " + limit + ": at least 1 is needed");
    }
    return limit;
  }

  @Override
  public void update(Weights generator) {
    graph.update(generator);
    if (ownFeatures) {
      items.update(generator);
    }
  }

  @Override
  public void update(DeviceWeights generator) {
    graph.update(generator);
    if (ownFeatures) {
      items.update(generator);
    }
  }

  @Override
  public void close() {
    batch.close();
    graph.close();
    if (items != null) {
      items.close();
    }
  }

  @Override
  public List<Trajectory> decode(List<ListTask> tasks) {
    Trajectory[] results = new Trajectory[tasks.size()];
    // lists of like size together: less padding
    int[] order =
        IntStream.range(0, results.length)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer i) -> tasks.get(i).pool())
                    .thenComparing(i -> tasks.get(i).length()))
            .mapToInt(i -> i)
            .toArray();
    for (int from = 0; from < order.length; ) {
      int to = end(tasks, order, from);
      int[] part = Arrays.copyOfRange(order, from, to);
      List<LockstepList> lists = write(Arrays.stream(part).mapToObj(tasks::get).toList());
      for (int i = 0; i < part.length; i++) {
        results[part[i]] = lists.get(i).trajectory();
      }
      from = to;
    }
    return List.of(results);
  }

  /** Where the batch that begins at {@code from} ends: as many lists as are allowed and fit. */
  private int end(List<ListTask> tasks, int[] order, int from) {
    int most = 0;
    int pool = 0;
    int to = from;
    while (to < order.length && to - from < limit) {
      most = Math.max(most, tokens(tasks.get(order[to])));
      pool = Math.max(pool, tasks.get(order[to]).pool());
      if (to > from && LockstepBatch.floats(to + 1 - from, pool, most, width) > mostFloats) {
        break;
      }
      to++;
    }
    return to;
  }

  private int tokens(ListTask task) {
    return task.length() * (1 + reasoning.budget());
  }

  private List<LockstepList> write(List<ListTask> tasks) {
    batch.start(tasks, tasks.stream().mapToInt(this::tokens).max().orElseThrow());
    List<LockstepList> all =
        tasks.stream().map(t -> new LockstepList(t, gate.identity(t.candidates()))).toList();
    List<LockstepList> open = all;
    while (true) {
      List<LockstepList> present = open;
      graph.iteration(
          () -> {
            step(present);
            return null;
          });
      int[] unfinished =
          IntStream.range(0, open.size()).filter(b -> !present.get(b).finished()).toArray();
      if (unfinished.length == 0) {
        return all;
      }
      if (LockstepBatch.places(unfinished.length) < batch.size()) {
        batch.keep(unfinished);
        open = Arrays.stream(unfinished).mapToObj(open::get).toList();
      }
    }
  }

  private void step(List<LockstepList> lists) {
    for (int b = 0; b < lists.size(); b++) {
      if (!lists.get(b).finished()) {
        lists.get(b).ask(batch.controls(), b);
      }
    }
    StepGraph.Scored scored = batch.step();
    HostRows probability = new HostRows(scored.probability());
    HostRows logits = new HostRows(scored.logits());
    List<Integer> reasoners = new ArrayList<>();
    for (int b = 0; b < lists.size(); b++) {
      LockstepList list = lists.get(b);
      if (list.finished()) {
        continue;
      }
      double nats = scored.outcome().entropy(b);
      if (list.hesitates(nats, gate, logits, b)) {
        reasoners.add(b);
      } else {
        choose(list, b, scored.outcome(), probability, logits);
      }
    }
    if (!reasoners.isEmpty()) {
      reason(lists, reasoners, scored);
    }
  }

  private void choose(
      LockstepList list, int b, StepOutcome outcome, HostRows probability, HostRows logits) {
    StepOutcome.Choice choice = list.asked(outcome, b);
    int pool = list.task().pool();
    boolean watched = list.task().watcher() != null;
    boolean available = list.available(choice.item());
    float[] shares = watched || !available ? probability.row(b, pool) : null;
    if (!available) { // rounding led to an item that is gone, or a given order is wrong
      double sharper = reasoning.baseTemperature() / reasoning.recommendingTemperature();
      choice = list.choose(shares, logits.row(b, pool), sharper);
    }
    list.take(choice, shares);
    batch.take(b, choice.item());
  }

  private void reason(List<LockstepList> lists, List<Integer> reasoners, StepGraph.Scored scored) {
    INDArray next = scored.query();
    HostRows weights = null;
    if (reasoning.token() == ReasoningToken.CONTEXT_AWARE) {
      StepGraph.Reasoned reasoned = graph.reason(scored, batch.z());
      next = reasoned.token();
      weights = new HostRows(reasoned.weights());
    }
    batch.reasoningTokens(next, scored.query());
    for (int b : reasoners) {
      LockstepList list = lists.get(b);
      boolean shown = weights != null && list.task().watcher() != null;
      list.reason(shown ? weights.row(b, list.task().pool()) : null);
      batch.reason(b);
    }
  }
}
