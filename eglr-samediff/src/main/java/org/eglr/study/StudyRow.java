package org.eglr.study;

import java.util.Locale;
import org.eglr.metrics.Metric;

/**
 * What one variant reached in one world, averaged over the seeds.
 *
 * @param world seed of the world
 * @param seeds that are in the means
 * @param truth mean true DCG, and its error over users
 * @param truthGain over the first variant, paired list by list
 * @param score mean evaluator's score
 * @param scoreGain over the first variant
 * @param bounds of the true DCG in this world
 * @param reasoningSteps tokens a list
 * @param seconds of the generator's training, wall time
 */
record StudyRow(
    String condition,
    long world,
    String variant,
    int seeds,
    Metric truth,
    Metric truthGain,
    Metric score,
    Metric scoreGain,
    TruthBounds bounds,
    double reasoningSteps,
    double seconds) {

  static final String HEADER =
      "condition,world,variant,seeds,true_dcg,true_dcg_error,true_gain,true_gain_error,"
          + "score,score_error,score_gain,score_gain_error,single_items,local_search,got,"
          + "reasoning_steps,seconds";

  /** Share of what seeing lists is worth, in percent. */
  double got() {
    return 100 * bounds.share(truth.value());
  }

  String csv() {
    return String.format(
        Locale.ROOT,
        "\"%s\",%d,\"%s\",%d,%s,%s,%s,%s,%.5f,%.5f,%.2f,%.3f,%.1f",
        condition,
        world,
        variant,
        seeds,
        pair(truth),
        pair(truthGain),
        pair(score),
        pair(scoreGain),
        bounds.single(),
        bounds.search(),
        got(),
        reasoningSteps,
        seconds);
  }

  private static String pair(Metric metric) {
    return Double.isNaN(metric.value())
        ? ","
        : String.format(Locale.ROOT, "%.5f,%.5f", metric.value(), metric.standardError());
  }
}
