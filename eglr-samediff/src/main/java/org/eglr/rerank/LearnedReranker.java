package org.eglr.rerank;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eglr.Evaluator;
import org.eglr.ModelFileException;
import org.eglr.Ranking;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.internal.Measurement;
import org.eglr.internal.SchemaCheck;
import org.eglr.internal.check.Setting;
import org.eglr.internal.rerank.LearnedModel;
import org.eglr.internal.store.RerankerFile;
import org.eglr.metrics.Report;
import org.eglr.train.RerankerTraining;
import org.eglr.train.TrainingLog;

/**
 * A re-ranker made of a {@link RerankerModel}: it is trained, serves, is measured and saved as all
 * others.
 *
 * <pre>{@code
 * var prm = Rerankers.prm(data.schema()).seed(1).build();
 * prm.train(data, t -> t.epochs(8));
 * Ranking ranking = prm.rerank(data.test().request(0));
 * prm.save(Path.of("prm.eglr"));
 * }</pre>
 *
 * <p>The same seed, data and settings give the same numbers, whatever the number of threads. Any
 * number of threads may use it, also while one trains it: a call computes with the weights that
 * there were when it began.
 */
public final class LearnedReranker implements Trainable {

  private final LearnedModel model;
  private final Evaluator evaluator; // null: none
  private final Map<String, Double> dials;

  LearnedReranker(LearnedModel model, Evaluator evaluator, Map<String, Double> dials) {
    this.model = model;
    this.evaluator = evaluator;
    this.dials = dials;
  }

  /**
   * Reads a re-ranker that {@link #save} wrote.
   *
   * @param own the model, where it is one of your own; null: it is one of the library's
   * @param evaluator judges its lists; null: nobody does
   * @throws ModelFileException if the file is missing, damaged, foreign, or of another model
   */
  public static LearnedReranker load(Path file, RerankerModel own, Evaluator evaluator) {
    RerankerFile.Content content = RerankerFile.read(file, own);
    if (evaluator != null) {
      evaluator.schema().requireSame(content.spec().schema());
    }
    return new LearnedReranker(
        new LearnedModel(content.spec(), content.weights(), content.logs()), evaluator, Map.of());
  }

  /**
   * Writes model, settings, schema, weights and the trainings' logs, without their times, to one
   * file, completely or by an exception not at all. An evaluator has a file of its own.
   */
  public void save(Path file) {
    RerankerFile.write(file, new RerankerFile.Content(model.spec(), model.weights(), model.logs()));
  }

  @Override
  public String name() {
    return model.spec().model().name() + (model.spec().reasoning() == null ? "" : " + reasoning");
  }

  /** Its definition with its settings. */
  public RerankerModel model() {
    return model.spec().model();
  }

  public Schema schema() {
    return model.spec().schema();
  }

  public long seed() {
    return model.spec().seed();
  }

  /** Who judges its lists, and where it learns from that, teaches it. */
  public Optional<Evaluator> evaluator() {
    return Optional.ofNullable(evaluator);
  }

  /** Number of parameters. */
  public long parameters() {
    return model.weights().size();
  }

  @Override
  public boolean trained() {
    return model.trained();
  }

  /** What the last training of each stage measured, by the stage's name. */
  public Map<String, TrainingLog> logs() {
    return model.logs();
  }

  @Override
  public boolean readsInitialOrder() {
    return model().readsInitialOrder();
  }

  @Override
  public TrainingLog train(Splits data) {
    return train(data, t -> t);
  }

  /** Trains on the training lists, keeping the weights best on validation lists. */
  public TrainingLog train(Splits data, UnaryOperator<RerankerTraining> options) {
    return train(
        data.train(), t -> options.apply(t.validation(SchemaCheck.nonEmpty(data.valid()))));
  }

  /**
   * Trains; the first stage begins anew with the first weights. Interrupting the thread ends
   * training in good order.
   *
   * @return the log; of several stages all steps, numbered through, and the sum of their times;
   *     {@link #logs} has them one by one
   * @throws DataException if the lists have another schema
   * @throws IllegalStateException if it is being trained already, or learns from an evaluator that
   *     is not there or not trained
   */
  public TrainingLog train(ListSet train, UnaryOperator<RerankerTraining> options) {
    return model.train(evaluator, train, options.apply(new RerankerTraining()));
  }

  /** The most probable list; equal candidates stay in the pool's order. */
  @Override
  public Ranking rerank(Request request) {
    return rerank(List.of(request)).get(0);
  }

  @Override
  public List<Ranking> rerank(List<Request> requests) {
    return model.rerank(requests, evaluator, dials);
  }

  @Override
  public Report evaluate(ListSet lists) {
    SchemaCheck.require(schema(), lists);
    return Measurement.of(this, lists);
  }

  /**
   * The same re-ranker, not a copy, with a {@link ModelGraph#dial} set.
   *
   * @param value 0 to 1
   */
  public LearnedReranker withDial(String name, double value) {
    List<String> known = model.dials();
    Setting.require(
        known.contains(name),
        "dial",
        name,
        known.isEmpty() ? "none; " + name() + " has no dials" : String.join(", ", known));
    Setting.require(value >= 0 && value <= 1, name, value, "0 to 1");
    Map<String, Double> more = new LinkedHashMap<>(dials);
    more.put(name, value);
    return new LearnedReranker(model, evaluator, more);
  }
}
