package org.eglr.internal.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.Calls;
import org.eglr.internal.Engines;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.ListWriter;
import org.eglr.internal.Parts;
import org.eglr.internal.PerWorker;
import org.eglr.internal.decode.Chooser;
import org.eglr.internal.decode.CounterRandom;
import org.eglr.internal.decode.ProfileBuilder;
import org.eglr.internal.decode.Trajectory;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.FeatureRows;
import org.eglr.internal.nn.ReplayBatch;
import org.eglr.internal.nn.ReplayEngine;
import org.eglr.internal.nn.RowGradients;
import org.eglr.internal.nn.Weights;
import org.eglr.train.GrpoTraining;
import org.eglr.train.Reward;
import org.eglr.train.TrainingLog;

/**
 * Stage 2: the generator learns from the frozen evaluator by group relative policy optimisation
 * (section 4.4.2, eq. 18-19), fully on-policy: sample, score, replay, one step.
 */
public final class GrpoTrainer {

  /**
   * Tokens per part of a batch: enough to share the layers' matrices, few enough for the cache and
   * to leave no worker idle.
   */
  private static final int PART = 2048;

  /** Graphs take every operation through all lists at once, and each costs something by itself. */
  private static final int GRAPH_PART = 2 * PART;

  private static final int VALIDATION_LISTS = 1000;

  private final Engine engine;
  private final Architecture architecture;
  private final Weights evaluator;
  private final Weights generator;
  private final GrpoTraining options;
  private final boolean trainFeatures;
  private final Calls calls;
  private final PerWorker<ReplayEngine> engines;
  private final ListWriter writer;
  private final EvaluatorScorer scorer;
  private final FeatureRows features;
  private final RowGradients rowGradients;

  public GrpoTrainer(
      Engine engine,
      Architecture architecture,
      Weights evaluator,
      Weights generator,
      GrpoTraining options) {
    this.engine = engine;
    this.architecture = architecture;
    this.calls = Calls.of(engine);
    this.evaluator = evaluator;
    this.generator = generator;
    this.options = options;
    this.trainFeatures = architecture.settings().trainFeatures();
    this.engines = Engines.replays(engine, architecture, generator);
    this.writer =
        new ListWriter(engine, architecture, trainFeatures ? generator : evaluator, generator);
    this.scorer = new EvaluatorScorer(engine, architecture, evaluator);
    this.features = new FeatureRows(architecture);
    this.rowGradients = new RowGradients(generator);
  }

  /** Trains; when it returns, the best weights are in place. */
  public TrainingLog train(ListSet lists) {
    int perEpoch = Shards.count(lists.size(), options.batchSize());
    int total =
        options.steps() > 0 ? options.steps() : Math.multiplyExact(perEpoch, options.epochs());
    Adam adam = new Adam(generator, options.learningRate(), 0);
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
            GrpoTrainer.this.weightsChanged();
          }

          @Override
          public void step(int step, int[] batch) {
            List<Request> requests = Arrays.stream(batch).mapToObj(lists::request).toList();
            GrpoTrainer.this.step(requests, step, adam, log);
          }

          @Override
          public Map<String, Double> validate() {
            return GrpoTrainer.this.validate(validation);
          }

          @Override
          public void close() {
            scorer.close();
            writer.close();
            engines.close();
          }
        };
    RunState run = new RunState(adam, best, log);
    return new TrainingLoop(options, options.validateEvery(), order, run, checkpoints)
        .run(stage, true);
  }

  private void weightsChanged() {
    engines.weightsChanged();
    writer.weightsChanged();
  }

  private void step(List<Request> requests, int step, Adam adam, RunLog log) {
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
    Outcome outcome = update(step, requests, written, advantages, adam);

    ProfileBuilder profile = new ProfileBuilder();
    double entropy = 0;
    double reasoning = 0;
    for (int r = 0; r < requests.size(); r++) {
      for (Trajectory list : written.get(r).lists()) {
        profile.add(list, requests.get(r).pool());
        entropy += Arrays.stream(list.entropyAfter()).average().orElse(0) / rewards.length;
        reasoning += (double) list.reasoning() / rewards.length;
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", outcome.loss());
    values.put("reward", Arrays.stream(rewards).average().orElseThrow());
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
      float[] z = trainFeatures ? scorer.candidates(requests.get(r)) : written.get(r).z();
      for (Trajectory list : written.get(r).lists()) {
        lists.add(new EvaluatorScorer.Candidate(z, list.order()));
      }
    }
    return scorer.score(lists).stream().mapToDouble(this::reward).toArray();
  }

  private double reward(EvaluatorScorer.Opinion opinion) {
    return options.reward() == Reward.CLICK_DCG ? opinion.dcg() : opinion.value();
  }

  /** Loss and gradient norm of a step. */
  private record Outcome(double loss, double norm) {}

  /** One step up the advantage-weighted log-probability (eq. 19). */
  private Outcome update(
      int step,
      List<Request> requests,
      List<ListWriter.Written> written,
      double[] advantages,
      Adam adam) {
    int group = options.groupSize();
    int[] useful =
        IntStream.range(0, requests.size())
            .filter(r -> IntStream.range(0, group).anyMatch(g -> advantages[r * group + g] != 0))
            .boxed()
            .sorted(Comparator.comparingInt(r -> longest(written.get(r))))
            .mapToInt(Integer::intValue)
            .toArray();
    if (useful.length == 0) {
      return new Outcome(0, 0);
    }
    List<Parts.Part> cuts =
        Parts.of(
            useful.length,
            i -> cost(written.get(useful[i]), requests.get(useful[i]).pool()),
            calls.size(engine == Engine.JAVA ? PART : GRAPH_PART));
    List<Part> parts =
        calls
            .callers()
            .map(
                cuts.size(),
                (worker, part) -> {
                  int[] rows =
                      Arrays.copyOfRange(useful, cuts.get(part).from(), cuts.get(part).to());
                  return part(worker, requests, written, advantages, rows);
                });
    rowGradients.clear();
    if (trainFeatures) {
      parts.forEach(part -> part.scatter(features, rowGradients));
    }
    Map<String, double[]> gradients =
        Shards.sum(parts.stream().map(part -> part.result.gradients()).toList());
    double loss = parts.stream().mapToDouble(part -> part.result.loss()).sum();
    double norm = adam.step(step, gradients, rowGradients, options.clipNorm());
    weightsChanged();
    return new Outcome(loss, norm);
  }

  /** Tokens of a group's lists, each more costly the larger the pool whose scores it has. */
  private static long cost(ListWriter.Written written, int pool) {
    return written.lists().stream().mapToLong(Trajectory::length).sum() * (256 + pool) / 256;
  }

  private static int longest(ListWriter.Written written) {
    return written.lists().stream().mapToInt(Trajectory::length).max().orElse(0);
  }

  /** One part of a batch: its requests, their padded pool and what the graph returned. */
  private record Part(List<Request> requests, int pool, ReplayEngine.Result result) {

    void scatter(FeatureRows features, RowGradients into) {
      for (int r = 0; r < requests.size(); r++) {
        Request request = requests.get(r);
        int offset = r * pool * features.width();
        features.scatter(request, request.pool(), result.features(), offset, into);
      }
    }
  }

  private Part part(
      int worker,
      List<Request> requests,
      List<ListWriter.Written> written,
      double[] advantages,
      int[] rows) {
    int group = options.groupSize();
    int pool = Arrays.stream(rows).map(r -> requests.get(r).pool()).max().orElseThrow();
    int width = trainFeatures ? features.width() : architecture.settings().width();
    float[] candidates = new float[rows.length * pool * width];
    List<Request> own = new ArrayList<>();
    List<Trajectory> lists = new ArrayList<>();
    double[] coefficient = new double[rows.length * group];
    for (int i = 0; i < rows.length; i++) {
      Request request = requests.get(rows[i]);
      own.add(request);
      lists.addAll(written.get(rows[i]).lists());
      for (int g = 0; g < group; g++) {
        coefficient[i * group + g] = -advantages[rows[i] * group + g] / advantages.length;
      }
      int offset = i * pool * width;
      if (trainFeatures) {
        features.fill(request, request.pool(), generator, candidates, offset);
      } else {
        float[] z = written.get(rows[i]).z();
        System.arraycopy(z, 0, candidates, offset, z.length);
      }
    }
    int[] pools = own.stream().mapToInt(Request::pool).toArray();
    ReplayBatch batch = new ReplayBatch(pool, pools, group, lists, coefficient);
    return new Part(own, pool, engines.get(worker).gradient(batch, candidates));
  }

  /** The mean reward of greedy lists. */
  private Map<String, Double> validate(ListSet validation) {
    List<Request> requests =
        IntStream.range(0, validation.size()).mapToObj(validation::request).toList();
    List<Trajectory> lists = writer.best(requests);
    List<int[]> orders = lists.stream().map(Trajectory::order).toList();
    double reward =
        scorer.score(requests, orders).stream().mapToDouble(this::reward).average().orElse(0);
    double reasoning = lists.stream().mapToInt(Trajectory::reasoning).average().orElse(0);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("reward", reward);
    values.put("reasoning steps", reasoning);
    return values;
  }
}
