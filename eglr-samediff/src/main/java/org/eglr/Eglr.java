package org.eglr;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.decode.SelfAttention;
import org.eglr.internal.Inside;
import org.eglr.internal.Recommender;
import org.eglr.internal.SchemaCheck;
import org.eglr.internal.samediff.Controls;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.store.ModelFile;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.rerank.Trainable;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingLog;

/**
 * Entropy-guided latent reasoning (arXiv 2601.13533): a re-ranker that reasons while it recommends.
 * An {@link Evaluator} learns what users click; a generator writes lists item by item, and where
 * its decision entropy is high it inserts reasoning tokens before it chooses; GRPO trains it
 * against the evaluator.
 *
 * <pre>{@code
 * var data = Datasets.movieLens("ml-100k").lists(10).split(0.8, 0.1, 0.1);
 * var eglr = Eglr.builder(data.schema()).seed(7).build();
 * eglr.trainEvaluator(data, t -> t.epochs(8));
 * eglr.trainGenerator(data, t -> t.groupSize(8));
 * Ranking ranking = eglr.rerank(data.test().request(0));
 * }</pre>
 *
 * <p>The same seed, data and settings give the same numbers, whatever the number of threads. Any
 * number of threads may use a model, also while one trains it: a call computes with the weights
 * that there were when it began. Data of another schema are refused by a {@link
 * org.eglr.data.DataException}, a model that is not trained by an {@link IllegalStateException}.
 */
public final class Eglr implements Trainable {

  private final Recommender model;

  Eglr(Recommender model) {
    this.model = model;
  }

  /** Starts the settings of a new model for data of the given schema. */
  public static EglrBuilder builder(Schema schema) {
    return new EglrBuilder(schema);
  }

  /**
   * Reads a model that {@link #save} wrote, or of a checkpoint the one with the best weights so
   * far.
   *
   * @throws ModelFileException if the file is missing, damaged, foreign or of another version
   */
  public static Eglr load(Path file) {
    return new Eglr(Recommender.of(ModelFile.read(file))).withDevice("auto");
  }

  /**
   * Writes settings, schema, weights, preselection and the trainings' logs, without their times, to
   * one file, completely or by an exception not at all.
   */
  public void save(Path file) {
    ModelFile.write(file, model.content());
  }

  @Override
  public String name() {
    return "EGLR";
  }

  public Settings settings() {
    return model.architecture().settings();
  }

  public Schema schema() {
    return model.architecture().schema();
  }

  /** Judges this model's lists, and teaches its generator; not a copy. */
  public Evaluator evaluator() {
    return new Evaluator(model.evaluator(), model.bulk());
  }

  @Override
  public boolean trained() {
    return evaluatorTrained() && generatorTrained();
  }

  public boolean evaluatorTrained() {
    return evaluator().trained();
  }

  /** Whether the generator is trained; one that shares the evaluator's features, with this one. */
  public boolean generatorTrained() {
    return model.generatorTrained();
  }

  /**
   * What the evaluator's last training measured, also that of a loaded model, whose file has no
   * times: they are NaN. Empty if it has not been trained, or the file is of a release that kept no
   * logs.
   */
  public Optional<TrainingLog> evaluatorLog() {
    return evaluator().log();
  }

  /** What the generator's last training measured, as {@link #evaluatorLog}. */
  public Optional<TrainingLog> generatorLog() {
    return model.generatorLog();
  }

  /** Number of parameters of both. */
  public long parameters() {
    return model.parameters();
  }

  /**
   * Trains both by default options: the evaluator if it is not trained yet, then the generator.
   *
   * @return what the generator's training measured
   */
  @Override
  public TrainingLog train(Splits data) {
    if (!evaluatorTrained()) {
      trainEvaluator(data, t -> t);
    }
    return trainGenerator(data, t -> t);
  }

  /** Trains the evaluator on training lists, keeping the weights best on validation lists. */
  public TrainingLog trainEvaluator(Splits data, UnaryOperator<EvaluatorTraining> options) {
    return evaluator().train(data, options);
  }

  /** Trains the evaluator, as {@link Evaluator#train(ListSet, UnaryOperator)} says. */
  public TrainingLog trainEvaluator(ListSet train, UnaryOperator<EvaluatorTraining> options) {
    return evaluator().train(train, options);
  }

  /** Trains the generator on training requests, keeping the weights best on validation. */
  public TrainingLog trainGenerator(Splits data, UnaryOperator<GrpoTraining> options) {
    ListSet valid = SchemaCheck.nonEmpty(data.valid());
    return trainGenerator(data.train(), t -> options.apply(t.validation(valid)));
  }

  /** Trains the generator by GRPO (section 4.4.2); an interrupt ends training in good order. */
  public TrainingLog trainGenerator(ListSet train, UnaryOperator<GrpoTraining> options) {
    return model.trainGenerator(train, options.apply(new GrpoTraining()));
  }

  /** The greedy list and how it came about; equal candidates stay in the pool's order. */
  @Override
  public Ranking rerank(Request request) {
    return rerank(List.of(request)).get(0);
  }

  @Override
  public List<Ranking> rerank(List<Request> requests) {
    return model.rerank(requests);
  }

  /**
   * The lists that beam search finds, the most probable first, to pick the best by another measure.
   *
   * @param width beginnings that are followed at each position, and most lists returned; 1 to 1000
   */
  public List<Ranking> beamSearch(Request request, int width) {
    return model.beamSearch(request, width);
  }

  /** The evaluator's {@link Evaluator#clickProbabilities} of the lists as they were shown. */
  public List<double[]> clickProbabilities(ListSet lists) {
    return evaluator().clickProbabilities(lists);
  }

  @Override
  public Report evaluate(ListSet lists) {
    return model.evaluate(name(), lists);
  }

  /**
   * Measures the initial order, the candidates sorted by what the evaluator thinks of each alone,
   * and this model, under a name that says so if its generator is not trained.
   */
  public Comparison compare(ListSet lists) {
    Report own = model.evaluateAnyGenerator(name(), lists);
    Report initial = Rerankers.initialOrder(evaluator()).evaluate(lists);
    return new Comparison(
        List.of(initial, Rerankers.sortedAlone(evaluator()).evaluate(lists), own));
  }

  /**
   * The same weights with other reasoning settings, not trained for them; shared, not copied. A
   * what-if of the decoder, no ablation, which needs a training of its own. With {@link
   * org.eglr.reasoning.QueryUpdate#GATED} it is valid: other budgets and gates change the lists'
   * quality little. With the other readings it is not: weights trained with one budget fall apart
   * with another, since items were trained to see the reasoning of all items before them.
   */
  public Eglr withReasoning(UnaryOperator<ReasoningBuilder> settings) {
    return new Eglr(model.with(settings));
  }

  public Eglr withEngine(Engine other) {
    return new Eglr(model.with(other, other));
  }

  /**
   * The same weights behind a narrowing of large pools: only candidates whose click the evaluator
   * thinks most probable, each looked at alone, reach the generator. Rankings then speak of the
   * narrowed request. A checkpoint holds no preselection.
   *
   * @param top candidates that stay, 1 or more; never fewer than the items asked for
   */
  public Eglr withPreselection(int top) {
    return new Eglr(model.withPreselection(top));
  }

  /** The same weights, not a copy, computed elsewhere: "auto", "cpu" or "gpu". */
  public Eglr withDevice(String name) {
    Device device = Device.named(name);
    Engine other =
        device.engine(null, settings().width(), Controls.hasGraph(settings()), Gpu::here);
    return new Eglr(model.with(other, device.single(null, other)));
  }

  public Engine engine() {
    return model.bulk();
  }

  /** Where this model computes and with what; on a CPU also why no GPU is used. */
  public String hardware() {
    return model.hardware();
  }

  /**
   * The present values of all parameters, copied, by name: {@code evaluator.} or {@code generator.}
   * and the name in the reference implementation, of further members {@code evaluator.members.2.}
   * and so on. A generator without features of its own shares the evaluator's. (Of a model on a
   * GPU, the values that its training left in memory.)
   */
  public Map<String, ParameterArray> weights() {
    return Inside.weights(model.content());
  }

  /**
   * A network as a SameDiff graph: a summary, a drawing, and the graph itself.
   *
   * @param network "evaluator" (eq. 6-8; of several members the first) or "generator" (one step of
   *     its decoder, eq. 10-14)
   * @throws IllegalStateException if ND4J is not on the class path
   */
  public NetworkGraph graph(String network) {
    try {
      return NetworkGraphs.of(model, network);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "graphs need ND4J, which is not on the class path: do not exclude org.nd4j and"
              + " org.bytedeco",
          e);
    }
  }

  /**
   * How much each token of a list looked at those before it, in the generator's decoder. The list
   * is passed through the decoder again, in plain Java: writing lists costs nothing for it.
   *
   * @param ranking that this model, with these reasoning settings and weights, wrote
   * @throws IllegalArgumentException if the list was not written item by item
   */
  public SelfAttention attention(Ranking ranking) {
    return Inside.attention(model, ranking);
  }
}
