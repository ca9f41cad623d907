package org.eglr.internal.store;

import org.eglr.Settings;
import org.eglr.internal.check.Setting;

/**
 * config.json of a model file that says what no earlier version could, version {@value #VERSION} of
 * the format.
 *
 * @param format always {@value ModelConfig#FORMAT}
 * @param version of the format
 * @param evaluatorTrained whether the evaluator was trained
 * @param generatorTrained whether the generator was trained
 * @param preselection candidates that reach the generator; 0: all
 * @param settings all of them
 */
record WholeConfig(
    String format,
    int version,
    boolean evaluatorTrained,
    boolean generatorTrained,
    int preselection,
    Settings settings) {

  static final int VERSION = 4;

  WholeConfig {
    Setting.require(preselection >= 0, "preselection", preselection, "0 or more");
  }

  static WholeConfig of(ModelConfig config, int preselection) {
    return new WholeConfig(
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
