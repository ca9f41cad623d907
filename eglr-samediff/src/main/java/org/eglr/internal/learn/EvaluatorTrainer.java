package org.eglr.internal.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eglr.Engine;
import org.eglr.ListScore;
import org.eglr.data.ListSet;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.ListChunks;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.internal.work.Parts;
import org.eglr.metrics.EvaluatorMeasures;
import org.eglr.metrics.EvaluatorReport;
import org.eglr.train.EvaluatorSelection;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.LearningRateSchedule;
import org.eglr.train.TrainingLog;

/**
 * Stage 1: the evaluator learns from logged lists (section 4.4.1). With SameDiff on a GPU all
 * weights are trained there, if they leave half of its memory free with their moments and
 * gradients.
 */
public final class EvaluatorTrainer {

  /**
   * Validation lists whose neighbours are drawn anew, and how often: what that costs is bounded.
   */
  private static final int LOOKED = 1000;

  private static final int REDRAWS = 2;
  private static final long SEED = 1;

  private final Engine engine;
  private final Architecture architecture;
  private final Weights weights;
  private final EvaluatorTraining options;
  private final EvaluatorScorer scorer;

  public EvaluatorTrainer(
      Engine engine, Architecture architecture, Weights weights, EvaluatorTraining options) {
    this.engine = engine;
    this.architecture = architecture;
    this.weights = weights;
    this.options = options;
    this.scorer = new EvaluatorScorer(engine, architecture, weights);
  }

  /** Trains; when it returns, the best weights are in place. */
  public TrainingLog train(ListSet lists) {
    return run(TrainingLists.of(lists), this::learner);
  }

  /**
   * Trains on lists that may lie elsewhere, their gradients computed elsewhere.
   *
   * @param gradients makes what computes them, of one member and its weights
   */
  public TrainingLog train(
      TrainingLists lists, BiFunction<Architecture, Weights, EvaluatorGradients> gradients) {
    return run(
        lists,
        (one, values) ->
            new HostEvaluatorLearner(engine, one, values, options, gradients.apply(one, values)));
  }

  private TrainingLog run(
      TrainingLists lists, BiFunction<Architecture, Weights, EvaluatorLearner> learners) {
    if (options.dropout() > 0 && engine != Engine.JAVA) {
      throw new IllegalArgumentException(
          ("setting 'dropout' is %s, which training with engine %s does not have: train with"
                  + " engine JAVA, model.withEngine(Engine.JAVA), or set it to 0")
              .formatted(options.dropout(), engine));
    }
    int perEpoch = Shards.count(lists.size(), options.batchSize());
    int total = Math.multiplyExact(perEpoch, options.epochs());
    EvaluatorLearner learner = learner(lists, learners);
    BestWeights best = new BestWeights(weights, false, options.patience());
    RunLog log = new RunLog("evaluator", total, options.listener());
    long seed = architecture.settings().seed();
    BatchOrder order = new BatchOrder(lists.size(), options.batchSize(), seed);
    Checkpoints checkpoints =
        new Checkpoints(
            options,
            architecture,
            weights,
            null,
            () -> RunConditions.of(engine, options, total, lists, null, Map.of()));
    TrainingLoop.Stage stage =
        new TrainingLoop.Stage() {
          @Override
          public void weightsChanged() {
            learner.weightsChanged();
          }

          @Override
          public void step(int step) {
            double factor = options.schedule().factor(step, total);
            learner.schedule(factor);
            Map<String, Double> values = values(learner.step(lists.batch(order, step - 1), step));
            if (!options.schedule().equals(LearningRateSchedule.constant())) {
              values.put("learning rate", options.learningRate() * factor);
            }
            log.step(Optional.empty(), values);
          }

          @Override
          public Map<String, Double> validate() {
            return EvaluatorTrainer.this.validate(options.validation());
          }

          @Override
          public void close() {
            scorer.close();
            learner.close();
          }
        };
    RunState run = new RunState(learner.trained(), best, null, log);
    return new TrainingLoop(options, perEpoch, run, checkpoints).run(stage, false);
  }

  private EvaluatorLearner learner(
      TrainingLists lists, BiFunction<Architecture, Weights, EvaluatorLearner> one) {
    return architecture.members() == 1
        ? one.apply(architecture, weights)
        : new MembersLearner(architecture, weights, one, lists, options.batchSize());
  }

  private EvaluatorLearner learner(Architecture one, Weights values) {
    return engine == Engine.SAMEDIFF && DeviceAdam.suits(values)
        ? new DeviceEvaluatorLearner(one, values, options)
        : new HostEvaluatorLearner(engine, one, values, options);
  }

  private static Map<String, Double> values(EvaluatorLearner.Losses losses) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", losses.click() + losses.value());
    values.put("click loss", losses.click());
    values.put("value loss", losses.value());
    values.put("gradient norm", losses.norm());
    return values;
  }

  /** Mean losses over validation lists; first what decides. */
  private Map<String, Double> validate(ListSet lists) {
    scorer.weightsChanged();
    double click = 0;
    double value = 0;
    for (Parts.Part chunk : ListChunks.of(lists, engine)) {
      List<ListScore> scores = scorer.shown(lists, chunk);
      for (int list = chunk.from(); list < chunk.to(); list++) {
        ListScore score = scores.get(list - chunk.from());
        click += clickLoss(lists, list, score.clickProbabilities());
        double odds = score.value();
        value += (1 + lists.utility(list)) * StrictMath.log1p(odds); // eq. 16
        value -= lists.utility(list) * StrictMath.log(odds);
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    if (options.selectBy() == EvaluatorSelection.ORDER) {
      double gain = contextGain(lists);
      values.put("order loss", click / lists.size() - gain);
      values.put("context gain", gain);
    }
    values.put("loss", (click + value) / lists.size());
    values.put("click loss", click / lists.size());
    values.put("value loss", value / lists.size());
    return values;
  }

  /** By how much the neighbours that were shown make clicks less surprising, in nats a position. */
  private double contextGain(ListSet lists) {
    ListSet looked = lists.size() <= LOOKED ? lists : lists.sample(LOOKED, SEED);
    EvaluatorReport report =
        EvaluatorMeasures.of(
            looked, (of, orders) -> scorer.clickProbabilities(looked, of, orders), REDRAWS, SEED);
    return report.clicks() == 0
        ? 0
        : report.value(EvaluatorReport.GAIN) * report.clicks() / report.shown();
  }

  /** Eq. 15 of one list. */
  private static double clickLoss(ListSet lists, int list, double[] click) {
    double loss = 0;
    for (int k = 0; k < click.length; k++) {
      loss -= StrictMath.log(Math.max(1e-12, lists.clicked(list, k) ? click[k] : 1 - click[k]));
    }
    return loss / click.length;
  }
}
