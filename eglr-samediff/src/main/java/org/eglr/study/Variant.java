package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings that are compared with others.
 *
 * @param name in tables
 * @param settings by the names that {@link org.eglr.experiment.Experiment} knows
 * @param against another variant that it is compared with, too; empty: the first
 */
record Variant(String name, Map<String, Object> settings, String against) {

  /** Names and values in turn. */
  static Variant of(String name, Object... settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return new Variant(name, all, "");
  }
}
