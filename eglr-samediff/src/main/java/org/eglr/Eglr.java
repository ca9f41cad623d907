package org.eglr;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.internal.EvaluatorModel;
import org.eglr.internal.EvaluatorState;
import org.eglr.internal.GeneratorModel;
import org.eglr.internal.Hardware;
import org.eglr.internal.Recommender;
import org.eglr.internal.SchemaCheck;
import org.eglr.internal.check.Setting;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.store.ModelFile;
import org.eglr.metrics.Comparison;
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
 * <p>The same seed, data and settings give the same numbers, whatever the number of threads. May be
 * used by any number of threads, also while it is trained: a call computes with the weights that
 * there were when it began, and a training's take their place when it ends. One thread at a time
 * may train.
 */
public final class Eglr implements Reranker {

  private static final String NAME = "EGLR";

  private final Recommender lists;

  private Eglr(Recommender lists) {
    this.lists = lists;
  }

  /** Starts the settings of a new model for data of the given schema. */
  public static EglrBuilder builder(Schema schema) {
    return new EglrBuilder(schema);
  }

  static Eglr create(
      Architecture architecture, EvaluatorModel evaluator, Engine bulk, Engine single) {
    var generator =
        new GeneratorModel(architecture.generator(), false, evaluator.state(), Optional.empty());
    return new Eglr(new Recommender(architecture, evaluator, generator, bulk, single, 0));
  }

  /**
   * Reads a model that {@link #save} wrote, or that of a checkpoint with the best weights so far;
   * it computes where {@link Device#AUTO} says.
   *
   * @throws ModelFileException if the file is missing, damaged, foreign or of another version
   */
  public static Eglr load(Path file) {
    ModelFile.Content content = ModelFile.read(file);
    EvaluatorModel evaluator = EvaluatorModel.of(content);
    Engine bulk = Device.AUTO.engine(null, Gpu::here);
    Engine single = Device.AUTO.single(null, bulk);
    var generator = GeneratorModel.of(content, evaluator.state());
    return new Eglr(new Recommender(content.architecture(), evaluator, generator, bulk, single, 0));
  }

  /**
   * Writes settings, schema and weights to one file; an existing file is replaced only when the new
   * one is complete.
   *
   * @throws ModelFileException if it cannot be written
   */
  public void save(Path file) {
    ModelFile.write(file, lists.content());
  }

  @Override
  public String name() {
    return NAME;
  }

  public Settings settings() {
    return lists.architecture().settings();
  }

  public Schema schema() {
    return lists.architecture().schema();
  }

  /** What judges this model's lists, and what it learns from; not a copy. */
  public Evaluator evaluator() {
    return new Evaluator(lists.evaluator(), lists.bulk());
  }

  /** Whether both parts are trained, and for each other. */
  @Override
  public boolean trained() {
    return evaluatorTrained() && generatorTrained();
  }

  public boolean evaluatorTrained() {
    return lists.evaluator().state().trained();
  }

  /** Whether the generator is trained; one that shares the evaluator's features, with this one. */
  public boolean generatorTrained() {
    return lists.generatorTrained();
  }

  /** Number of parameters of evaluator and generator. */
  public long parameters() {
    return evaluator().parameters() + lists.generator().state().weights().size();
  }

  /** Trains the evaluator on the training lists, keeping the weights best on validation lists. */
  public TrainingLog trainEvaluator(Splits data, UnaryOperator<EvaluatorTraining> options) {
    return evaluator().train(data, options);
  }

  /**
   * Trains the evaluator (section 4.4.1). Interrupting the thread ends training in good order. A
   * generator that shares the evaluator's features must be trained anew afterwards.
   *
   * @throws DataException if the lists have another schema than the model
   */
  public TrainingLog trainEvaluator(ListSet train, UnaryOperator<EvaluatorTraining> options) {
    return evaluator().train(train, options);
  }

  /** Trains the generator on the training requests, keeping the weights best on validation. */
  public TrainingLog trainGenerator(Splits data, UnaryOperator<GrpoTraining> options) {
    ListSet validation = SchemaCheck.nonEmpty(data.valid());
    return trainGenerator(data.train(), t -> options.apply(t.validation(validation)));
  }

  /**
   * Trains the generator by GRPO against the frozen evaluator (section 4.4.2). Interrupting the
   * thread ends training in good order.
   *
   * @throws IllegalStateException if the evaluator has not been trained
   * @throws DataException if the lists have another schema than the model
   */
  public TrainingLog trainGenerator(ListSet train, UnaryOperator<GrpoTraining> options) {
    EvaluatorState teacher =
        lists
            .evaluator()
            .state()
            .requireTrained("trainEvaluator first, the generator learns from it");
    GrpoTraining chosen = options.apply(new GrpoTraining());
    return lists.generator().train(lists.bulk(), lists.architecture(), teacher, train, chosen);
  }

  /**
   * The greedy list for a request and how it came about. Of candidates that nothing tells apart the
   * first of the pool comes first.
   *
   * @throws DataException if the request has another schema than the model
   * @throws IllegalStateException if the model is not trained
   */
  @Override
  public Ranking rerank(Request request) {
    return rerank(List.of(request)).get(0);
  }

  /** The greedy lists for several requests, as {@link #rerank(Request)} makes them. */
  @Override
  public List<Ranking> rerank(List<Request> requests) {
    return lists.rerank(requests);
  }

  /**
   * The lists that beam search finds, the most probable first: several good answers to one request,
   * from which the best by another measure may be picked.
   *
   * @param width beginnings that are followed at each position, and most lists returned; 1 to 1000
   * @throws DataException if the request has another schema than the model
   * @throws IllegalStateException if the model is not trained
   */
  public List<Ranking> beamSearch(Request request, int width) {
    return lists.beamSearch(request, width);
  }

  /** The evaluator's {@link Evaluator#clickProbabilities} of the lists as they were shown. */
  public List<double[]> clickProbabilities(ListSet shown) {
    return evaluator().clickProbabilities(shown);
  }

  /** Measures the greedy lists of this model. */
  @Override
  public Report evaluate(ListSet measured) {
    return lists.evaluate(NAME, measured);
  }

  /**
   * Measures the initial order, the candidates sorted by what the evaluator thinks of each alone,
   * and this model. A generator that is not trained is measured under a name that says so.
   *
   * @throws IllegalStateException if the evaluator is not trained
   */
  public Comparison compare(ListSet measured) {
    Report own = lists.evaluateAnyGenerator(NAME, measured);
    return new Comparison(
        List.of(
            Rerankers.initialOrder(evaluator()).evaluate(measured),
            Rerankers.sortedAlone(evaluator()).evaluate(measured),
            own));
  }

  /**
   * The same weights with other reasoning settings: what the model does with another threshold,
   * budget or temperature, without training. Training either trains both.
   */
  public Eglr withReasoning(UnaryOperator<ReasoningBuilder> settings) {
    var changed = settings.apply(new ReasoningBuilder(settings().reasoning())).build();
    return new Eglr(lists.with(new Architecture(schema(), settings().withReasoning(changed))));
  }

  /** The same weights computed with another engine. Training either trains both. */
  public Eglr withEngine(Engine other) {
    return new Eglr(lists.with(other, other));
  }

  /**
   * The same model behind a narrowing of large pools: only the candidates whose click the evaluator
   * thinks most probable, each looked at alone, reach the generator. Rankings then speak of the
   * narrowed request. Training is not changed.
   *
   * @param top candidates that stay, at least 1; never fewer than the items asked for
   */
  public Eglr withPreselection(int top) {
    Setting.require(top >= 1, "top", top, "1 or more");
    return new Eglr(lists.withPreselection(top));
  }

  /** The same weights computed elsewhere: "auto", "cpu" or "gpu". Training either trains both. */
  public Eglr withDevice(String name) {
    Device device = Device.named(name);
    Engine other = device.engine(null, Gpu::here);
    return new Eglr(lists.with(other, device.single(null, other)));
  }

  public Engine engine() {
    return lists.bulk();
  }

  /** Where this model computes and with what; on a CPU also why no GPU is used. */
  public String hardware() {
    return Hardware.describe(lists.bulk(), lists.single());
  }

  /** Passes present weights off as trained; for tests that any weights will do for. */
  Eglr asTrained() {
    lists.evaluator().declareTrained();
    lists.generator().declareTrained(lists.evaluator().state());
    return this;
  }
}
