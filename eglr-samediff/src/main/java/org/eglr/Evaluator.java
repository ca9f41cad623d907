package org.eglr;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.internal.EvaluatorModel;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.EvaluatorState;
import org.eglr.internal.ListChunks;
import org.eglr.internal.SchemaCheck;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.store.ModelFile;
import org.eglr.internal.work.Parts;
import org.eglr.metrics.EvaluatorMeasures;
import org.eglr.metrics.EvaluatorReport;
import org.eglr.metrics.Headroom;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.TrainingLog;

/**
 * Learns from logged lists what users click, and then judges lists: the click probability at each
 * position, which knows the items around it, and the value of the whole (eq. 6-8). Re-rankers learn
 * from it and share it.
 *
 * <pre>{@code
 * var evaluator = Evaluator.builder(data.schema()).build();
 * evaluator.train(data, t -> t.epochs(8));
 * var one = Eglr.builder(data.schema()).evaluator(evaluator).seed(1).build();
 * }</pre>
 *
 * <p>With {@code members(3)} it is several evaluators that judge together; what is said here of one
 * is then said of their means.
 *
 * <p>May be used by any number of threads, also while it is trained: a call computes with the
 * weights that there were when it began.
 */
public final class Evaluator {

  private static final String REMEDY = "its train first";

  private final EvaluatorModel model;
  private final Engine engine;

  Evaluator(EvaluatorModel model, Engine engine) {
    this.model = model;
    this.engine = engine;
  }

  EvaluatorModel model() {
    return model;
  }

  /** Starts the settings of a new evaluator for data of the given schema. */
  public static EvaluatorBuilder builder(Schema schema) {
    return new EvaluatorBuilder(schema);
  }

  /**
   * Reads the evaluator of a file that {@link #save} or {@link Eglr#save} wrote, or of a
   * checkpoint; it computes where {@link Device#AUTO} says.
   *
   * @throws ModelFileException if the file is missing, damaged, foreign or of another version
   */
  public static Evaluator load(Path file) {
    EvaluatorModel model = EvaluatorModel.of(ModelFile.read(file));
    int width = model.state().architecture().settings().width();
    return new Evaluator(model, Device.AUTO.engine(null, width, true, Gpu::here));
  }

  /**
   * Writes the evaluator to a file of the same form as a whole model's: {@link Eglr#load} takes it
   * for a model whose generator is not trained. An existing file is replaced only when the new one
   * is complete.
   *
   * @throws ModelFileException if it cannot be written
   */
  public void save(Path file) {
    EvaluatorState now = model.state();
    ModelFile.write(
        file,
        new ModelFile.Content(
            now.architecture(),
            now.weights(),
            now.architecture().generator(),
            now.trained(),
            false,
            0,
            now.log().orElse(null),
            null));
  }

  /** Sizes and seed; what concerns a generator has no meaning here. */
  public Settings settings() {
    return model.state().architecture().settings();
  }

  public Schema schema() {
    return model.state().architecture().schema();
  }

  public boolean trained() {
    return model.state().trained();
  }

  /** What the last training measured; empty if there was none. */
  public Optional<TrainingLog> log() {
    return model.state().log();
  }

  /** Number of parameters, of all members. */
  public long parameters() {
    return model.state().weights().size();
  }

  public Engine engine() {
    return engine;
  }

  /** The same evaluator, not a copy, computed with another engine. */
  public Evaluator withEngine(Engine other) {
    return new Evaluator(model, other);
  }

  /** Trains on the training lists, keeping the weights best on validation lists. */
  public TrainingLog train(Splits data, UnaryOperator<EvaluatorTraining> options) {
    return train(
        data.train(), t -> options.apply(t.validation(SchemaCheck.nonEmpty(data.valid()))));
  }

  /**
   * Trains (section 4.4.1). Interrupting the thread ends training in good order. Generators that
   * share its features must be trained anew afterwards.
   *
   * @throws DataException if the lists have another schema
   * @throws IllegalStateException if it is being trained already
   */
  public TrainingLog train(ListSet train, UnaryOperator<EvaluatorTraining> options) {
    return model.train(engine, train, options.apply(new EvaluatorTraining()));
  }

  /**
   * Judges lists.
   *
   * @param orders one a request: candidates as indices into its pool, best position first; any
   *     number of them, none twice
   * @return one score a list, in order
   * @throws IllegalStateException if the evaluator is not trained
   * @throws DataException if a request has another schema, or an order names no candidate of it
   */
  public List<ListScore> score(List<Request> requests, List<int[]> orders) {
    if (requests.size() != orders.size()) {
      throw new DataException(
          "there are %d requests and %d orders; each request needs one"
              .formatted(requests.size(), orders.size()));
    }
    for (int r = 0; r < requests.size(); r++) {
      schema().requireSame(requests.get(r).schema());
      requireList(requests.get(r), orders.get(r), r);
    }
    return model.state().requireTrained(REMEDY).scorer(engine).score(requests, orders);
  }

  /** Judges one list. */
  public ListScore score(Request request, int[] order) {
    return score(List.of(request), List.of(order)).get(0);
  }

  /**
   * Whether any generator could show anything on some lists: what sorting, greedy writing, beam
   * search, draws and local search reach under this evaluator, and in truth where that is known;
   * and whether this evaluator sees the list at all ({@link Headroom#sight}).
   *
   * @throws IllegalStateException if the evaluator is not trained
   * @throws DataException if there are no lists, or they have another schema
   */
  public Headroom headroom(ListSet lists) {
    return headroom(lists, options -> options);
  }

  /**
   * As {@link #headroom(ListSet)}, with options. An interrupt ends it in good order: with the lists
   * that are complete.
   *
   * @throws java.util.concurrent.CancellationException if no list was complete by then
   * @throws DataException if the log has another schema
   */
  public Headroom headroom(ListSet lists, UnaryOperator<HeadroomOptions> options) {
    SchemaCheck.require(schema(), lists);
    HeadroomOptions chosen = options.apply(new HeadroomOptions());
    if (chosen.log != null) {
      SchemaCheck.require(schema(), chosen.log);
    }
    EvaluatorScorer scorer = model.state().requireTrained(REMEDY).scorer(engine);
    return new HeadroomSearch(chosen).measure(lists, scorer);
  }

  private static void requireList(Request request, int[] order, int index) {
    boolean[] taken = new boolean[request.pool()];
    for (int candidate : order) {
      if (candidate < 0 || candidate >= taken.length || taken[candidate]) {
        throw new DataException(
            "order %d names candidate %d; allowed are 0 to %d, each once"
                .formatted(index, candidate, taken.length - 1));
      }
      taken[candidate] = true;
    }
    if (order.length == 0) {
      throw new DataException("order %d is empty; a list has at least 1 item".formatted(index));
    }
  }

  /**
   * Measures how well clicks are predicted, and whether the predictions see the list around an
   * item; each item that is looked at has its neighbours redrawn 8 times, by a fixed seed.
   *
   * @param lists which the evaluator was not trained on; at least one
   * @throws IllegalStateException if the evaluator is not trained
   */
  public EvaluatorReport measure(ListSet lists) {
    return measure(lists, 8, 1);
  }

  /**
   * As {@link #measure(ListSet)}.
   *
   * @param redraws of an item's neighbours; 2 to 1000
   * @param seed decides which items are looked at and what is drawn
   */
  public EvaluatorReport measure(ListSet lists, int redraws, long seed) {
    SchemaCheck.require(schema(), lists);
    EvaluatorScorer scorer = model.state().requireTrained(REMEDY).scorer(engine);
    return EvaluatorMeasures.of(
        lists, (of, orders) -> scorer.clickProbabilities(lists, of, orders), redraws, seed);
  }

  /**
   * The click probabilities of logged lists as they were shown.
   *
   * @return one probability a position, list by list
   * @throws IllegalStateException if the evaluator is not trained
   */
  public List<double[]> clickProbabilities(ListSet lists) {
    SchemaCheck.require(schema(), lists);
    EvaluatorScorer scorer = model.state().requireTrained(REMEDY).scorer(engine);
    List<double[]> all = new ArrayList<>(lists.size());
    for (Parts.Part chunk : ListChunks.of(lists, engine)) {
      scorer.shown(lists, chunk).forEach(score -> all.add(score.clickProbabilities()));
    }
    return all;
  }
}
