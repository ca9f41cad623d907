package org.eglr.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is fixed and what is varied. */
final class Grid {

  static final String VARIANT = "variant";

  private final Map<NamedSetting, Choice> fixed = new LinkedHashMap<>();
  private final Map<String, Map<String, Map<NamedSetting, Choice>>> axes = new LinkedHashMap<>();

  void fix(String name, Object value) {
    NamedSetting setting = SettingCatalog.named(name);
    fixed.put(setting, choice(setting, value));
  }

  void vary(String name, Object... values) {
    NamedSetting setting = SettingCatalog.named(name);
    Map<String, Map<NamedSetting, Choice>> points = new LinkedHashMap<>();
    for (Object value : values) {
      Choice choice = choice(setting, value);
      if (points.put(choice.label(), Map.of(setting, choice)) != null) {
        throw new IllegalArgumentException(
            "'%s' is varied over '%s' twice".formatted(name, choice.label()));
      }
    }
    if (points.isEmpty()) {
      throw new IllegalArgumentException("'%s' is varied over no value".formatted(name));
    }
    if (axes.put(name, points) != null) {
      throw new IllegalArgumentException("'%s' is varied twice".formatted(name));
    }
  }

  void variant(String label, Map<String, ?> settings) {
    Map<NamedSetting, Choice> point = new LinkedHashMap<>();
    settings.forEach(
        (name, value) -> {
          NamedSetting setting = SettingCatalog.named(name);
          point.put(setting, choice(setting, value));
        });
    if (axes.computeIfAbsent(VARIANT, v -> new LinkedHashMap<>()).put(label, point) != null) {
      throw new IllegalArgumentException("there are two variants '%s'".formatted(label));
    }
  }

  /** All combinations; what was named first varies slowest. */
  List<Cell> cells() {
    requireOnce();
    List<Cell> cells = List.of(new Cell(Map.of(), fixed));
    for (Map.Entry<String, Map<String, Map<NamedSetting, Choice>>> axis : axes.entrySet()) {
      List<Cell> more = new ArrayList<>();
      for (Cell cell : cells) {
        axis.getValue().forEach((label, point) -> more.add(cell.with(axis.getKey(), label, point)));
      }
      cells = more;
    }
    return cells;
  }

  /** A row beside the others, with the fixed settings' evaluator. */
  Cell of(Baseline baseline) {
    Map<String, String> labels = new LinkedHashMap<>();
    axes.keySet().forEach(axis -> labels.put(axis, labels.isEmpty() ? baseline.label() : ""));
    return new Cell(labels, fixed, Optional.of(baseline));
  }

  private void requireOnce() {
    Set<NamedSetting> seen = new LinkedHashSet<>(fixed.keySet());
    axes.values()
        .forEach(
            points -> {
              Set<NamedSetting> own = new LinkedHashSet<>();
              points.values().forEach(point -> own.addAll(point.keySet()));
              for (NamedSetting setting : own) {
                if (!seen.add(setting)) {
                  throw new IllegalArgumentException(
                      "setting '%s' is given twice: fixed or varied once is enough"
                          .formatted(setting.name()));
                }
              }
            });
  }

  String fixedText() {
    return new Cell(Map.of(), fixed).text(setting -> true);
  }

  private static Choice choice(NamedSetting setting, Object value) {
    Choice given = Choice.of(value);
    Object converted = setting.value(given.value());
    return value instanceof Choice ? new Choice(given.label(), converted) : Choice.of(converted);
  }
}
