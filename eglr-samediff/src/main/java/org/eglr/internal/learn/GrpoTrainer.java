package org.eglr.internal.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.ListScore;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.ListWriter;
import org.eglr.internal.math.InOrder;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.ProfileBuilder;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.train.GrpoTraining;
import org.eglr.train.Reward;
import org.eglr.train.TrainingLog;

/**
 * Stage 2: the generator learns from the frozen evaluator by group relative policy optimisation
 * (section 4.4.2, eq. 18-19), fully on-policy: sample, score, replay, one step.
 */
public final class GrpoTrainer {

  private static final int VALIDATION_LISTS = 1000;

  private final Engine engine;
  private final Architecture architecture;
  private final Weights evaluator;
  private final Weights generator;
  private final GrpoTraining options;
  private final boolean trainFeatures;
  private final ListWriter writer;
  private final EvaluatorScorer scorer;

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
        new ListWriter(engine, architecture, trainFeatures ? generator : evaluator, generator);
    this.scorer = new EvaluatorScorer(engine, architecture, evaluator);
  }

  /** Trains; when it returns, the best weights are in place. */
  public TrainingLog train(ListSet lists) {
    int perEpoch = Shards.count(lists.size(), options.batchSize());
    int total =
        options.steps() > 0 ? options.steps() : Math.multiplyExact(perEpoch, options.epochs());
    GeneratorLearner learner = learner();
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
            () -> RunConditions.of(engine, options, lists, evaluator));
    TrainingLoop.Stage stage =
        new TrainingLoop.Stage() {
          @Override
          public void weightsChanged() {
            learner.weightsChanged();
            writer.weightsChanged();
          }

          @Override
          public void step(int step, int[] batch) {
            List<Request> requests = Arrays.stream(batch).mapToObj(lists::request).toList();
            GrpoTrainer.this.step(requests, step, learner, log);
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
    RunState run = new RunState(learner.trained(), best, log);
    return new TrainingLoop(options, options.validateEvery(), order, run, checkpoints)
        .run(stage, true);
  }

  private GeneratorLearner learner() {
    return engine == Engine.SAMEDIFF && DeviceAdam.suits(generator)
        ? new DeviceGeneratorLearner(
            architecture, trainFeatures ? generator : evaluator, generator, options)
        : new HostGeneratorLearner(engine, architecture, generator, options);
  }

  private void step(List<Request> requests, int step, GeneratorLearner learner, RunLog log) {
    int group = options.groupSize();
    long seed = architecture.settings().seed();
    List<ListWriter.Written> written =
        writer.write(
            requests, group, list -> Chooser.sampling(CounterRandom.stream(seed, step - 1, list)));
    double[] rewards = rewards(requests, written);
    double[] advantages = new double[rewards.length];
    int flat = 0;
    double spread = 0;
    for (int r = 0; r < requests.size(); r++) {
      double[] own = Arrays.copyOfRange(rewards, r * group, (r + 1) * group);
      double[] relative = Advantages.of(own, options.scaleByDeviation(), options.deviationFloor());
      System.arraycopy(relative, 0, advantages, r * group, group);
      flat += Advantages.flat(own) ? 1 : 0;
      spread += Advantages.deviation(own) / requests.size();
    }
    GeneratorLearner.Outcome outcome =
        learner.step(step, new GrpoBatch(requests, written, advantages));
    learner.show(writer);

    ProfileBuilder profile = new ProfileBuilder();
    double entropy = 0;
    double reasoning = 0;
    for (int r = 0; r < requests.size(); r++) {
      for (Trajectory list : written.get(r).lists()) {
        profile.add(list, requests.get(r).pool());
        entropy += InOrder.mean(list.entropyAfter()) / rewards.length;
        reasoning += (double) list.reasoning() / rewards.length;
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", outcome.loss());
    values.put("reward", InOrder.mean(rewards));
    values.put("reward std", spread);
    values.put("flat groups", (double) flat / requests.size());
    values.put("entropy", entropy);
    values.put("reasoning steps", reasoning);
    values.put("gradient norm", outcome.norm());
    log.step(Optional.of(profile.build()), values);
  }

  /** The reward of each list (eq. 18), by the frozen evaluator with its own features. */
  private double[] rewards(List<Request> requests, List<ListWriter.Written> written) {
    List<EvaluatorScorer.Candidate> lists = new ArrayList<>();
    for (int r = 0; r < requests.size(); r++) {
      CandidateVectors candidates =
          trainFeatures ? scorer.candidates(requests.get(r)) : written.get(r).candidates();
      for (Trajectory list : written.get(r).lists()) {
        lists.add(new EvaluatorScorer.Candidate(candidates, list.order()));
      }
    }
    return scorer.score(lists).stream().mapToDouble(this::reward).toArray();
  }

  private double reward(ListScore score) {
    return options.reward() == Reward.CLICK_DCG ? score.dcg() : score.value();
  }

  /** The mean reward of greedy lists. */
  private Map<String, Double> validate(ListSet validation) {
    List<Request> requests =
        IntStream.range(0, validation.size()).mapToObj(validation::request).toList();
    List<Trajectory> lists = writer.best(requests);
    List<int[]> orders = lists.stream().map(Trajectory::order).toList();
    double reward =
        InOrder.mean(scorer.score(requests, orders).stream().mapToDouble(this::reward).toArray());
    double reasoning = lists.stream().mapToInt(Trajectory::reasoning).average().orElse(0);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("reward", reward);
    values.put("reasoning steps", reasoning);
    return values;
  }
}
