package org.eglr.metrics;

/**
 * A mean over lists.
 *
 * @param name what is measured: {@code MAP@5}, {@code NDCG@10}, {@code evaluator score}, ...
 * @param value the mean
 * @param standardError of the mean over lists
 */
public record Metric(String name, double value, double standardError) {}
