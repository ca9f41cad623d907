package org.eglr.gpu;

import java.util.Map;
import java.util.TreeMap;

/**
 * A place of the benchmark's table and what is known there.
 *
 * @param lists of a batch: requests x group in a GRPO step
 * @param milliseconds by engine, where it was measured; grows
 * @param notes by engine: why it was not; grows
 */
record BenchCell(
    String work,
    int width,
    int pool,
    int lists,
    Map<String, Double> milliseconds,
    Map<String, String> notes) {

  /** The note where the time did not suffice. */
  static final String LATE = "no time";

  static BenchCell empty(BenchPlan.Row row, int lists) {
    return new BenchCell(
        row.work(), row.width(), row.pool(), lists, new TreeMap<>(), new TreeMap<>());
  }
}
