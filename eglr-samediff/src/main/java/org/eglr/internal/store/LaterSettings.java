package org.eglr.internal.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.eglr.internal.check.Setting;

/**
 * Settings of the library's re-rankers that files of version 1 do not have, with what models were
 * before there were such settings. A model that is still that is written as version 1, so that
 * earlier releases read it.
 */
final class LaterSettings {

  private static final Map<String, Map<String, String>> BY_KIND =
      Map.of("eg-rerank", Map.of("evaluator", "SHARED"));

  private LaterSettings() {}

  private static Map<String, String> of(String kind) {
    return BY_KIND.getOrDefault(kind, Map.of());
  }

  /** Takes them out where earlier releases know all that the settings say; whether they do. */
  static boolean taken(String kind, ObjectNode settings) {
    Map<String, String> later = of(kind);
    boolean known =
        later.entrySet().stream()
            .allMatch(was -> was.getValue().equals(settings.path(was.getKey()).asText()));
    if (known) {
      settings.remove(later.keySet());
    }
    return known;
  }

  /** Adds them to settings of version 1. */
  static void add(String kind, ObjectNode settings) {
    of(kind)
        .forEach(
            (setting, was) -> {
              Setting.require(
                  !settings.has(setting), setting, settings.get(setting), "none in version 1");
              settings.put(setting, was);
            });
  }
}
