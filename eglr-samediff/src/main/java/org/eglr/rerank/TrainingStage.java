package org.eglr.rerank;

import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A stage of a {@link StepModel}'s training.
 *
 * @param name of options and logs
 * @param rollout which lists are learned from; null where an evaluator learns from those shown
 * @param samples lists a request; 1 where they are not sampled
 * @param credit what the lists are worth; null: the loss looks at clicks only, and only candidates
 *     that were shown can be chosen
 * @param loss of each list, [B]; minimised in the mean over lists; null: the evaluator's
 * @param learns which parameters change, by name; tables' names begin with "features."
 * @param evaluator of the model's own, with its parameters in the model's file: where there is no
 *     credit it is what learns; where there is, it says what lists are worth. Null: there is none,
 *     and credit is by the evaluator that the re-ranker was given
 */
public record TrainingStage(
    String name,
    Rollout rollout,
    int samples,
    Credit credit,
    BiFunction<ModelGraph, Steps, SDVariable> loss,
    Predicate<String> learns,
    ScoringModel evaluator) {

  private static final String TABLES = "features.";

  /** Learns from clicks, one list a request. */
  public static TrainingStage supervised(
      Rollout rollout, BiFunction<ModelGraph, Steps, SDVariable> loss) {
    return new TrainingStage("supervised", rollout, 1, null, loss, name -> true, null);
  }

  /** Learns from what lists that it draws are worth to an evaluator. */
  public static TrainingStage reinforced(
      int samples, Credit credit, BiFunction<ModelGraph, Steps, SDVariable> loss) {
    return new TrainingStage(
        "reinforced", Rollout.SAMPLED, samples, credit, loss, name -> true, null);
  }

  /**
   * Trains an evaluator of the model's own, and the embeddings that it reads, on lists as they were
   * shown; {@link #judgedBy} is for stages that learn from it.
   *
   * @param own takes the items of a list, in its order, for a pool; its scores are the clicks'
   *     logits. Its parameters need names that no other layer of the model has
   */
  public static TrainingStage evaluator(ScoringModel own) {
    return new TrainingStage("evaluator", null, 1, null, null, name -> true, own);
  }

  /**
   * The same with an evaluator of the model's own, which an earlier stage trains. Embeddings stay
   * as they are, as it reads them and is not to change meanwhile.
   */
  public TrainingStage judgedBy(ScoringModel own) {
    Predicate<String> rest = parameter -> !parameter.startsWith(TABLES);
    return new TrainingStage(name, rollout, samples, credit, loss, learns.and(rest), own);
  }

  /** The same under another name. */
  public TrainingStage named(String other) {
    return new TrainingStage(other, rollout, samples, credit, loss, learns, evaluator);
  }

  /** The same with only some parameters that change. */
  public TrainingStage learning(Predicate<String> parameters) {
    return new TrainingStage(name, rollout, samples, credit, loss, parameters, evaluator);
  }

  /** Whether it is the training of an evaluator of the model's own. */
  public boolean trainsEvaluator() {
    return evaluator != null && credit == null;
  }

  /** Whether it learns from an evaluator that the re-ranker must be given. */
  public boolean needsEvaluator() {
    return credit != null && evaluator == null;
  }
}
