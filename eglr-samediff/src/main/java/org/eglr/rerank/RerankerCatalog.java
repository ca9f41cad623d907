package org.eglr.rerank;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eglr.Eglr;
import org.eglr.Reranker;
import org.eglr.Rerankers;
import org.eglr.rerank.RerankerKind.Need;

/**
 * All kinds of re-rankers by name: what {@code %eglr compare} and {@code %eglr model} offer, and
 * {@code ./eglr bench --rerankers} measures. One of your own joins them by {@link #register}.
 */
public final class RerankerCatalog {

  private static final Map<String, RerankerKind> BUILT_IN = new LinkedHashMap<>();
  private static final Map<String, RerankerKind> OWN = new LinkedHashMap<>();

  private static final Set<Need> NOTHING = Set.of();
  private static final Set<Need> EVALUATOR = Set.of(Need.EVALUATOR);
  private static final Set<Need> TRUTH = Set.of(Need.TRUTH);

  static {
    fixed("initial", "the pool in its order", NOTHING, in -> Rerankers.initialOrder());
    fixed("random", "in random order", NOTHING, in -> Rerankers.random(in.seed()));
    learned(
        "popularity",
        "sorted by how often each item was clicked",
        NOTHING,
        in -> Rerankers.popularity(in.schema()));
    learned(
        "ctr",
        "sorted by each item's smoothed click rate",
        NOTHING,
        in -> Rerankers.clickRate(in.schema()));
    learned(
        "ctr-position",
        "the same, with what positions do to clicks counted out",
        NOTHING,
        in -> Rerankers.clickRate(in.schema()).positionCorrected(true));
    learned(
        "lambdamart",
        "LambdaMART: boosted trees on the fields of user and item, by LightGBM",
        NOTHING,
        in -> Rerankers.lambdaMart(in.schema(), in.seed()));
    learned(
        "dlcm",
        "DLCM: a recurrent network over the pool's initial order, an attention loss",
        NOTHING,
        in -> Rerankers.dlcm(in.schema()).seed(in.seed()).build());
    learned(
        "prm",
        "PRM: the pool in its initial order through a Transformer encoder",
        NOTHING,
        in -> Rerankers.prm(in.schema()).seed(in.seed()).build());
    learned(
        "setrank",
        "SetRank: self-attention over the pool as a set",
        NOTHING,
        in -> Rerankers.setRank(in.schema()).seed(in.seed()).build());
    learned(
        "seq2slate",
        "Seq2Slate: a pointer network that learns from clicks",
        NOTHING,
        in -> Rerankers.seq2Slate(in.schema()).seed(in.seed()).build());
    learned(
        "eg-rerank",
        "EG-Rerank: a pointer network taught with PPO by a recurrent evaluator of its own",
        NOTHING,
        in -> Rerankers.egRerank(in.schema()).seed(in.seed()).build());
    learned(
        "cmr",
        "CMR: set encoder and pointer decoder, taught by the evaluator; a dial to diversity",
        EVALUATOR,
        in -> Rerankers.cmr(in.requireEvaluator()).seed(in.seed()).build());
    learned(
        "last",
        "LAST: CMR that takes a step of learning for each request it serves",
        EVALUATOR,
        in -> Rerankers.last(in.requireEvaluator()).seed(in.seed()).build());
    learned(
        "rearec",
        "ReaRec: latent reasoning before the first item, progressively sharper",
        NOTHING,
        in -> Rerankers.reaRec(in.schema()).seed(in.seed()).build());
    learned(
        "stream-rec",
        "STREAM-Rec: thoughts out of a codebook before the first item",
        EVALUATOR,
        in -> Rerankers.streamRec(in.requireEvaluator()).seed(in.seed()).build());
    learned(
        "latentr3",
        "LatentR3: latent tokens of an attention layer, reinforced by the evaluator",
        EVALUATOR,
        in -> Rerankers.latentR3(in.requireEvaluator()).seed(in.seed()).build());
    fixed(
        "alone",
        "sorted by the evaluator's click probability of each candidate alone",
        EVALUATOR,
        in -> Rerankers.sortedAlone(in.requireEvaluator()));
    fixed(
        "mmr",
        "MMR: the evaluator's click probability alone against similarity to what is chosen",
        EVALUATOR,
        in -> Rerankers.mmr(Rerankers.scoresAlone(in.requireEvaluator())));
    fixed(
        "greedy-oracle",
        "written item by item by the truth (simulated data only)",
        TRUTH,
        in -> Rerankers.greedyOracle());
    fixed(
        "local-truth",
        "local search on the truth (simulated data only)",
        TRUTH,
        in -> Rerankers.localSearchOnTruth());
    learned(
        "eglr",
        "EGLR: an autoregressive generator with latent reasoning, taught by the evaluator",
        EVALUATOR,
        in -> Eglr.builder(in.schema()).evaluator(in.requireEvaluator()).seed(in.seed()).build());
  }

  private RerankerCatalog() {}

  private static void fixed(
      String name, String about, Set<Need> needs, Function<RerankerInputs, Reranker> factory) {
    BUILT_IN.put(name, new RerankerKind(name, about, needs, false, factory));
  }

  private static void learned(
      String name, String about, Set<Need> needs, Function<RerankerInputs, Trainable> factory) {
    BUILT_IN.put(name, new RerankerKind(name, about, needs, true, factory));
  }

  /** All kinds, the built-in ones first. */
  public static synchronized List<RerankerKind> all() {
    Map<String, RerankerKind> all = new LinkedHashMap<>(BUILT_IN);
    all.putAll(OWN);
    return List.copyOf(all.values());
  }

  /** The kind of a name. */
  public static Optional<RerankerKind> find(String name) {
    return all().stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /**
   * The kind of a name.
   *
   * @throws IllegalArgumentException naming all kinds if there is no such one
   */
  public static RerankerKind named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no re-ranker '%s'; there are %s".formatted(name, names(all()))));
  }

  /**
   * Adds a kind of your own; it replaces an earlier one of your own with the same name.
   *
   * @throws IllegalArgumentException if a built-in kind has the name
   */
  public static synchronized void register(RerankerKind kind) {
    if (BUILT_IN.containsKey(kind.name())) {
      throw new IllegalArgumentException(
          "'%s' is the name of a built-in re-ranker; choose another".formatted(kind.name()));
    }
    OWN.put(kind.name(), kind);
  }

  private static String names(Collection<RerankerKind> kinds) {
    return String.join(", ", kinds.stream().map(RerankerKind::name).toList());
  }
}
