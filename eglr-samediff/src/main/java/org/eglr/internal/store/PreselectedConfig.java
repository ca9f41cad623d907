package org.eglr.internal.store;

import org.eglr.Settings;

/**
 * config.json of a model file with a preselection, version {@value #VERSION} of the format: earlier
 * releases, which would leave it out, refuse the file.
 *
 * @param format always {@value ModelConfig#FORMAT}
 * @param version of the format
 * @param evaluatorTrained whether the evaluator was trained
 * @param generatorTrained whether the generator was trained
 * @param preselection candidates that reach the generator; at least 1
 * @param settings architecture and reasoning
 */
record PreselectedConfig(
    String format,
    int version,
    boolean evaluatorTrained,
    boolean generatorTrained,
    int preselection,
    Settings settings) {

  /** Version 2 is the one that may have logs of the trainings beside it, as this one may. */
  static final int VERSION = 3;

  PreselectedConfig {
    Settings.require(preselection >= 1, "preselection", preselection, "1 or more");
  }

  static PreselectedConfig of(ModelConfig config, int preselection) {
    return new PreselectedConfig(
        config.format(),
        VERSION,
        config.evaluatorTrained(),
        config.generatorTrained(),
        preselection,
        config.settings());
  }

  ModelConfig plain() {
    return new ModelConfig(format, version, evaluatorTrained, generatorTrained, settings);
  }
}
