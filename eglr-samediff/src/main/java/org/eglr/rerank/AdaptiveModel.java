package org.eglr.rerank;

/**
 * A {@link StepModel} that learns once more when it is asked for a list, for this request alone:
 * its most probable list is judged by the evaluator, the loss of its first stage moves the arrays
 * that it names by {@link ModelGraph#activation} against their gradient, lists are drawn from
 * there, and the list that the evaluator likes best is served. Weights stay as they are.
 */
public interface AdaptiveModel extends StepModel {

  /** How far and how often. */
  Adaptation adaptation();
}
