package org.eglr.experiment;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eglr.EglrBuilder;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;

/**
 * All settings of models and trainings, by the names that they have in Java: read off the builders,
 * so that a new one needs no second list.
 */
public final class SettingCatalog {

  /** Methods that are not settings of an experiment: it gives these itself. */
  private static final Set<String> NOT_SETTINGS =
      Set.of(
          "evaluator",
          "reasoning",
          "seed",
          "validation",
          "listener",
          "checkpoint",
          "resume",
          "equals");

  private static final List<NamedSetting> ALL = new ArrayList<>();

  static {
    add(Stage.MODEL, EglrBuilder.class);
    add(Stage.MODEL, ReasoningBuilder.class);
    add(Stage.EVALUATOR, EvaluatorTraining.class);
    add(Stage.GRPO, GrpoTraining.class);
  }

  private SettingCatalog() {}

  private static void add(Stage stage, Class<?> builder) {
    Map<String, List<Method>> byName = new TreeMap<>();
    for (Method method : builder.getMethods()) {
      if (method.getParameterCount() == 1
          && !Modifier.isStatic(method.getModifiers())
          && !method.isBridge()
          && method.getReturnType().isAssignableFrom(builder)
          && !NOT_SETTINGS.contains(method.getName())) {
        byName.computeIfAbsent(method.getName(), name -> new ArrayList<>()).add(method);
      }
    }
    byName.forEach(
        (name, methods) -> {
          methods.sort(Comparator.comparing(m -> m.getParameterTypes()[0].getName()));
          ALL.add(new NamedSetting(stage, builder, name, methods));
        });
  }

  /** All of them: by stage, and within a builder by name. */
  public static List<NamedSetting> all() {
    return List.copyOf(ALL);
  }

  /** Those of a stage. */
  public static List<NamedSetting> of(Stage stage) {
    return ALL.stream().filter(setting -> setting.stage() == stage).toList();
  }

  /**
   * The setting of a name, which may be qualified: {@code maxSteps}, {@code grpo.epochs}.
   *
   * @throws IllegalArgumentException if there is none, naming the nearest, or more than one
   */
  public static NamedSetting named(String name) {
    List<NamedSetting> found =
        ALL.stream()
            .filter(setting -> setting.name().equals(name) || setting.qualified().equals(name))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no setting '%s'; the nearest is '%s'%s"
              .formatted(
                  name,
                  nearest(name),
                  name.endsWith("seed") ? "; seeds are given by seeds(...)" : ""));
    }
    throw new IllegalArgumentException(
        "there is more than one setting '%s'; write %s"
            .formatted(
                name,
                found.stream()
                    .map(setting -> "'" + setting.qualified() + "'")
                    .collect(Collectors.joining(" or "))));
  }

  private static String nearest(String name) {
    boolean qualified = name.contains(".");
    return ALL.stream()
        .map(setting -> qualified ? setting.qualified() : setting.name())
        .min(
            Comparator.comparingInt(
                known ->
                    distance(
                        known.toLowerCase(java.util.Locale.ROOT),
                        name.toLowerCase(java.util.Locale.ROOT))))
        .orElseThrow();
  }

  /** Letters to insert, delete or change (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
