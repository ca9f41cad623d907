package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.experiment.Experiment;
import org.eglr.experiment.SettingCatalog;
import org.eglr.kernel.EglrError;

/**
 * The settings of a cell that stand for many runs: some of them have several values, or there are
 * seeds.
 *
 * @param settings by qualified name, as {@code model.maxSteps}, the values given
 * @param seeds empty: those of the experiment
 */
record GridSettings(Map<String, List<String>> settings, List<String> seeds) {

  private static final Set<String> STAGES = Set.of("model", "evaluator", "grpo");

  /** A value: in quotes, or without blanks and commas but those in parentheses. */
  private static final Pattern VALUE = Pattern.compile("\"([^\"]*)\"|[^\\s,\"(]+(?:\\([^()]*\\))?");

  /** Splits {@code 0 1 2}, {@code 0, 1, 2} and {@code always "random(0.5)"}. */
  static List<String> values(String text) {
    return VALUE
        .matcher(text)
        .results()
        .map(found -> found.group(1) == null ? found.group() : found.group(1))
        .toList();
  }

  /** A text with blanks may be one value, as a sum of rewards is. */
  private static List<String> values(String name, String text) {
    try {
      if (STAGES.contains(stage(name))) {
        SettingCatalog.named(name).value(text);
        return List.of(text);
      }
    } catch (IllegalArgumentException e) {
      // Several values, or none that the setting takes, which is said of each.
    }
    List<String> found = values(text);
    return found.isEmpty() ? List.of(text) : found;
  }

  /** Those of a cell whose lines are {@code --section.name=value}. */
  static GridSettings of(List<String> lines, String seeds) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      String name = line.substring(2, equals);
      settings.put(name, values(name, line.substring(equals + 1)));
    }
    return new GridSettings(settings, seeds == null ? List.of() : values(seeds));
  }

  boolean many() {
    return !seeds.isEmpty()
        || settings.entrySet().stream()
            .anyMatch(s -> STAGES.contains(stage(s.getKey())) && s.getValue().size() > 1);
  }

  private static String stage(String name) {
    return name.substring(0, Math.max(0, name.indexOf('.')));
  }

  /** Refuses names and values that no setting has, before data are loaded. */
  void check() {
    settings.forEach(
        (name, values) -> {
          if (STAGES.contains(stage(name)) && !name.equals("model.seed")) {
            values.forEach(SettingCatalog.named(name)::value);
          }
        });
  }

  /** The experiment on data that are there. */
  Experiment experiment(Splits data) {
    Experiment experiment = Experiment.of(data);
    settings.forEach(
        (name, values) -> {
          if (STAGES.contains(stage(name))) {
            if (name.equals("model.seed")) {
              throw new EglrError("many runs have 'seeds: 1 2 3' instead of model.seed");
            }
            if (values.size() > 1) {
              experiment.vary(shortest(name), values.toArray());
            } else {
              experiment.fix(name, values.get(0));
            }
          }
        });
    if (!seeds.isEmpty()) {
      experiment.seeds(seeds.stream().mapToLong(GridSettings::seed).toArray());
    }
    return experiment.on(measured(data));
  }

  /** The name without its stage where that is enough. */
  private static String shortest(String name) {
    try {
      String own = name.substring(name.indexOf('.') + 1);
      SettingCatalog.named(own);
      return own;
    } catch (IllegalArgumentException e) {
      return name; // of both trainings, or unknown, which is said for the whole name
    }
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new EglrError("seed '%s' is no whole number".formatted(text));
    }
  }

  private ListSet measured(Splits data) {
    List<String> unknown = new ArrayList<>(settings.keySet());
    unknown.removeIf(
        n -> !n.startsWith("compare.") || n.equals("compare.on") || n.equals("compare.lists"));
    if (!unknown.isEmpty()) {
      throw new EglrError(
          "many runs have no '%s'; they have compare.on and compare.lists"
              .formatted(unknown.get(0)));
    }
    String on = settings.getOrDefault("compare.on", List.of("test")).get(0);
    ListSet lists =
        switch (on) {
          case "train" -> data.train();
          case "valid" -> data.valid();
          case "test" -> data.test();
          default ->
              throw new EglrError("compare.on is '%s'; allowed: train, valid, test".formatted(on));
        };
    String most = settings.getOrDefault("compare.lists", List.of("0")).get(0);
    if (!most.matches("\\d{1,9}")) {
      throw new EglrError("compare.lists is '%s'; a whole number is needed".formatted(most));
    }
    int count = Integer.parseInt(most);
    return count == 0 || count >= lists.size() ? lists : lists.sample(count, 1);
  }
}
