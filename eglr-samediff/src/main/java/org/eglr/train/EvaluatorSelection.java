package org.eglr.train;

/** By what the validation lists decide which of an evaluator's weights are the best. */
public enum EvaluatorSelection {
  /**
   * The loss (eq. 17), click loss and value loss: the lowest. Most of it is about single items, so
   * it tells little of whether an evaluator sees what stands beside what.
   */
  LOSS,
  /**
   * The order loss, the lowest: click loss (eq. 15) minus context gain, both in nats a position.
   *
   * <pre>
   *   order loss    = L - (L' - L)
   *   L' - L        = mean over held items of the mean over redraws of  l(p(item, other neighbours), y) - l(p(item, its neighbours), y)
   *   l(p, y)       = -log p if y was clicked, -log (1 - p) if not
   * </pre>
   *
   * <p>An item is held at its position and the others of its list are drawn anew from its pool, as
   * {@link org.eglr.metrics.EvaluatorReport#GAIN} has it, on up to 1,000 validation lists, for two
   * items a list and two redraws each, the same ones at every measurement. Expected over clicks the
   * context gain is the covariance, over neighbours, of the item's true click probability and its
   * predicted logit: it grows with how far predictions move the right way, falls where they move
   * the wrong way, and is 0 where neighbours move nothing. No truth is needed. A measurement costs
   * about 4,000 lists scored more than with {@link #LOSS}. The list's value has no part in it.
   */
  ORDER
}
