package org.eglr.train;

import java.util.Map;

/**
 * A measurement on the validation lists.
 *
 * @param step the optimiser step after which it was made; 0 for the initial weights
 * @param values named measurements; the first decides which weights are best
 * @param best whether these are the best weights so far
 */
public record Validation(int step, Map<String, Double> values, boolean best) {}
