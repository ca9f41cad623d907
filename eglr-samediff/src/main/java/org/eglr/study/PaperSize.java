package org.eglr.study;

import org.eglr.EvaluatorBuilder;

/**
 * How large the models and trainings of a table are.
 *
 * @param name on the command line
 * @param note what its numbers are worth
 * @param lists most training lists of a world
 * @param measured test lists a simulated world
 * @param tuned validation lists that settings are chosen by
 * @param width of evaluators and generators
 * @param heads of their attention
 * @param evaluatorEpochs passes over the training lists
 * @param steps of GRPO; 0: one pass
 * @param epochs of other trainings; 0: their default
 * @param repeats of a measurement of time
 */
record PaperSize(
    String name,
    String note,
    int lists,
    int measured,
    int tuned,
    int width,
    int heads,
    int evaluatorEpochs,
    int steps,
    int epochs,
    int repeats) {

  private static final int REAL = 2_000;

  static final PaperSize FULL =
      new PaperSize("full", "the size to cite", Integer.MAX_VALUE, 900, 600, 32, 4, 8, 0, 0, 200);

  /** About a fifth of the work: half as wide, fewer lists. */
  static final PaperSize QUICK =
      new PaperSize(
          "quick",
          "an impression: narrow models, few lists",
          2_000,
          World.MEASURED,
          300,
          16,
          2,
          8,
          0,
          0,
          100);

  static final PaperSize SMALL =
      new PaperSize("small", "a trial whose numbers mean nothing", 200, 40, 20, 8, 2, 1, 2, 1, 5);

  /**
   * The size of a name.
   *
   * @throws IllegalArgumentException naming all
   */
  static PaperSize named(String name) {
    for (PaperSize size : new PaperSize[] {FULL, QUICK, SMALL}) {
      if (size.name().equals(name)) {
        return size;
      }
    }
    throw new IllegalArgumentException(
        "no size '%s'; there are full, quick, small".formatted(name));
  }

  boolean small() {
    return this == SMALL;
  }

  /** Lists of a world that are measured on, at most: more of a real log. */
  int measured(World world) {
    return small() || !world.real() ? measured : REAL;
  }

  /** A world with no more lists than this size has. */
  World of(World world) {
    return world.real() || world.lists() <= lists ? world : world.withLists(lists);
  }

  /** What result files are called. */
  String file(String table) {
    return this == FULL ? table : table + "-" + name;
  }

  /** The paper has one evaluator. */
  EvaluatorBuilder of(EvaluatorBuilder builder) {
    return builder.width(width).heads(heads).members(1);
  }
}
