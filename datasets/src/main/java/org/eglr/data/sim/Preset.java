package org.eglr.data.sim;

import java.util.Arrays;
import java.util.List;

/** A kind of data with its calibrated constants; {@link Simulator} says what each stands for. */
enum Preset {
  AD(
      "ad",
      FieldNames.AD,
      new Tastes(6, 10, 20, -1.9, 1.6, 0.2, 0, 0.8, 0.3, 0.8, 0.2),
      new Settings(1_000, 400, 10_000, 10, 10, null, 0.6, 1.0, 0.5, 7)),
  KUAIRAND(
      "kuairand",
      FieldNames.KUAIRAND,
      new Tastes(6, 12, 40, 0.0, 1.4, 0.2, 0.5, 0.7, 0.3, 0.7, 0.2),
      new Settings(1_000, 500, 10_000, 10, 10, null, 0.3, 1.0, 0.5, 7)),
  MISLEADING(
      "misleading",
      FieldNames.AD,
      new Tastes(6, 10, 20, -3.2, 0.8, 0.2, 0, 0.4, 0.5, 0.5, 1.5),
      new Settings(1_000, 400, 10_000, 10, 10, 30, 0.6, 1.0, 0.0, 7));

  final String key;
  final FieldNames names;
  final Tastes tastes;
  final Settings defaults;

  Preset(String key, FieldNames names, Tastes tastes, Settings defaults) {
    this.key = key;
    this.names = names;
    this.tastes = tastes;
    this.defaults = defaults;
  }

  static Preset of(String key) {
    List<String> keys = Arrays.stream(values()).map(preset -> preset.key).toList();
    int index = keys.indexOf(key);
    Settings.require(index >= 0, "preset", key, String.join(", ", keys));
    return values()[index];
  }
}
