package org.eglr.study;

import org.eglr.EvaluatorBuilder;

/**
 * How large the models and trainings of a table are.
 *
 * @param lists most training lists of a world
 * @param measured test lists a world; all of a real log where there are fewer
 * @param tuned validation lists that settings are chosen by
 * @param width of evaluators and generators
 * @param heads of their attention
 * @param evaluatorEpochs passes over the training lists
 * @param steps of GRPO; 0: one pass
 * @param epochs of other trainings; 0: their default
 * @param repeats of a measurement of time
 */
record PaperSize(
    int lists,
    int measured,
    int tuned,
    int width,
    int heads,
    int evaluatorEpochs,
    int steps,
    int epochs,
    int repeats) {

  static final PaperSize FULL =
      new PaperSize(Integer.MAX_VALUE, World.MEASURED, World.MEASURED, 32, 4, 8, 0, 0, 200);

  /** A trial whose numbers mean nothing. */
  static final PaperSize SMALL = new PaperSize(200, 40, 20, 8, 2, 1, 2, 1, 5);

  boolean small() {
    return this == SMALL;
  }

  EvaluatorBuilder of(EvaluatorBuilder builder) {
    return builder.width(width).heads(heads);
  }
}
