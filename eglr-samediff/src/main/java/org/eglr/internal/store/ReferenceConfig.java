package org.eglr.internal.store;

import java.util.Map;

/**
 * config.json of a plain re-ranker's file.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format
 * @param kind which re-ranker it is
 * @param texts its settings that are words, by name
 * @param numbers its settings and values that are single numbers, by name
 */
record ReferenceConfig(
    String format,
    int version,
    String kind,
    Map<String, String> texts,
    Map<String, Double> numbers) {

  static final String FORMAT = "eglr-reference";
  static final int VERSION = 1;
}
