package org.eglr.internal.store;

import org.eglr.Settings;

/**
 * config.json of a model file without what {@link WholeConfig} has.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format
 * @param evaluatorTrained whether the evaluator was trained
 * @param generatorTrained whether the generator was trained
 * @param settings architecture and reasoning
 */
record ModelConfig(
    String format,
    int version,
    boolean evaluatorTrained,
    boolean generatorTrained,
    Settings settings) {

  static final String FORMAT = "eglr-model";

  /** Version 2 may have the logs of the trainings beside it; the configuration is the same. */
  static final int VERSION = 2;

  static final int OLDEST = 1;
}
