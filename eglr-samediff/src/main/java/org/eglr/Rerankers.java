package org.eglr;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Schema;
import org.eglr.internal.Sorting;
import org.eglr.internal.store.RerankerFile;
import org.eglr.metrics.Comparison;
import org.eglr.rerank.CandidateScorer;
import org.eglr.rerank.ClickRate;
import org.eglr.rerank.Cmr;
import org.eglr.rerank.Dlcm;
import org.eglr.rerank.EgRerank;
import org.eglr.rerank.LambdaMart;
import org.eglr.rerank.Last;
import org.eglr.rerank.LatentR3;
import org.eglr.rerank.LearnedReranker;
import org.eglr.rerank.Mmr;
import org.eglr.rerank.Popularity;
import org.eglr.rerank.Prm;
import org.eglr.rerank.RandomOrder;
import org.eglr.rerank.ReaRec;
import org.eglr.rerank.RerankerBuilder;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.Seq2Slate;
import org.eglr.rerank.SetRank;
import org.eglr.rerank.StreamRec;
import org.eglr.rerank.TruthSearch;

/** Re-rankers to measure {@link Eglr} against. */
public final class Rerankers {

  private Rerankers() {}

  /**
   * Leaves the pool in its order and takes the first items.
   *
   * @param evaluator judges the lists
   */
  public static Reranker initialOrder(Evaluator evaluator) {
    return new Reference(
        "initial order",
        evaluator,
        true,
        (requests, scorer) ->
            requests.stream().map(r -> IntStream.range(0, r.length()).toArray()).toList());
  }

  /** Leaves the pool in its order and takes the first items; nobody judges the lists. */
  public static Reranker initialOrder() {
    return new Plain(
        "initial order", true, request -> IntStream.range(0, request.length()).toArray());
  }

  /**
   * Sorts by the click probability that the evaluator gives each candidate alone, as a list of one:
   * no position and no neighbour has a say. The baseline to beat.
   */
  public static Reranker sortedAlone(Evaluator evaluator) {
    return new Reference("sorted by evaluator", evaluator, false, Sorting::alone);
  }

  /**
   * Sorts by the click probabilities of the pool as one list in its initial order: each candidate
   * at the position that it already has, so that the initial order leaks in. Equal probabilities
   * are ordered by a seeded shuffle.
   */
  public static Reranker sortedAsPool(Evaluator evaluator) {
    long seed = evaluator.settings().seed();
    return new Reference(
        "sorted by evaluator, pool as one list",
        evaluator,
        true,
        (requests, scorer) -> Sorting.asPool(requests, scorer, seed));
  }

  /** Measures re-rankers on the same lists; differences are to the first. */
  public static Comparison compare(ListSet lists, Reranker... rerankers) {
    return compare(lists, Arrays.asList(rerankers));
  }

  /** Measures re-rankers on the same lists; differences are to the first. */
  public static Comparison compare(ListSet lists, List<? extends Reranker> rerankers) {
    return new Comparison(rerankers.stream().map(r -> r.evaluate(lists)).toList());
  }

  /** Orders at random, by a seed; {@link RandomOrder}. */
  public static RandomOrder random(long seed) {
    return new RandomOrder(seed);
  }

  /** Sorts by the clicks of each item in the training lists; {@link Popularity}. */
  public static Popularity popularity(Schema schema) {
    return new Popularity(schema);
  }

  /** Sorts by each item's smoothed click rate in the training lists; {@link ClickRate}. */
  public static ClickRate clickRate(Schema schema) {
    return new ClickRate(schema);
  }

  /** LambdaMART on the schema's fields, trained by LightGBM; {@link LambdaMart}. */
  public static LambdaMart lambdaMart(Schema schema, long seed) {
    return new LambdaMart(schema, seed);
  }

  /** Maximal marginal relevance: scores against similarity to what is chosen; {@link Mmr}. */
  public static Mmr mmr(CandidateScorer relevance) {
    return new Mmr(relevance);
  }

  /** Lists written item by item by the truth of simulated data; {@link TruthSearch}. */
  public static TruthSearch greedyOracle() {
    return new TruthSearch(TruthSearch.Search.GREEDY);
  }

  /** Lists that no single change improves, by the truth of simulated data; {@link TruthSearch}. */
  public static TruthSearch localSearchOnTruth() {
    return new TruthSearch(TruthSearch.Search.LOCAL);
  }

  /**
   * The click probability that the evaluator gives each candidate alone, as {@link #sortedAlone}
   * sorts by.
   *
   * @throws IllegalStateException when it is asked and the evaluator is not trained
   */
  public static CandidateScorer scoresAlone(Evaluator evaluator) {
    return requests -> {
      requests.forEach(request -> evaluator.schema().requireSame(request.schema()));
      return Sorting.aloneProbabilities(
          requests,
          evaluator
              .model()
              .state()
              .requireTrained("trainEvaluator first")
              .scorer(evaluator.engine()));
    };
  }

  /**
   * The same re-ranker, its lists judged by an evaluator: rankings have click probabilities and a
   * score, and reports an evaluator score.
   */
  public static Reranker judged(Reranker reranker, Evaluator evaluator) {
    return new Judged(reranker, evaluator);
  }

  /** DLCM: a recurrent network over the pool's initial order; learns from clicks. */
  public static RerankerBuilder<Dlcm> dlcm(Schema schema) {
    return RerankerBuilder.of(schema, new Dlcm());
  }

  /** SetRank: self-attention over the pool as a set; learns from clicks. */
  public static RerankerBuilder<SetRank> setRank(Schema schema) {
    return RerankerBuilder.of(schema, new SetRank());
  }

  /** Seq2Slate: a pointer network over the pool's initial order; learns from clicks. */
  public static RerankerBuilder<Seq2Slate> seq2Slate(Schema schema) {
    return RerankerBuilder.of(schema, new Seq2Slate());
  }

  /**
   * EG-Rerank: a pointer network; learns by PPO from a recurrent evaluator of its own, which learns
   * from clicks first.
   */
  public static RerankerBuilder<EgRerank> egRerank(Schema schema) {
    return RerankerBuilder.of(schema, new EgRerank());
  }

  /**
   * EG-Rerank that learns from a trained evaluator, as other systems do, and not from one of its
   * own. {@code .model(m -> m.evaluator(EgRerank.Judge.OWN))}: this one only judges its lists.
   */
  public static RerankerBuilder<EgRerank> egRerank(Evaluator evaluator) {
    return RerankerBuilder.of(evaluator, new EgRerank().evaluator(EgRerank.Judge.SHARED));
  }

  /**
   * CMR: set encoder, pointer decoder; learns from a trained evaluator by REINFORCE. {@code
   * .model(m -> m.diversity("category"))} gives it a dial.
   */
  public static RerankerBuilder<Cmr> cmr(Evaluator evaluator) {
    return RerankerBuilder.of(evaluator, new Cmr());
  }

  /** LAST: CMR that learns once more for each request; needs its evaluator to serve, too. */
  public static RerankerBuilder<Last> last(Evaluator evaluator) {
    return RerankerBuilder.of(evaluator, new Last());
  }

  /** ReaRec with progressive reasoning before the first item; learns from clicks. */
  public static RerankerBuilder<ReaRec> reaRec(Schema schema) {
    return RerankerBuilder.of(schema, new ReaRec());
  }

  /** STREAM-Rec: thoughts out of a codebook; learns from clicks, then from a trained evaluator. */
  public static RerankerBuilder<StreamRec> streamRec(Evaluator evaluator) {
    return RerankerBuilder.of(evaluator, new StreamRec());
  }

  /** LatentR3: latent tokens; learns from clicks, then from a trained evaluator. */
  public static RerankerBuilder<LatentR3> latentR3(Evaluator evaluator) {
    return RerankerBuilder.of(evaluator, new LatentR3());
  }

  /** PRM: the pool in its initial order through a Transformer encoder; learns from clicks. */
  public static RerankerBuilder<Prm> prm(Schema schema) {
    return RerankerBuilder.of(schema, new Prm());
  }

  /**
   * A re-ranker of your own: its forward pass and its loss; the rest is the library's, as {@link
   * org.eglr.rerank.ScoringModel} shows.
   */
  public static <M extends RerankerModel> RerankerBuilder<M> of(Schema schema, M model) {
    return RerankerBuilder.of(schema, model);
  }

  /** As {@link #of(Schema, RerankerModel)}, with an evaluator that judges its lists. */
  public static <M extends RerankerModel> RerankerBuilder<M> of(Evaluator evaluator, M model) {
    return RerankerBuilder.of(evaluator, model);
  }

  /**
   * Reads a re-ranker that {@link LearnedReranker#save} wrote.
   *
   * @throws ModelFileException if the file is missing, damaged, foreign, or of a model of your own
   */
  public static LearnedReranker load(Path file) {
    return LearnedReranker.load(file, null, null);
  }

  /** Whether a file is a {@link LearnedReranker}'s, so that {@link #load} is what reads it. */
  public static boolean isFile(Path file) {
    return RerankerFile.is(file);
  }

  /** As {@link #load(Path)}, with an evaluator that judges its lists. */
  public static LearnedReranker load(Path file, Evaluator evaluator) {
    return LearnedReranker.load(file, null, evaluator);
  }

  /** As {@link #load(Path)}, of a model of your own: its definition must be the one saved. */
  public static LearnedReranker load(Path file, RerankerModel own) {
    return LearnedReranker.load(file, own, null);
  }
}
