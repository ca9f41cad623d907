package org.eglr.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.PairEffects;
import org.eglr.Settings;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.Engines;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ItemVectors;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.ListItems;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.PairScores;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/**
 * The outputs and gradients of every graph in float32, on ND4J's backend, against the plain-Java
 * engine, which computes them by other code on the CPU.
 */
final class GraphParity {

  /**
   * Rounding alone stays below 1e-5, but a ReLU unit whose input it moves across 0 switches on or
   * off: at width 256 both engines are then up to 3e-3 away from the same gradient in double.
   */
  static final double LIMIT = 5e-3;

  private static final int GROUP = 4;

  private final ListSet lists;
  private final List<Request> requests;
  private final List<Check> checks = new ArrayList<>();

  private GraphParity(int pool, int count) {
    lists =
        Simulator.adLike()
            .lists(200)
            .listLength(5, 10)
            .items(Math.max(400, 2 * pool))
            .pool(pool)
            .seed(3)
            .log()
            .split(0.8, 0.1, 0.1)
            .train();
    requests = IntStream.range(0, count).mapToObj(lists::request).toList();
  }

  static List<Check> run(int... widths) {
    return new GraphParity(14, 24).all(widths);
  }

  /** Pools that do not fit into a warp, a block, ... of threads. */
  static List<Check> ofPools(int... pools) {
    List<Check> checks = new ArrayList<>();
    for (int pool : pools) {
      GraphParity parity = new GraphParity(pool, 12);
      Settings gated = settings(32, "aware gated", PairEffects.MATCH);
      parity.guarded("replay, pool " + pool, () -> parity.replay(gated, false));
      parity.guarded("decoding, pool " + pool, () -> parity.decoding(gated));
      checks.addAll(parity.checks);
    }
    return checks;
  }

  private List<Check> all(int... widths) {
    for (int width : widths) {
      guarded("evaluator, width " + width, () -> evaluator(width, PairEffects.NONE));
      guarded("replay, width " + width, () -> replay(settings(width, "aware", false), false));
      guarded("decoding, width " + width, () -> decoding(settings(width, "aware", false)));
    }
    for (PairEffects effects : List.of(PairEffects.MATCH, PairEffects.ALL)) {
      guarded("evaluator, pair effects " + effects, () -> evaluator(32, effects));
    }
    for (String kind :
        List.of("aware residual", "aware gated", "plain", "plain residual", "none")) {
      for (boolean trainFeatures : new boolean[] {false, true}) {
        String name = kind + (trainFeatures ? ", own features" : "");
        guarded("replay, " + name, () -> replay(settings(32, kind, trainFeatures), false));
      }
      guarded("decoding, " + kind, () -> decoding(settings(32, kind, false)));
    }
    for (PairEffects effects : List.of(PairEffects.MATCH, PairEffects.ALL)) {
      Settings paired = settings(32, "aware gated", effects); // MATCH: as new models are
      guarded("replay, pair effects " + effects, () -> replay(paired, false));
      guarded("decoding, pair effects " + effects, () -> decoding(paired));
    }
    for (String kind : List.of("aware gated", "plain residual", "none")) {
      Settings several = settings(32, kind, false);
      guarded("replay, clipped ratios, reference, bonus, " + kind, () -> replay(several, true));
    }
    return checks;
  }

  private static Settings settings(int width, String kind, boolean trainFeatures) {
    return new Settings(width, 4, 2, 4 * width, 8, 8, trainFeatures, reasoning(kind), 11);
  }

  private static Settings settings(int width, String kind, PairEffects effects) {
    return new Settings(
        width, 4, 2, 1, 4 * width, 8, 8, false, reasoning(kind), effects, true, 1, 11);
  }

  private static Reasoning reasoning(String kind) {
    ReasoningToken token =
        kind.startsWith("aware")
            ? ReasoningToken.CONTEXT_AWARE
            : kind.startsWith("plain") ? ReasoningToken.PLAIN : ReasoningToken.NONE;
    QueryUpdate query =
        kind.endsWith("residual")
            ? QueryUpdate.RESIDUAL
            : kind.endsWith("gated") ? QueryUpdate.GATED : QueryUpdate.REPLACE;
    return new Reasoning(2, 1.5, 0.8, 1.5, token, query, true);
  }

  private void guarded(String name, Supplier<List<Check>> work) {
    try {
      for (Check check : work.get()) {
        checks.add(
            new Check(name + ": " + check.name(), check.error(), check.limit(), check.note()));
      }
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      checks.add(Check.failed(name, e));
    }
  }

  /** Sets weights that start at 0 and would leave what they weigh without effect. */
  private static Weights opened(Weights weights) {
    for (String name : List.of("pair.v", "pair.g", PairScores.NAME, Architecture.GAIN)) {
      if (weights.all().stream().anyMatch(tensor -> tensor.name().equals(name))) {
        Arrays.fill(weights.data(name), 0.05f);
      }
    }
    return weights;
  }

  // ---- evaluator

  private List<Check> evaluator(int width, PairEffects effects) {
    Architecture architecture = new Architecture(lists.schema(), settings(width, "none", effects));
    Weights weights = opened(architecture.evaluator());
    FeatureRows features = new FeatureRows(architecture);
    int[] lengths = requests.stream().mapToInt(Request::length).toArray();
    int length = Arrays.stream(lengths).max().orElseThrow();
    boolean[] clicked = new boolean[requests.size() * length];
    float[] utility = new float[requests.size()];
    float[] x = new float[clicked.length * features.width()];
    ItemVectors items = new ItemVectors();
    int[] rows = new int[clicked.length];
    FeatureMlp mlp = new FeatureMlp(architecture, weights);
    for (int b = 0; b < requests.size(); b++) {
      utility[b] = lists.utility(b);
      CandidateVectors candidates = new CandidateVectors(requests.get(b), mlp::candidates);
      for (int k = 0; k < lengths[b]; k++) {
        clicked[b * length + k] = lists.clicked(b, k);
        rows[b * length + k] = items.row(candidates, k);
      }
      features.fill(requests.get(b), lengths[b], weights, x, b * length * features.width());
    }
    ListBatch batch =
        new ListBatch(
            requests.size(), length, lengths, clicked, utility, ListItems.shown(requests));
    List<Check> found = new ArrayList<>();
    try (var java = Engines.evaluators(Engine.JAVA, architecture, weights, true);
        var graph = Engines.evaluators(Engine.SAMEDIFF, architecture, weights, true)) {
      EvaluatorEngine.Result expected = java.use(engine -> engine.train(batch, x, lengths.length));
      EvaluatorEngine.Result actual = graph.use(engine -> engine.train(batch, x, lengths.length));
      found.add(losses(losses(expected), losses(actual)));
      found.add(Check.worst("gradients", expected.gradients(), actual.gradients(), LIMIT));
      found.add(Check.close("rows", expected.features(), actual.features(), LIMIT));
    }
    try (var java = Engines.evaluators(Engine.JAVA, architecture, weights, false);
        var graph = Engines.evaluators(Engine.SAMEDIFF, architecture, weights, false)) {
      EvaluatorEngine.Scores expected = java.use(engine -> engine.score(batch, items, rows));
      EvaluatorEngine.Scores actual = graph.use(engine -> engine.score(batch, items, rows));
      found.add(Check.close("values", expected.value(), actual.value(), LIMIT));
      double[] behind = expected.click(); // behind a list's end logits mean nothing
      for (int b = 0; b < lengths.length; b++) {
        Arrays.fill(behind, b * length + lengths[b], (b + 1) * length, 0);
        Arrays.fill(actual.click(), b * length + lengths[b], (b + 1) * length, 0);
      }
      found.add(Check.close("click logits", behind, actual.click(), LIMIT));
    }
    return found;
  }

  private static double[] losses(EvaluatorEngine.Result result) {
    return new double[] {result.clickLoss(), result.valueLoss()};
  }

  // ---- generator

  /**
   * @param several whether the loss is that of a further update, with reference and bonus
   */
  private List<Check> replay(Settings settings, boolean several) {
    Architecture architecture = new Architecture(lists.schema(), settings);
    boolean trainFeatures = settings.trainFeatures();
    Weights weights = opened(architecture.generator());
    weights.setFrom(architecture.evaluator());
    FeatureRows features = new FeatureRows(architecture);
    int columns = trainFeatures ? features.width() : settings.width();
    int[] pools = requests.stream().mapToInt(Request::pool).toArray();
    int pool = Arrays.stream(pools).max().orElseThrow();
    float[] candidates = new float[pools.length * pool * columns];
    List<ListTask> tasks = tasks(architecture, GROUP);
    for (int r = 0; r < pools.length; r++) {
      int offset = r * pool * columns;
      if (trainFeatures) {
        features.fill(requests.get(r), pools[r], weights, candidates, offset);
      } else {
        float[] z = tasks.get(r * GROUP).candidates().all();
        System.arraycopy(z, 0, candidates, offset, z.length);
      }
    }
    SplittableRandom random = new SplittableRandom(5);
    double[] coefficient =
        IntStream.range(0, tasks.size()).mapToDouble(i -> random.nextGaussian()).toArray();
    try (var decoders =
            Engines.decoders(Engine.JAVA, architecture, architecture.evaluator(), weights);
        var java = Engines.replays(Engine.JAVA, architecture, weights, several);
        var graph = Engines.replays(Engine.SAMEDIFF, architecture, weights, several)) {
      List<Trajectory> sampled = decoders.use(engine -> engine.decode(tasks));
      ReplayBatch batch = new ReplayBatch(pool, pools, GROUP, requests, sampled, coefficient);
      PolicyLoss loss =
          several
              ? further(java.use(engine -> engine.choices(batch, candidates)))
              : PolicyLoss.ON_POLICY;
      ReplayEngine.Result expected = java.use(engine -> engine.gradient(batch, candidates, loss));
      ReplayEngine.Result actual = graph.use(engine -> engine.gradient(batch, candidates, loss));
      List<Check> found = new ArrayList<>();
      found.add(losses(new double[] {expected.loss()}, new double[] {actual.loss()}));
      found.add(Check.worst("gradients", expected.gradients(), actual.gradients(), LIMIT));
      if (trainFeatures) {
        found.add(Check.close("rows", expected.features(), actual.features(), LIMIT));
      }
      return found;
    }
  }

  /** Before and at the reference every choice was somewhat more or less probable than now. */
  private static PolicyLoss further(double[][] now) {
    return new PolicyLoss(true, 0.2, 0.3, near(now, 1), 0.05, near(now, 2), 0.02);
  }

  private static double[][] near(double[][] logs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Arrays.stream(logs)
        .map(list -> Arrays.stream(list).map(log -> log + random.nextDouble(-0.4, 0.4)).toArray())
        .toArray(double[][]::new);
  }

  private List<Check> decoding(Settings settings) {
    Architecture architecture = new Architecture(lists.schema(), settings);
    Weights weights = opened(architecture.generator());
    Weights features = architecture.evaluator();
    List<ListTask> tasks = tasks(architecture, GROUP);
    try (var java = Engines.decoders(Engine.JAVA, architecture, features, weights);
        var graph = Engines.decoders(Engine.SAMEDIFF, architecture, features, weights)) {
      return DecodedLists.compare(
          java.use(engine -> engine.decode(tasks)),
          graph.use(engine -> engine.decode(tasks)),
          LIMIT);
    }
  }

  private List<ListTask> tasks(Architecture architecture, int group) {
    FeatureMlp mlp = new FeatureMlp(architecture, architecture.evaluator());
    return DecodedLists.tasks(
        requests.stream().map(request -> new CandidateVectors(request, mlp::candidates)).toList(),
        group);
  }

  private static Check losses(double[] expected, double[] actual) {
    return Check.close("losses", expected, actual, LIMIT);
  }
}
