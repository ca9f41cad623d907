package org.eglr.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.EvaluatorEngine;
import org.eglr.internal.nn.EvaluatorGraph;
import org.eglr.internal.nn.ListBatch;
import org.eglr.internal.nn.Weights;
import org.eglr.metrics.RankingMetrics;

/** Scores lists with the frozen evaluator, on all workers. */
public final class EvaluatorScorer implements AutoCloseable {

  /** Items per part: they pass the layers together, and should not leave the cache. */
  private static final int PART = 640;

  private final int width;
  private final Architecture architecture;
  private final Weights weights;
  private final Calls calls;
  private final PerWorker<EvaluatorEngine> engines;
  private FeatureMlp features;

  public EvaluatorScorer(Engine engine, Architecture architecture, Weights weights) {
    this.architecture = architecture;
    this.weights = weights;
    calls = Calls.of(engine);
    width = architecture.settings().width();
    features = new FeatureMlp(architecture, weights);
    engines = Engines.evaluators(engine, architecture, weights, false);
  }

  /** Takes over the weights' present values. */
  public void update() {
    engines.weightsChanged();
    features = new FeatureMlp(architecture, weights);
  }

  @Override
  public void close() {
    engines.close();
  }

  /**
   * A list to be scored.
   *
   * @param z vectors of a pool's candidates, row-major [pool, d]
   * @param order the list: indices into the pool
   */
  public record Candidate(float[] z, int[] order) {}

  /**
   * What the evaluator thinks of a list.
   *
   * @param click probability at each position
   * @param value expected utility: the odds of the listwise head (eq. 16)
   */
  public record Opinion(double[] click, double value) {

    /** DCG of the click probabilities (eq. 18). */
    public double dcg() {
      return RankingMetrics.dcg(click);
    }
  }

  /** The vectors of a request's candidates, row-major [pool, d]. */
  public float[] candidates(Request request) {
    return features.candidates(request);
  }

  /** One opinion a list, in order. */
  public List<Opinion> score(List<Candidate> lists) {
    return score(
        lists.size(),
        list -> lists.get(list).order().length,
        (list, items, rows, at) -> {
          Candidate candidate = lists.get(list);
          for (int k = 0; k < candidate.order().length; k++) {
            rows[at + k] = items.row(candidate.z(), candidate.order()[k]);
          }
        });
  }

  /**
   * One opinion a request, in order. Candidate vectors are made of the lists' items alone, and only
   * while they are needed.
   *
   * @param orders the lists: indices into the requests' pools
   */
  public List<Opinion> score(List<Request> requests, List<int[]> orders) {
    return score(
        requests.size(),
        list -> orders.get(list).length,
        (list, items, rows, at) -> {
          float[] z = features.candidates(requests.get(list), orders.get(list));
          for (int k = 0; k < orders.get(list).length; k++) {
            rows[at + k] = items.row(z, k);
          }
        });
  }

  /** Writes which rows of the items a list has, the first at rows[at]. */
  private interface Items {
    void write(int list, ItemVectors items, int[] rows, int at);
  }

  private List<Opinion> score(int lists, IntUnaryOperator length, Items items) {
    int longest = IntStream.range(0, lists).map(length).max().orElse(1);
    long floats = EvaluatorGraph.floatsPerToken(architecture.settings(), false, longest);
    List<Parts.Part> parts = Parts.of(lists, length::applyAsInt, calls.size(PART, floats));
    List<Opinion> opinions = new ArrayList<>(lists);
    calls
        .callers()
        .map(parts.size(), (worker, part) -> score(worker, parts.get(part), length, items))
        .forEach(opinions::addAll);
    return opinions;
  }

  private List<Opinion> score(int worker, Parts.Part part, IntUnaryOperator length, Items items) {
    int[] lengths = IntStream.range(part.from(), part.to()).map(length).toArray();
    ListBatch batch = ListBatch.unlabelled(lengths);
    ItemVectors vectors = new ItemVectors(width);
    int[] rows = new int[part.size() * batch.length()];
    for (int b = 0; b < part.size(); b++) {
      items.write(part.from() + b, vectors, rows, b * batch.length());
    }
    EvaluatorEngine.Scores scores = engines.get(worker).score(batch, vectors.all(), rows);
    List<Opinion> opinions = new ArrayList<>(part.size());
    for (int b = 0; b < part.size(); b++) {
      double[] click = new double[lengths[b]];
      for (int k = 0; k < click.length; k++) {
        click[k] = 1 / (1 + Math.exp(-scores.click()[b * batch.length() + k]));
      }
      opinions.add(new Opinion(click, Math.exp(scores.value()[b])));
    }
    return opinions;
  }
}
