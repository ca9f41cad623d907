package org.eglr.internal.store;

import java.util.List;
import java.util.Map;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/**
 * A training run between two steps: all that the steps to come depend on. Batches and sampled lists
 * are functions of the seed and the step, so the number of steps is their state.
 *
 * @param conditions what a run that goes on from here must have in common, by name
 * @param evaluator its weights
 * @param generator its weights; null while the evaluator is being trained
 * @param optimiser Adam's state
 * @param best the best weights so far
 * @param reference the generator as the run began, from which it must not stray; null if it may
 * @param history what was measured so far
 */
public record Checkpoint(
    Architecture architecture,
    Map<String, String> conditions,
    Weights evaluator,
    Weights generator,
    Optimiser optimiser,
    Best best,
    Weights reference,
    History history) {

  /** The condition without which there is no reference. */
  public static final String REFERENCE = "klToReference";

  /** The condition that says how many updates a step has, if not one. */
  public static final String UPDATES = "updatesPerRollout";

  /**
   * Adam's state.
   *
   * @param steps updates made; fewer than the run's steps where some had no gradient
   * @param first mean of the gradients
   * @param second mean of their squares
   */
  public record Optimiser(int steps, Weights first, Weights second) {}

  /**
   * The best weights so far.
   *
   * @param weights null if nothing was measured
   * @param value what they were measured by
   * @param worse measurements since then
   */
  public record Best(Weights weights, double value, int worse) {}

  /**
   * What was measured so far.
   *
   * @param seconds wall-clock time
   */
  public record History(List<TrainingStep> steps, List<Validation> validations, double seconds) {}

  /** The weights that the run trains. */
  public Weights trained() {
    return generator == null ? evaluator : generator;
  }
}
