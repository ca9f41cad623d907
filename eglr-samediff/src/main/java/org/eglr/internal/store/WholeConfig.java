package org.eglr.internal.store;

import org.eglr.Settings;
import org.eglr.internal.check.Setting;

/**
 * config.json of a model file that says more than {@link ModelConfig}: a preselection, version
 * {@value #PRESELECTED} of the format, or settings that earlier releases do not know, version
 * {@value #VERSION}, or several members, version {@value #MEMBERS}. Releases that would leave them out refuse the file.
 *
 * @param format always {@value ModelConfig#FORMAT}
 * @param version of the format
 * @param evaluatorTrained whether the evaluator was trained
 * @param generatorTrained whether the generator was trained
 * @param preselection candidates that reach the generator; 0, from version {@value #VERSION} on:
 *     all
 * @param settings architecture and reasoning, from version {@value #VERSION} on all of them
 */
record WholeConfig(
    String format,
    int version,
    boolean evaluatorTrained,
    boolean generatorTrained,
    int preselection,
    Settings settings) {

  static final int PRESELECTED = 3;

  static final int VERSION = 4;

  static final int MEMBERS = 5;

  WholeConfig {
    int least = version == PRESELECTED ? 1 : 0;
    Setting.require(preselection >= least, "preselection", preselection, least + " or more");
  }

  static WholeConfig of(ModelConfig config, int version, int preselection) {
    return new WholeConfig(
        config.format(),
        version,
        config.evaluatorTrained(),
        config.generatorTrained(),
        preselection,
        config.settings());
  }

  ModelConfig plain() {
    return new ModelConfig(format, version, evaluatorTrained, generatorTrained, settings);
  }
}
