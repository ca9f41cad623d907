package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.Evaluator;
import org.eglr.ListScore;
import org.eglr.Ranking;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.Busy;
import org.eglr.internal.SchemaCheck;
import org.eglr.internal.check.Setting;
import org.eglr.internal.model.Weights;
import org.eglr.rerank.AdaptiveModel;
import org.eglr.rerank.TrainingStage;
import org.eglr.train.RerankerTraining;
import org.eglr.train.TrainingLog;

/**
 * A re-ranker that may be used by many threads. A training works on a copy of the weights and puts
 * it in their place when it ends: who computes meanwhile has those of before.
 */
public final class LearnedModel {

  private final ModelSpec spec;
  private final Busy busy;
  private volatile RerankerState state;

  /**
   * @param logs of the stages that are trained, by name
   */
  public LearnedModel(ModelSpec spec, Weights weights, Map<String, TrainingLog> logs) {
    this.spec = spec;
    busy = new Busy(spec.model().name() + " re-ranker");
    state = new RerankerState(spec, weights, logs);
  }

  public ModelSpec spec() {
    return spec;
  }

  public Weights weights() {
    return state.weights();
  }

  public Map<String, TrainingLog> logs() {
    return state.logs();
  }

  /** Names of what whoever serves lists can set. */
  public List<String> dials() {
    return state.graphs().dials();
  }

  /** Whether every stage is trained. */
  public boolean trained() {
    return spec.stages().stream().allMatch(stage -> state.logs().containsKey(stage.name()));
  }

  /**
   * Trains the stages that the options name.
   *
   * @param evaluator null where there is none
   * @return what they measured, one after the other
   */
  public TrainingLog train(Evaluator evaluator, ListSet lists, RerankerTraining options) {
    SchemaCheck.require(spec.schema(), lists, options.validation());
    Setting.require(
        options.checkpoint() == null && options.resumedFrom() == null,
        "checkpoint",
        options.checkpoint() == null ? options.resumedFrom() : options.checkpoint(),
        "none: re-rankers beside EGLR keep their best weights in memory; save them afterwards");
    int[] stages = stages(options.stage());
    for (int index : stages) {
      requireEvaluator(spec.stages().get(index), evaluator);
    }
    requireOwnEvaluator(stages[0]);
    return busy.train(
        () -> {
          List<TrainingLog> done = new ArrayList<>();
          for (int i = 0; i < stages.length && (i == 0 || !done.get(i - 1).interrupted()); i++) {
            done.add(train(stages[i], evaluator, lists, options));
          }
          return done.size() == 1 ? done.get(0) : TrainingLog.joined(spec.model().name(), done);
        });
  }

  private TrainingLog train(
      int index, Evaluator evaluator, ListSet lists, RerankerTraining options) {
    TrainingStage stage = spec.stages().get(index);
    RerankerState before = state;
    Weights next = index == 0 ? spec.firstWeights() : before.weights().copy();
    String name =
        spec.stages().size() == 1 ? spec.model().name() : spec.model().name() + ": " + stage.name();
    TrainingLog log = null;
    try {
      log = new RerankerTrainer(spec, next, index, evaluator, options).train(name, lists);
      return log;
    } finally {
      if (log != null) {
        state =
            new RerankerState(
                spec,
                next,
                index == 0 ? Map.of(stage.name(), log) : before.with(stage.name(), log));
        before.graphs().close();
      }
    }
  }

  private int[] stages(String wanted) {
    List<String> names = spec.stages().stream().map(TrainingStage::name).toList();
    Setting.require(
        wanted == null || names.contains(wanted), "stage", wanted, String.join(", ", names));
    return IntStream.range(0, names.size())
        .filter(i -> wanted == null || names.get(i).equals(wanted))
        .toArray();
  }

  private void requireEvaluator(TrainingStage stage, Evaluator evaluator) {
    if (!stage.needsEvaluator()) {
      return;
    }
    if (evaluator == null) {
      throw new IllegalStateException(
          ("%s learns from what an evaluator says of its lists, and has none: give it one that is"
                  + " trained")
              .formatted(spec.model().name()));
    }
    evaluator.schema().requireSame(spec.schema());
    if (!evaluator.trained()) {
      throw new IllegalStateException(
          "%s learns from an evaluator that is not trained: call its train first"
              .formatted(spec.model().name()));
    }
  }

  /** A stage that is trained alone must have what it learns from. */
  private void requireOwnEvaluator(int first) {
    TrainingStage stage = spec.stages().get(first);
    String own = spec.ownEvaluator().map(TrainingStage::name).orElse(null);
    if (stage.credit() != null && own != null && !state.logs().containsKey(own)) {
      throw new IllegalStateException(
          "%s learns from an evaluator of its own that is not trained: train its stage '%s' first"
              .formatted(spec.model().name(), own));
    }
  }

  /**
   * The lists for requests.
   *
   * @param evaluator judges them; null: nobody does
   */
  public List<Ranking> rerank(
      List<Request> requests, Evaluator evaluator, Map<String, Double> dials) {
    requests.forEach(request -> spec.schema().requireSame(request.schema()));
    RerankerState now = state;
    if (!trained()) {
      throw new IllegalStateException(
          "%s is not trained: call its train first%s".formatted(spec.model().name(), missing(now)));
    }
    if (requests.isEmpty()) {
      return List.of();
    }
    List<ListRow> open = requests.stream().map(request -> ListRow.served(request, dials)).toList();
    List<Made> made =
        spec.model() instanceof AdaptiveModel model
            ? adapter(now, model, evaluator).make(open)
            : now.make(open, true);
    List<ListScore> scores =
        evaluator == null || !evaluator.trained()
            ? null
            : evaluator.score(requests, made.stream().map(Made::order).toList());
    return IntStream.range(0, made.size())
        .mapToObj(i -> ranking(requests.get(i), made.get(i), scores == null ? null : scores.get(i)))
        .toList();
  }

  private Adapter adapter(RerankerState now, AdaptiveModel model, Evaluator evaluator) {
    if (evaluator == null || !evaluator.trained()) {
      throw new IllegalStateException(
          "%s chooses lists by an evaluator, and has none that is trained: Rerankers.load(file, evaluator)"
              .formatted(spec.model().name()));
    }
    return new Adapter(now.graphs(), model, evaluator);
  }

  private String missing(RerankerState now) {
    if (spec.stages().size() == 1) {
      return "";
    }
    return spec.stages().stream()
        .map(TrainingStage::name)
        .filter(name -> !now.logs().containsKey(name))
        .collect(Collectors.joining(", ", " (missing: ", ")"));
  }

  private static Ranking ranking(Request request, Made made, ListScore score) {
    return score == null
        ? new Ranking(request, made.order(), new double[0], Double.NaN, made.trace())
        : new Ranking(request, made.order(), score.clickProbabilities(), score.dcg(), made.trace());
  }
}
