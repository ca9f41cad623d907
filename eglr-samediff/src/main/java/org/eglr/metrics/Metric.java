package org.eglr.metrics;

/**
 * A mean over lists.
 *
 * @param name what is measured: {@code MAP@5}, {@code NDCG@10}, {@code evaluator score}, ...
 * @param value the mean
 * @param standardError of the mean, over users: a user's lists count as one cluster; NaN for fewer
 *     than two users
 */
public record Metric(String name, double value, double standardError) {}
