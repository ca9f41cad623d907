package org.eglr.experiment;

/**
 * One run of an experiment.
 *
 * @param row index of its cell
 * @param seed of weights, batch order and sampling
 */
record Trial(int row, Cell cell, long seed) {

  /** What decides its evaluator: runs of the same text share one. */
  String evaluatorText() {
    return cell.text(NamedSetting::concernsEvaluator) + "; seed=" + seed;
  }

  /** All that is given for it. */
  String text() {
    return cell.text(setting -> true)
        + cell.baseline().map(baseline -> "; " + baseline.label()).orElse("")
        + "; seed="
        + seed;
  }
}
