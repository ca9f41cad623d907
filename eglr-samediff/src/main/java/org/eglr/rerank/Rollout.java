package org.eglr.rerank;

/** Which lists a {@link StepModel} learns from. */
public enum Rollout {
  /** Lists that it draws by its present probabilities, as many for a request as samples ask for. */
  SAMPLED,
  /** The most probable list. */
  GREEDY,
  /** The logged list, clicked items first, each kind in logged order. */
  CLICKED_FIRST,
  /** The logged list as it was shown. */
  LOGGED
}
