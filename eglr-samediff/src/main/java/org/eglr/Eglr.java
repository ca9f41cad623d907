package org.eglr;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingLog;

/** Entropy-guided latent reasoning: a re-ranker that reasons while it recommends. */
public final class Eglr {

  private Eglr() {}

  public static EglrBuilder builder(Schema schema) {
    return new EglrBuilder(schema);
  }

  static Eglr create(Schema schema, Settings settings) {
    throw new UnsupportedOperationException();
  }

  public static Eglr load(Path file) {
    throw new UnsupportedOperationException();
  }

  public void save(Path file) {
    throw new UnsupportedOperationException();
  }

  public Settings settings() {
    throw new UnsupportedOperationException();
  }

  public Schema schema() {
    throw new UnsupportedOperationException();
  }

  public boolean evaluatorTrained() {
    throw new UnsupportedOperationException();
  }

  public boolean generatorTrained() {
    throw new UnsupportedOperationException();
  }

  public long parameters() {
    throw new UnsupportedOperationException();
  }

  public TrainingLog trainEvaluator(Splits data, UnaryOperator<EvaluatorTraining> options) {
    throw new UnsupportedOperationException();
  }

  public TrainingLog trainEvaluator(ListSet train, UnaryOperator<EvaluatorTraining> options) {
    throw new UnsupportedOperationException();
  }

  public TrainingLog trainGenerator(Splits data, UnaryOperator<GrpoTraining> options) {
    throw new UnsupportedOperationException();
  }

  public TrainingLog trainGenerator(ListSet train, UnaryOperator<GrpoTraining> options) {
    throw new UnsupportedOperationException();
  }

  /** Greedy. */
  public Ranking rerank(Request request) {
    throw new UnsupportedOperationException();
  }

  public List<Ranking> rerank(List<Request> requests) {
    throw new UnsupportedOperationException();
  }

  /** Metrics of the greedy lists. */
  public Report evaluate(ListSet lists) {
    throw new UnsupportedOperationException();
  }

  /** Initial order, sort by the evaluator, and this model. */
  public Comparison compare(ListSet lists) {
    throw new UnsupportedOperationException();
  }

  /** The same weights with other reasoning settings. */
  public Eglr withReasoning(UnaryOperator<ReasoningBuilder> settings) {
    throw new UnsupportedOperationException();
  }
}
