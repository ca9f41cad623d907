package org.eglr.rerank;

import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A stage of a {@link StepModel}'s training.
 *
 * @param name of options and logs
 * @param rollout which lists are learned from
 * @param samples lists a request; 1 where they are not sampled
 * @param credit what the lists are worth; null: the loss looks at clicks only, and only candidates
 *     that were shown can be chosen
 * @param loss of each list, [B]; minimised in the mean over lists
 * @param learns which parameters change, by name; tables' names begin with "features."
 */
public record TrainingStage(
    String name,
    Rollout rollout,
    int samples,
    Credit credit,
    BiFunction<ModelGraph, Steps, SDVariable> loss,
    Predicate<String> learns) {

  /** Learns from clicks, one list a request. */
  public static TrainingStage supervised(
      Rollout rollout, BiFunction<ModelGraph, Steps, SDVariable> loss) {
    return new TrainingStage("supervised", rollout, 1, null, loss, name -> true);
  }

  /** Learns from what lists that it draws are worth to an evaluator. */
  public static TrainingStage reinforced(
      int samples, Credit credit, BiFunction<ModelGraph, Steps, SDVariable> loss) {
    return new TrainingStage("reinforced", Rollout.SAMPLED, samples, credit, loss, name -> true);
  }

  /** The same under another name. */
  public TrainingStage named(String other) {
    return new TrainingStage(other, rollout, samples, credit, loss, learns);
  }

  /** The same with only some parameters that change. */
  public TrainingStage learning(Predicate<String> parameters) {
    return new TrainingStage(name, rollout, samples, credit, loss, parameters);
  }
}
