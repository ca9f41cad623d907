package org.eglr.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.metrics.Report;

/**
 * A row of an experiment: one combination of settings.
 *
 * @param settings what is varied, with this row's value
 * @param report of the lists' values, averaged over the seeds
 * @param seeds that are finished
 * @param bySeed by metric the mean over lists of each of the seeds
 * @param reasoningSteps reasoning tokens per list, averaged over the seeds
 * @param trainingSeconds that the generator's training took, averaged over the seeds; wall time
 */
public record ExperimentRow(
    Map<String, String> settings,
    Report report,
    List<Long> seeds,
    Map<String, double[]> bySeed,
    double reasoningSteps,
    double trainingSeconds) {

  public ExperimentRow {
    settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    seeds = List.copyOf(seeds);
  }

  /** Standard deviation of a metric's mean over the seeds; NaN for a single seed. */
  public double seedDeviation(String metric) {
    double[] means = bySeed.get(metric);
    double mean = java.util.Arrays.stream(means).average().orElse(Double.NaN);
    double squares = java.util.Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
    return means.length < 2 ? Double.NaN : Math.sqrt(squares / (means.length - 1));
  }
}
