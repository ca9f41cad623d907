package org.eglr.experiment;

import java.util.Map;

/**
 * What a run measured.
 *
 * @param columns by metric the value of each list
 * @param reasoningSteps reasoning tokens per list
 * @param seconds that the generator's training took; NaN where it was not kept
 */
record TrialResult(Map<String, double[]> columns, double reasoningSteps, double seconds) {}
