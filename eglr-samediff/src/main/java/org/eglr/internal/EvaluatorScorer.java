package org.eglr.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.ListScore;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.ItemVectors;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.ListItems;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.internal.work.Parts;

/**
 * Scores lists with the frozen evaluator, on all workers, for any number of threads; of several
 * members, each by itself, and then by what they say together.
 */
public final class EvaluatorScorer implements AutoCloseable {

  /** Tokens per part: they pass the layers together, and should not leave the cache. */
  private static final int PART = 640;

  private final Architecture architecture;
  private final Weights weights;
  private final Calls calls;
  private final EnginePool<EvaluatorEngine> engines;
  private final List<EvaluatorScorer> others; // members after the first
  private FeatureMlp features;

  /**
   * @param weights of all members
   */
  public EvaluatorScorer(Engine engine, Architecture architecture, Weights weights) {
    this.architecture = architecture.member(0);
    this.weights = weights.member(0);
    calls = Calls.of(engine);
    features = new FeatureMlp(this.architecture, this.weights);
    engines = Engines.evaluators(engine, this.architecture, this.weights, false);
    others =
        IntStream.range(1, architecture.members())
            .mapToObj(m -> new EvaluatorScorer(engine, architecture.member(m), weights.member(m)))
            .toList();
  }

  /** Evaluators that judge together. */
  public int members() {
    return 1 + others.size();
  }

  /** Takes over the weights' present values. */
  public void weightsChanged() {
    engines.weightsChanged();
    features = new FeatureMlp(architecture, weights);
    others.forEach(EvaluatorScorer::weightsChanged);
  }

  @Override
  public void close() {
    engines.close();
    others.forEach(EvaluatorScorer::close);
  }

  /**
   * A list to be scored.
   *
   * @param candidates by this evaluator's features, of several members by the first's; lists of one
   *     request share them
   * @param order the list: indices into the pool
   */
  public record Candidate(CandidateVectors candidates, int[] order) {}

  /** A request's candidates by this evaluator's features. */
  public CandidateVectors candidates(Request request) {
    return new CandidateVectors(request, features::candidates);
  }

  /**
   * One score a request, in order.
   *
   * @param orders the lists: indices into the requests' pools
   */
  public List<ListScore> score(List<Request> requests, List<int[]> orders) {
    return score(
        IntStream.range(0, requests.size())
            .mapToObj(r -> new Candidate(candidates(requests.get(r)), orders.get(r)))
            .toList());
  }

  /**
   * The click probabilities of lists made of the pools of a set's lists.
   *
   * @param of the index, in the set, of the list whose user and pool are meant
   * @param orders indices into the pool, one order for each of {@code of}
   */
  public List<double[]> clickProbabilities(ListSet lists, List<Integer> of, List<int[]> orders) {
    Map<Integer, CandidateVectors> pools = new HashMap<>(); // features once a pool
    return score(
            IntStream.range(0, of.size())
                .mapToObj(
                    i ->
                        new Candidate(
                            pools.computeIfAbsent(
                                of.get(i), list -> candidates(lists.request(list))),
                            orders.get(i)))
                .toList())
        .stream()
        .map(ListScore::clickProbabilities)
        .toList();
  }

  /** One score a list of a chunk, as they were shown. */
  public List<ListScore> shown(ListSet lists, Parts.Part chunk) {
    List<Request> requests = ListChunks.requests(lists, chunk);
    return score(
        requests, requests.stream().map(r -> IntStream.range(0, r.length()).toArray()).toList());
  }

  /**
   * One score a list, in order. Vectors that are not yet known are made of the lists' items alone,
   * and only while they are needed.
   */
  public List<ListScore> score(List<Candidate> lists) {
    List<ListScore> first = scoreAlone(lists);
    if (others.isEmpty()) {
      return first;
    }
    List<List<ListScore>> all = new ArrayList<>(List.of(first));
    for (EvaluatorScorer other : others) {
      Map<CandidateVectors, CandidateVectors> own = new IdentityHashMap<>();
      all.add(
          other.scoreAlone(
              lists.stream()
                  .map(
                      list ->
                          new Candidate(
                              own.computeIfAbsent(
                                  list.candidates(), c -> other.candidates(c.request())),
                              list.order()))
                  .toList()));
    }
    return IntStream.range(0, lists.size())
        .mapToObj(l -> MemberScores.together(all.stream().map(of -> of.get(l)).toList()))
        .toList();
  }

  private List<ListScore> scoreAlone(List<Candidate> lists) {
    if (lists.size() == 1) { // a request that someone waits for
      return part(lists);
    }
    int longest = lists.stream().mapToInt(list -> list.order().length).max().orElse(1);
    long floats = EvaluatorGraph.floatsPerToken(architecture, false, longest);
    int most = calls.size(PART, floats);
    List<Integer> byLength = new ArrayList<>();
    IntStream.range(0, lists.size()).forEach(byLength::add);
    byLength.sort(Comparator.comparingInt(l -> lists.get(l).order().length)); // less padding
    List<Candidate> sorted = byLength.stream().map(lists::get).toList();
    List<Parts.Part> parts =
        Parts.padded(sorted.size(), l -> 1 + sorted.get(l).order().length, most);
    List<ListScore> found = new ArrayList<>(lists.size());
    calls
        .callers()
        .map(parts.size(), (worker, p) -> part(parts.get(p).of(sorted)))
        .forEach(found::addAll);
    ListScore[] scores = new ListScore[lists.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[byLength.get(i)] = found.get(i);
    }
    return List.of(scores);
  }

  private List<ListScore> part(List<Candidate> lists) {
    int[] lengths = lists.stream().mapToInt(list -> list.order().length).toArray();
    ListBatch batch =
        ListBatch.unlabelled(
            lengths,
            new ListItems(
                lists.stream().map(list -> list.candidates().request()).toList(),
                lists.stream().map(Candidate::order).toList()));
    ItemVectors items = new ItemVectors();
    int[] rows = new int[lists.size() * batch.length()];
    for (int b = 0; b < lists.size(); b++) {
      Candidate list = lists.get(b);
      for (int k = 0; k < lengths[b]; k++) {
        rows[b * batch.length() + k] = items.row(list.candidates(), list.order()[k]);
      }
    }
    EvaluatorEngine.Scores logits = engines.use(engine -> engine.score(batch, items, rows));
    List<ListScore> scores = new ArrayList<>(lists.size());
    for (int b = 0; b < lists.size(); b++) {
      double[] click = new double[lengths[b]];
      for (int k = 0; k < click.length; k++) {
        click[k] = 1 / (1 + StrictMath.exp(-logits.click()[b * batch.length() + k]));
      }
      scores.add(new ListScore(click, StrictMath.exp(logits.value()[b])));
    }
    return scores;
  }
}
