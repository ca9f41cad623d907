package org.eglr.internal.store;

import org.eglr.PairEffects;
import org.eglr.Settings;
import org.eglr.internal.check.Setting;

/**
 * config.json of a model file whose evaluator has pair effects, version {@value #VERSION} of the
 * format: earlier releases, which would leave them out, refuse the file.
 *
 * @param format always {@value ModelConfig#FORMAT}
 * @param version of the format
 * @param evaluatorTrained whether the evaluator was trained
 * @param generatorTrained whether the generator was trained
 * @param preselection candidates that reach the generator; 0: all
 * @param settings architecture and reasoning
 */
record PairedConfig(
    String format,
    int version,
    boolean evaluatorTrained,
    boolean generatorTrained,
    int preselection,
    Settings settings) {

  static final int VERSION = 4;

  PairedConfig {
    Setting.require(preselection >= 0, "preselection", preselection, "0 or more");
  }

  /** Whether a model is stored so. */
  static boolean concerns(Settings settings) {
    return settings.pairEffects() != PairEffects.NONE;
  }

  static PairedConfig of(ModelConfig config, int preselection) {
    return new PairedConfig(
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

  /** Refuses pair effects in a version that has none, and the other way round. */
  static void require(int version, int paired, Settings settings) {
    Setting.require(
        concerns(settings) == (version >= paired),
        "pairEffects",
        settings.pairEffects(),
        version >= paired
            ? "MATCH, FACTORS, DIFFERENCES or ALL in version " + version
            : "NONE in version " + version);
  }
}
