package org.eglr.experiment;

import java.util.Map;

/**
 * What a run measured.
 *
 * @param columns by metric the value of each list
 * @param reasoningSteps reasoning tokens per list
 */
record TrialResult(Map<String, double[]> columns, double reasoningSteps) {}
