package org.eglr.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.ListScore;
import org.eglr.Ranking;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.train.TrainingLog;

/**
 * An evaluator and a generator that belong together, as they were at one moment, and what writes
 * lists with them: a call that began with them ends with them.
 */
final class ServedModel implements AutoCloseable {

  private final EvaluatorState evaluator;
  private final GeneratorState generator;
  private final boolean generatorTrained;
  private final PerEngine<ListWriter> writers;

  ServedModel(Architecture architecture, EvaluatorState evaluator, GeneratorState generator) {
    this.evaluator = evaluator;
    this.generator = generator;
    boolean ownFeatures = architecture.settings().trainFeatures();
    generatorTrained = generator.trained(evaluator, ownFeatures);
    Weights features =
        ownFeatures && generatorTrained ? generator.weights() : evaluator.weights().member(0);
    writers =
        new PerEngine<>(
            engine -> new ListWriter(engine, architecture, features, generator.weights()));
  }

  boolean isOf(EvaluatorState e, GeneratorState g) {
    return evaluator == e && generator == g;
  }

  EvaluatorState evaluator() {
    return evaluator;
  }

  GeneratorState generator() {
    return generator;
  }

  boolean generatorTrained() {
    return generatorTrained;
  }

  /** Of the generator's training, if that still holds. */
  Optional<TrainingLog> generatorLog() {
    return generatorTrained ? generator.log() : Optional.empty();
  }

  /**
   * @throws IllegalStateException if a part is not trained, naming the remedy
   */
  ServedModel requireTrained() {
    evaluator.requireTrained("trainEvaluator first, then trainGenerator");
    if (!generatorTrained) {
      throw new IllegalStateException(
          generator.trained()
              ? "the evaluator was trained anew after the generator, which shares its features:"
                  + " call trainGenerator again"
              : "the generator is not trained: call trainGenerator first");
    }
    return this;
  }

  ListWriter writer(Engine engine) {
    return writers.get(engine);
  }

  /** Lists, as indices into their requests' pools, with the evaluator's opinion of them. */
  List<Ranking> rankings(Engine engine, List<Request> requests, List<ListWriter.Traced> written) {
    List<ListScore> scores =
        evaluator
            .scorer(engine)
            .score(requests, written.stream().map(w -> w.list().order()).toList());
    return IntStream.range(0, requests.size())
        .mapToObj(r -> ranking(requests.get(r), scores.get(r), written.get(r)))
        .toList();
  }

  private static Ranking ranking(Request request, ListScore score, ListWriter.Traced written) {
    return new Ranking(
        request, written.list().order(), score.clickProbabilities(), score.dcg(), written.trace());
  }

  @Override
  public void close() {
    writers.close();
  }
}
