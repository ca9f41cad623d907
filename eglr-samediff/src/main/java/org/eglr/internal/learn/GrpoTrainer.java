package org.eglr.internal.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.ListScore;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.ListWriter;
import org.eglr.internal.math.InOrder;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.ProfileBuilder;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.train.GrpoTraining;
import org.eglr.train.LearningRateSchedule;
import org.eglr.train.Reward;
import org.eglr.train.RewardedList;
import org.eglr.train.TrainingLog;

/**
 * Stage 2: the generator learns from the frozen evaluator by group relative policy optimisation
 * (section 4.4.2, eq. 18-19), fully on-policy: sample, score, replay, one step.
 */
public final class GrpoTrainer {

  private static final int VALIDATION_LISTS = 1000;

  /** Groups of a step whose true DCG is measured: that of all would cost some percent of a step. */
  private static final int TRUE_GROUPS = 8;

  private final Engine engine;
  private final Architecture architecture;
  private final Weights evaluator;
  private final Weights generator;
  private final GrpoTraining options;
  private final boolean trainFeatures;
  private final ListWriter writer;
  private final EvaluatorScorer scorer;
  private Rewards rewards; // known once the log is
  private final Weights reference; // the generator as the run began; null: none is asked for

  public GrpoTrainer(
      Engine engine,
      Architecture architecture,
      Weights evaluator,
      Weights generator,
      GrpoTraining options) {
    this.engine = engine;
    this.architecture = architecture;
    this.evaluator = evaluator;
    this.generator = generator;
    this.options = options;
    this.trainFeatures = architecture.settings().trainFeatures();
    this.writer =
        new ListWriter(
            engine, architecture, trainFeatures ? generator : evaluator.member(0), generator);
    this.scorer = new EvaluatorScorer(engine, architecture, evaluator);
    this.reference = options.klToReference() > 0 ? generator.copy() : null;
  }

  /** Trains; when it returns, the best weights are in place. */
  public TrainingLog train(ListSet lists) {
    return run(
        TrainingLists.of(lists), this::learner, new HostRollouts(architecture, writer, scorer));
  }

  /**
   * Trains on lists that may lie elsewhere, with rollouts and replays made elsewhere.
   *
   * @param maker makes what makes them
   */
  public TrainingLog train(TrainingLists lists, GeneratorWork.Maker maker) {
    GeneratorWork work = maker.of(generator, reference);
    return run(
        lists,
        () -> new HostGeneratorLearner(engine, architecture, generator, options, work),
        work);
  }

  private TrainingLog run(
      TrainingLists lists, Supplier<GeneratorLearner> learners, Rollouts rollouts) {
    int perEpoch = Shards.count(lists.size(), options.batchSize());
    int total =
        options.steps() > 0 ? options.steps() : Math.multiplyExact(perEpoch, options.epochs());
    requireMembers(options.reward());
    rewards = new Rewards(lists.rewardedBy(options.reward()));
    if (options.validation() != null) {
      options.reward().require(options.validation());
    }
    GeneratorLearner learner = learners.get();
    BestWeights best = new BestWeights(generator, true, options.patience());
    RunLog log = new RunLog("grpo", total, options.listener());
    ListSet validation =
        options.validation() == null ? null : options.validation().sample(VALIDATION_LISTS, 1);
    long seed = architecture.settings().seed();
    BatchOrder order = new BatchOrder(lists.size(), options.batchSize(), seed);
    Checkpoints checkpoints =
        new Checkpoints(
            options,
            architecture,
            evaluator,
            generator,
            () ->
                RunConditions.of(
                    engine,
                    options,
                    total,
                    lists,
                    evaluator,
                    LearningRates.shares(generator, options)));
    TrainingLoop.Stage stage =
        new TrainingLoop.Stage() {
          @Override
          public void weightsChanged() {
            learner.weightsChanged();
            if (learner instanceof HostGeneratorLearner host) {
              host.referenceChanged();
            }
            writer.weightsChanged();
          }

          @Override
          public void step(int step) {
            double factor = options.schedule().factor(step, total);
            learner.schedule(factor);
            Batch of = new Batch(lists.batch(order, step - 1));
            GrpoTrainer.this.step(of, step, learner, rollouts, log);
          }

          @Override
          public Map<String, Double> validate() {
            return GrpoTrainer.this.validate(validation);
          }

          @Override
          public void close() {
            scorer.close();
            writer.close();
            learner.close();
          }
        };
    if (options.resumedFrom() != null && options.reward().custom()) {
      log.warn(
          "a checkpoint cannot tell what reward '%s' computes: make sure that it is the run's own"
              .formatted(options.reward().name()));
    }
    RunState run = new RunState(learner.trained(), best, reference, log);
    return new TrainingLoop(options, options.validateEvery(), run, checkpoints).run(stage, true);
  }

  private void requireMembers(Reward reward) {
    if (reward.members() > architecture.members()) {
      throw new IllegalArgumentException(
          ("reward '%s' needs an evaluator of at least %d members, and this has %d: build it with"
                  + " members(3), train it anew")
              .formatted(reward.name(), reward.members(), architecture.members()));
    }
  }

  private GeneratorLearner learner() {
    boolean onDevice = engine == Engine.SAMEDIFF && DeviceAdam.suits(generator);
    return onDevice && UpdateOptions.of(options).plain()
        ? new DeviceGeneratorLearner(
            architecture, trainFeatures ? generator : evaluator.member(0), generator, options)
        : new HostGeneratorLearner(engine, architecture, generator, options, reference);
  }

  /** Some lists, whose users and pools are the requests. */
  private record Batch(BatchLists lists, List<Request> requests) {

    Batch(BatchLists lists) {
      this(lists, IntStream.range(0, lists.size()).mapToObj(lists::request).toList());
    }

    RewardedList rewarded(int request, int[] order, ListScore score) {
      return new RewardedList(
          requests.get(request), order, score, () -> lists.trueClickProbabilities(request, order));
    }
  }

  private void step(
      Batch batch, int step, GeneratorLearner learner, Rollouts rollouts, RunLog log) {
    List<Request> requests = batch.requests();
    int group = options.groupSize();
    Rollouts.Written rolled = rollouts.write(requests, group, step);
    List<ListWriter.Written> written = rolled.lists();
    List<RewardedList> lists = rewarded(batch, rolled);
    double[][] parts =
        rewards.of(
            lists,
            l -> "training list %d at step %d".formatted(batch.lists.number(l / group), step));
    int known = Math.min(requests.size(), TRUE_GROUPS);
    double[] truth = Rewards.truth(lists.subList(0, known * group));
    double[] totals = Advantages.totals(parts, rewards.weights());
    double[] advantages = new double[totals.length];
    GroupStatistics statistics = new GroupStatistics(requests.size());
    for (int r = 0; r < requests.size(); r++) {
      int from = r * group;
      int to = from + group;
      double[] relative =
          Advantages.of(
              Arrays.copyOfRange(parts, from, to),
              rewards.weights(),
              options.normaliseEach(),
              options.scaleByDeviation(),
              options.deviationFloor());
      System.arraycopy(relative, 0, advantages, from, group);
      statistics.add(
          Arrays.copyOfRange(totals, from, to),
          relative,
          truth == null || r >= known ? null : Arrays.copyOfRange(truth, from, to));
    }
    GeneratorLearner.Outcome outcome =
        learner.step(step, new GrpoBatch(requests, written, advantages));
    learner.show(writer);

    ProfileBuilder profile = new ProfileBuilder();
    double entropy = 0;
    double reasoning = 0;
    double kept = 0;
    for (int r = 0; r < requests.size(); r++) {
      for (Trajectory list : written.get(r).lists()) {
        profile.add(list, requests.get(r).pool());
        entropy += InOrder.mean(list.entropyAfter()) / totals.length;
        reasoning += (double) list.reasoning() / totals.length;
        kept += inputOrder(list.order()) ? 1.0 / totals.length : 0;
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", outcome.loss());
    values.put("reward", InOrder.mean(totals));
    putParts(values, parts);
    statistics.into(values);
    values.put("input order", kept);
    if (truth != null) {
      values.put("true DCG", InOrder.mean(truth));
    }
    values.put("entropy", entropy);
    values.put("reasoning steps", reasoning);
    values.putAll(outcome.more());
    if (!options.schedule().equals(LearningRateSchedule.constant())) {
      values.put(
          "learning rate", options.learningRate() * options.schedule().factor(step, log.total()));
    }
    values.put("gradient norm", outcome.norm());
    log.step(Optional.of(profile.build()), values);
  }

  private static boolean inputOrder(int[] order) {
    for (int k = 0; k < order.length; k++) {
      if (order[k] != k) {
        return false;
      }
    }
    return true;
  }

  /** What each part of the reward is on average, unweighted. */
  private void putParts(Map<String, Double> values, double[][] parts) {
    for (int p = 0; p < rewards.names().size(); p++) {
      int part = p;
      double[] own = Arrays.stream(parts).mapToDouble(list -> list[part]).toArray();
      values.put(rewards.names().get(p), InOrder.mean(own));
    }
  }

  private static List<RewardedList> rewarded(Batch batch, Rollouts.Written written) {
    List<RewardedList> lists = new ArrayList<>(written.scores().size());
    for (int r = 0; r < written.lists().size(); r++) {
      for (Trajectory list : written.lists().get(r).lists()) {
        lists.add(batch.rewarded(r, list.order(), written.scores().get(lists.size())));
      }
    }
    return lists;
  }

  /** The mean reward of greedy lists. */
  private Map<String, Double> validate(ListSet validation) {
    Batch batch =
        new Batch(BatchLists.of(validation, IntStream.range(0, validation.size()).toArray()));
    List<Trajectory> lists = writer.best(batch.requests());
    List<int[]> orders = lists.stream().map(Trajectory::order).toList();
    List<ListScore> scores = scorer.score(batch.requests(), orders);
    double[][] parts =
        rewards.of(
            IntStream.range(0, orders.size())
                .mapToObj(l -> batch.rewarded(l, orders.get(l), scores.get(l)))
                .toList(),
            l -> "validation list " + l);
    double reward = InOrder.mean(Advantages.totals(parts, rewards.weights()));
    double reasoning = lists.stream().mapToInt(Trajectory::reasoning).average().orElse(0);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("reward", reward);
    putParts(values, parts);
    values.put("reasoning steps", reasoning);
    return values;
  }
}
