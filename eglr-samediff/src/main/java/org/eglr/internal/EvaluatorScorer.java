package org.eglr.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.ItemVectors;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.internal.work.Parts;
import org.eglr.metrics.RankingMetrics;

/** Scores lists with the frozen evaluator, on all workers. */
public final class EvaluatorScorer implements AutoCloseable {

  /** Tokens per part: they pass the layers together, and should not leave the cache. */
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
  public void weightsChanged() {
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
   * @param candidates by this evaluator's features; lists of one request share them
   * @param order the list: indices into the pool
   */
  public record Candidate(CandidateVectors candidates, int[] order) {}

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

  /** A request's candidates by this evaluator's features. */
  public CandidateVectors candidates(Request request) {
    return new CandidateVectors(request, features::candidates);
  }

  /**
   * One opinion a request, in order.
   *
   * @param orders the lists: indices into the requests' pools
   */
  public List<Opinion> score(List<Request> requests, List<int[]> orders) {
    return score(
        IntStream.range(0, requests.size())
            .mapToObj(r -> new Candidate(candidates(requests.get(r)), orders.get(r)))
            .toList());
  }

  /**
   * One opinion a list, in order. Vectors that are not yet known are made of the lists' items
   * alone, and only while they are needed.
   */
  public List<Opinion> score(List<Candidate> lists) {
    int longest = lists.stream().mapToInt(list -> list.order().length).max().orElse(1);
    long floats = EvaluatorGraph.floatsPerToken(architecture.settings(), false, longest);
    int most = calls.size(PART, floats);
    List<Integer> byLength = new ArrayList<>();
    IntStream.range(0, lists.size()).forEach(byLength::add);
    byLength.sort(Comparator.comparingInt(l -> lists.get(l).order().length)); // less padding
    List<Candidate> sorted = byLength.stream().map(lists::get).toList();
    List<Parts.Part> parts =
        Parts.padded(sorted.size(), l -> 1 + sorted.get(l).order().length, most);
    List<Opinion> found = new ArrayList<>(lists.size());
    calls
        .callers()
        .map(parts.size(), (worker, p) -> part(worker, parts.get(p).of(sorted)))
        .forEach(found::addAll);
    Opinion[] opinions = new Opinion[lists.size()];
    for (int i = 0; i < opinions.length; i++) {
      opinions[byLength.get(i)] = found.get(i);
    }
    return List.of(opinions);
  }

  private List<Opinion> part(int worker, List<Candidate> lists) {
    int[] lengths = lists.stream().mapToInt(list -> list.order().length).toArray();
    ListBatch batch = ListBatch.unlabelled(lengths);
    ItemVectors items = new ItemVectors();
    int[] rows = new int[lists.size() * batch.length()];
    for (int b = 0; b < lists.size(); b++) {
      Candidate list = lists.get(b);
      for (int k = 0; k < lengths[b]; k++) {
        rows[b * batch.length() + k] = items.row(list.candidates(), list.order()[k]);
      }
    }
    EvaluatorEngine.Scores scores = engines.get(worker).score(batch, items, rows);
    List<Opinion> opinions = new ArrayList<>(lists.size());
    for (int b = 0; b < lists.size(); b++) {
      double[] click = new double[lengths[b]];
      for (int k = 0; k < click.length; k++) {
        click[k] = 1 / (1 + StrictMath.exp(-scores.click()[b * batch.length() + k]));
      }
      opinions.add(new Opinion(click, StrictMath.exp(scores.value()[b])));
    }
    return opinions;
  }
}
