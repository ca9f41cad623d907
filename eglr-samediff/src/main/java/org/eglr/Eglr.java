package org.eglr;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.decode.EntropyProfile;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.ListWriter;
import org.eglr.internal.Preselection;
import org.eglr.internal.learn.EvaluatorTrainer;
import org.eglr.internal.learn.GrpoTrainer;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.ProfileBuilder;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.store.ModelFile;
import org.eglr.internal.work.Workers;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Evaluation;
import org.eglr.metrics.Report;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingLog;

/**
 * Entropy-guided latent reasoning (arXiv 2601.13533): a re-ranker that reasons while it recommends.
 * An evaluator learns what users click; a generator writes lists item by item, and where its
 * decision entropy is high it inserts reasoning tokens before it chooses; GRPO trains it against
 * the evaluator.
 *
 * <pre>{@code
 * var data = Datasets.movieLens("ml-100k").lists(10).split(0.8, 0.1, 0.1);
 * var eglr = Eglr.builder(data.schema()).seed(7).build();
 * eglr.trainEvaluator(data, t -> t.epochs(8));
 * eglr.trainGenerator(data, t -> t.groupSize(8));
 * Ranking ranking = eglr.rerank(data.test().request(0));
 * }</pre>
 *
 * <p>The same seed, data and settings give the same numbers, whatever the number of threads. One
 * thread at a time may train a model; a model that is not being trained may be used by one thread
 * at a time, too.
 */
public final class Eglr {

  private final Architecture architecture;
  private final Weights evaluator;
  private final Weights generator;
  private final Progress progress;
  private final Engine engine;
  private final Engine single; // writes lists that are asked for one by one
  private final int preselection; // 0: none
  private final Map<Engine, ListWriter> writers = new EnumMap<>(Engine.class);
  private int writersVersion;

  /** What has been trained, and the scorer made of it; shared between views of the same weights. */
  private static final class Progress {
    private boolean evaluator;
    private boolean generator;
    private TrainingLog evaluatorLog; // null if there is none
    private TrainingLog generatorLog;
    private int version; // of the weights
    private EvaluatorScorer scorer;

    private void weightsChange() {
      version++;
      if (scorer != null) {
        scorer.close();
        scorer = null;
      }
    }
  }

  private Eglr(
      Architecture architecture,
      Weights evaluator,
      Weights generator,
      Progress progress,
      Engine engine,
      Engine single,
      int preselection) {
    this.architecture = architecture;
    this.evaluator = evaluator;
    this.generator = generator;
    this.progress = progress;
    this.engine = engine;
    this.single = single;
    this.preselection = preselection;
  }

  /** Starts the settings of a new model for data of the given schema. */
  public static EglrBuilder builder(Schema schema) {
    return new EglrBuilder(schema);
  }

  static Eglr create(Schema schema, Settings settings, Engine engine, Engine single) {
    Architecture architecture = new Architecture(schema, settings);
    return new Eglr(
        architecture,
        architecture.evaluator(),
        architecture.generator(),
        new Progress(),
        engine,
        single,
        0);
  }

  /**
   * Reads a model that {@link #save} wrote, or that of a checkpoint with the best weights so far;
   * it computes where {@link Device#AUTO} says.
   *
   * @throws ModelFileException if the file is missing, damaged, foreign or of another version
   */
  public static Eglr load(Path file) {
    ModelFile.Content content = ModelFile.read(file);
    Progress progress = new Progress();
    progress.evaluator = content.evaluatorTrained();
    progress.generator = content.generatorTrained();
    Engine engine = Device.AUTO.engine(null, content.architecture().settings().width(), Gpu::here);
    progress.evaluatorLog = content.evaluatorLog();
    progress.generatorLog = content.generatorLog();
    return new Eglr(
        content.architecture(),
        content.evaluator(),
        content.generator(),
        progress,
        engine,
        Device.AUTO.single(null, engine),
        content.preselection());
  }

  /**
   * Writes settings, schema, weights, preselection and the logs of the trainings, without their
   * times, to one file; an existing file is replaced only when the new one is complete.
   *
   * @throws ModelFileException if it cannot be written
   */
  public void save(Path file) {
    ModelFile.write(
        file,
        new ModelFile.Content(
            architecture,
            evaluator,
            generator,
            progress.evaluator,
            progress.generator,
            preselection,
            progress.evaluatorLog,
            progress.generatorLog));
  }

  public Settings settings() {
    return architecture.settings();
  }

  public Schema schema() {
    return architecture.schema();
  }

  public boolean evaluatorTrained() {
    return progress.evaluator;
  }

  public boolean generatorTrained() {
    return progress.generator;
  }

  /**
   * What the evaluator's last training measured, also that of a loaded model, whose file has no
   * times: they are NaN. Empty if it has not been trained, or the file is of a release that kept no
   * logs.
   */
  public Optional<TrainingLog> evaluatorLog() {
    return Optional.ofNullable(progress.evaluatorLog);
  }

  /** What the generator's last training measured, as {@link #evaluatorLog}. */
  public Optional<TrainingLog> generatorLog() {
    return Optional.ofNullable(progress.generatorLog);
  }

  /** Number of parameters of evaluator and generator. */
  public long parameters() {
    return evaluator.size() + generator.size();
  }

  /** Trains the evaluator on the training lists, keeping the weights best on validation lists. */
  public TrainingLog trainEvaluator(Splits data, UnaryOperator<EvaluatorTraining> options) {
    return trainEvaluator(data.train(), t -> options.apply(t.validation(nonEmpty(data.valid()))));
  }

  /**
   * Trains the evaluator (section 4.4.1). Interrupting the thread ends training in good order. A
   * generator that shares the evaluator's features must be trained anew afterwards.
   *
   * @throws DataException if the lists have another schema than the model
   */
  public TrainingLog trainEvaluator(ListSet train, UnaryOperator<EvaluatorTraining> options) {
    EvaluatorTraining chosen = options.apply(new EvaluatorTraining());
    requireSchema(train, chosen.validation());
    TrainingLog log;
    try {
      log = new EvaluatorTrainer(engine, architecture, evaluator, chosen).train(train);
    } finally {
      progress.weightsChange();
    }
    progress.evaluator = true;
    progress.evaluatorLog = latest(progress.evaluatorLog, log);
    progress.generator &= settings().trainFeatures();
    if (!progress.generator) {
      progress.generatorLog = null;
    }
    return log;
  }

  /** Trains the generator on the training requests, keeping the weights best on validation. */
  public TrainingLog trainGenerator(Splits data, UnaryOperator<GrpoTraining> options) {
    return trainGenerator(data.train(), t -> options.apply(t.validation(nonEmpty(data.valid()))));
  }

  /**
   * Trains the generator by GRPO against the frozen evaluator (section 4.4.2). Interrupting the
   * thread ends training in good order.
   *
   * @throws IllegalStateException if the evaluator has not been trained
   * @throws DataException if the lists have another schema than the model
   */
  public TrainingLog trainGenerator(ListSet train, UnaryOperator<GrpoTraining> options) {
    if (!progress.evaluator) {
      throw new IllegalStateException(
          "the evaluator is not trained: call trainEvaluator first, the generator learns from it");
    }
    GrpoTraining chosen = options.apply(new GrpoTraining());
    requireSchema(train, chosen.validation());
    if (settings().trainFeatures() && !progress.generator) {
      generator.setFrom(evaluatorFeatures());
    }
    TrainingLog log;
    try {
      log = new GrpoTrainer(engine, architecture, evaluator, generator, chosen).train(train);
    } finally {
      progress.weightsChange();
    }
    progress.generator = true;
    progress.generatorLog = latest(progress.generatorLog, log);
    return log;
  }

  /** The greedy list for a request and how it came about. */
  public Ranking rerank(Request request) {
    return rerank(List.of(request)).get(0);
  }

  /**
   * The greedy lists for several requests.
   *
   * @throws DataException if a request has another schema than the model
   */
  public List<Ranking> rerank(List<Request> requests) {
    requests.forEach(request -> schema().requireSame(request.schema()));
    List<Request> narrowed = requests.stream().map(r -> narrowed(r, kept(r))).toList();
    return rankings(narrowed, writer(single).trace(narrowed));
  }

  /**
   * The lists that beam search finds, the most probable first: several good answers to one request,
   * from which the best by another measure may be picked.
   *
   * @param width beginnings that are followed at each position, and most lists returned; 1 to 1000
   * @throws DataException if the request has another schema than the model
   */
  public List<Ranking> beamSearch(Request request, int width) {
    schema().requireSame(request.schema());
    Settings.require(width >= 1 && width <= 1000, "width", width, "1 to 1000");
    Request narrowed = narrowed(request, kept(request));
    List<ListWriter.Traced> written =
        writer(single).beam(narrowed, width).stream()
            .map(list -> writer(single).trace(narrowed, list.order()))
            .toList();
    return rankings(Collections.nCopies(written.size(), narrowed), written);
  }

  /** The candidates that reach the generator. */
  private int[] kept(Request request) {
    if (preselection == 0) {
      return IntStream.range(0, request.pool()).toArray();
    }
    return new Preselection(preselection, scorer()).kept(request);
  }

  private static Request narrowed(Request request, int[] kept) {
    return kept.length == request.pool() ? request : request.withCandidates(kept);
  }

  private List<Ranking> rankings(List<Request> requests, List<ListWriter.Traced> written) {
    List<EvaluatorScorer.Opinion> opinions =
        opinions(requests, written.stream().map(w -> w.list().order()).toList());
    return IntStream.range(0, requests.size())
        .mapToObj(
            r -> {
              EvaluatorScorer.Opinion opinion = opinions.get(r);
              ListWriter.Traced list = written.get(r);
              return new Ranking(
                  requests.get(r),
                  list.list().order(),
                  opinion.click(),
                  opinion.dcg(),
                  list.trace());
            })
        .toList();
  }

  /**
   * The evaluator's click probabilities of the lists as they were shown.
   *
   * @return one probability a position, list by list
   */
  public List<double[]> clickProbabilities(ListSet lists) {
    requireSchema(lists, null);
    return opinions(requests(lists), shown(lists)).stream()
        .map(EvaluatorScorer.Opinion::click)
        .toList();
  }

  /** Measures the greedy lists of this model. */
  public Report evaluate(ListSet lists) {
    requireSchema(lists, null);
    List<Request> requests = requests(lists);
    List<int[]> kept = requests.stream().map(this::kept).toList();
    List<Trajectory> trajectories =
        writer(engine)
            .best(
                IntStream.range(0, lists.size())
                    .mapToObj(list -> narrowed(requests.get(list), kept.get(list)))
                    .toList());
    ProfileBuilder profile = new ProfileBuilder();
    for (int list = 0; list < lists.size(); list++) {
      profile.add(trajectories.get(list), kept.get(list).length);
    }
    List<int[]> orders =
        IntStream.range(0, lists.size())
            .mapToObj(l -> Preselection.inPool(trajectories.get(l).order(), kept.get(l)))
            .toList();
    return report("EGLR", lists, orders, Optional.of(profile.build()));
  }

  /** Measures the initial order, the candidates sorted by the evaluator, and this model. */
  public Comparison compare(ListSet lists) {
    requireSchema(lists, null);
    return new Comparison(
        List.of(
            report("initial order", lists, shown(lists), Optional.empty()),
            report("sorted by evaluator", lists, sortedByEvaluator(lists), Optional.empty()),
            evaluate(lists)));
  }

  /**
   * The same weights with other reasoning settings: what the model does with another threshold,
   * budget or temperature, without training. Training either trains both.
   */
  public Eglr withReasoning(UnaryOperator<ReasoningBuilder> settings) {
    var changed = settings.apply(new ReasoningBuilder(settings().reasoning())).build();
    return new Eglr(
        new Architecture(schema(), settings().withReasoning(changed)),
        evaluator,
        generator,
        progress,
        engine,
        single,
        preselection);
  }

  /** The same weights computed with another engine. Training either trains both. */
  public Eglr withEngine(Engine other) {
    return with(other, other);
  }

  /**
   * The same model behind a narrowing of large pools: only the candidates whose click the evaluator
   * thinks most probable, each looked at alone, reach the generator. Rankings then speak of the
   * narrowed request. Training is not changed, and a checkpoint holds none.
   *
   * @param top candidates that stay, at least 1; never fewer than the items asked for
   */
  public Eglr withPreselection(int top) {
    Settings.require(top >= 1, "top", top, "1 or more");
    return new Eglr(architecture, evaluator, generator, progress, engine, single, top);
  }

  /** The same weights computed elsewhere: "auto", "cpu" or "gpu". Training either trains both. */
  public Eglr withDevice(String name) {
    Device device = Device.named(name);
    Engine other = device.engine(null, settings().width(), Gpu::here);
    return with(other, device.single(null, other));
  }

  private Eglr with(Engine bulk, Engine one) {
    return new Eglr(architecture, evaluator, generator, progress, bulk, one, preselection);
  }

  public Engine engine() {
    return engine;
  }

  /** Where this model computes and with what; on a CPU also why no GPU is used. */
  public String hardware() {
    Gpu gpu = Gpu.here();
    if (engine == Engine.JAVA) {
      String why = gpu.usable() ? "not asked for: " : "";
      return "CPU, plain Java, %d threads; GPU not used: %s%s"
          .formatted(Workers.shared().size(), why, gpu.found());
    }
    String apart = single == engine ? "" : "; lists one by one on the CPU";
    return gpu.usable()
        ? "GPU, %s; %s%s".formatted(gpu.found(), Backend.describe(), apart)
        : "CPU, SameDiff on %s; GPU not used: %s".formatted(Backend.describe(), gpu.found());
  }

  /** The evaluator's click probability of each candidate in initial order, sorted. */
  private List<int[]> sortedByEvaluator(ListSet lists) {
    List<Request> requests = requests(lists);
    List<int[]> pools = requests.stream().map(r -> IntStream.range(0, r.pool()).toArray()).toList();
    List<EvaluatorScorer.Opinion> opinions = opinions(requests, pools);
    return IntStream.range(0, requests.size())
        .mapToObj(
            r ->
                IntStream.range(0, requests.get(r).pool())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -opinions.get(r).click()[i]))
                    .limit(requests.get(r).length())
                    .mapToInt(Integer::intValue)
                    .toArray())
        .toList();
  }

  private Report report(
      String name, ListSet lists, List<int[]> orders, Optional<EntropyProfile> profile) {
    double[] scores =
        opinions(requests(lists), orders).stream()
            .mapToDouble(EvaluatorScorer.Opinion::dcg)
            .toArray();
    return Evaluation.report(name, lists, orders, scores, profile);
  }

  private List<EvaluatorScorer.Opinion> opinions(List<Request> requests, List<int[]> orders) {
    return scorer().score(requests, orders);
  }

  private ListWriter writer(Engine with) {
    if (writersVersion != progress.version) {
      writers.values().forEach(ListWriter::close);
      writers.clear();
      writersVersion = progress.version;
    }
    boolean own = settings().trainFeatures() && progress.generator;
    return writers.computeIfAbsent(
        with, e -> new ListWriter(e, architecture, own ? generator : evaluator, generator));
  }

  private EvaluatorScorer scorer() {
    if (progress.scorer == null) {
      progress.scorer = new EvaluatorScorer(engine, architecture, evaluator);
    }
    return progress.scorer;
  }

  private Weights evaluatorFeatures() {
    return new Weights(
        evaluator.all().stream().filter(t -> t.name().startsWith("features.")).toList());
  }

  private void requireSchema(ListSet lists, ListSet validation) {
    schema().requireSame(lists.schema());
    if (lists.size() == 0) {
      throw new DataException("there are no lists");
    }
    if (validation != null) {
      schema().requireSame(validation.schema());
      if (validation.size() == 0) {
        throw new DataException(
            "there are no validation lists: leave validation out, or give it some");
      }
    }
  }

  /** A run that was stopped before its first step says nothing of the weights. */
  private static TrainingLog latest(TrainingLog before, TrainingLog log) {
    return before != null && log.steps().isEmpty() ? before : log;
  }

  private static ListSet nonEmpty(ListSet lists) {
    return lists.size() == 0 ? null : lists;
  }

  private static List<int[]> shown(ListSet lists) {
    return IntStream.range(0, lists.size())
        .mapToObj(list -> IntStream.range(0, lists.length(list)).toArray())
        .toList();
  }

  private static List<Request> requests(ListSet lists) {
    return IntStream.range(0, lists.size()).mapToObj(lists::request).toList();
  }
}
