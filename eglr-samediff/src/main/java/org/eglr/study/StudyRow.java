package org.eglr.study;

import java.util.Locale;
import java.util.Optional;
import org.eglr.metrics.Metric;

/**
 * What one variant reached in one world, averaged over the seeds.
 *
 * @param world seed of the world
 * @param seeds that are in the means
 * @param quality mean true DCG, or where it is not known NDCG@10, and its error over users
 * @param qualityGain over the first row, paired list by list
 * @param score mean evaluator's score
 * @param scoreGain over the first row
 * @param variantGain mean quality over another variant: the one that it names, else the first where
 *     that is not the first row
 * @param bounds of the true DCG in this world; empty on real logs
 * @param reasoningSteps tokens a list
 * @param seconds of the generator's training, wall time
 */
record StudyRow(
    String condition,
    long world,
    String variant,
    int seeds,
    Metric quality,
    Metric qualityGain,
    Metric score,
    Metric scoreGain,
    Metric variantGain,
    Optional<TruthBounds> bounds,
    double reasoningSteps,
    double seconds) {

  static final String HEADER =
      "condition,world,variant,seeds,metric,quality,quality_error,quality_gain,quality_gain_error,"
          + "score,score_error,score_gain,score_gain_error,single_items,local_search,got,"
          + "reasoning_steps,seconds,variant_gain,variant_gain_error";

  /** Share of what seeing lists is worth, in percent. */
  double got() {
    return bounds.map(b -> 100 * b.share(quality.value())).orElse(Double.NaN);
  }

  String csv() {
    return String.format(
        Locale.ROOT,
        "\"%s\",%d,\"%s\",%d,%s,%s,%s,%s,%s,%s,%s,%s,%.3f,%.1f,%s",
        condition,
        world,
        variant,
        seeds,
        quality.name(),
        pair(quality),
        pair(qualityGain),
        pair(score),
        pair(scoreGain),
        bounds.map(b -> number(b.single())).orElse(""),
        bounds.map(b -> number(b.search())).orElse(""),
        bounds.map(b -> number(got())).orElse(""),
        reasoningSteps,
        seconds,
        pair(variantGain));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  private static String pair(Metric metric) {
    return Double.isNaN(metric.value())
        ? ","
        : number(metric.value()) + "," + number(metric.standardError());
  }
}
