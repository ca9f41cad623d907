package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.NotebookVariables;
import org.eglr.reasoning.Gate;
import org.eglr.train.Reward;
import tech.tablesaw.api.Table;

/** Arguments as written in a notebook, made ready for the parser. */
final class Arguments {

  private static final Pattern VARIABLE = Pattern.compile("\\$(\\$|[\\p{L}_][\\p{L}\\p{N}_]*)");
  private static final Pattern SETTING = Pattern.compile("(\\S+?)(?:\\s*[=:]\\s*|\\s+)(.+)");
  private static final Pattern KEBAB = Pattern.compile("-([a-z])");

  /** Options whose values may be variables themselves, with what these hold. */
  private static final Map<String, Class<?>> WHOLE =
      Map.of("--gate", Gate.class, "--reward", Reward.class);

  private Arguments() {}

  /**
   * Leaves out a semicolon at the end, which Java has taught people to write, puts Java variables
   * in the place of {@code $name} ({@code $$} is a dollar sign), and spells options as the API
   * does: {@code --max-steps} becomes {@code --maxSteps}.
   */
  static List<String> resolve(List<String> arguments, Session session) {
    List<String> resolved = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (i == arguments.size() - 1 && argument.endsWith(";")) {
        argument = argument.substring(0, argument.length() - 1);
      }
      if (!argument.isEmpty()) {
        resolved.add(
            isTable(resolved, argument, session)
                ? argument
                : camelCase(insert(argument, whole(resolved, argument), session)));
      }
    }
    return resolved;
  }

  /**
   * The options of a cell: one {@code key value} a line; empty lines and those that begin with
   * {@code #} or {@code //} are skipped.
   */
  static List<String> ofCell(String body) {
    List<String> options = new ArrayList<>();
    int number = 1;
    for (String line : body.lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty() || line.startsWith("#") || line.startsWith("//")) {
        continue;
      }
      Matcher setting = SETTING.matcher(line);
      if (!setting.matches()) {
        throw new EglrError(
            "line %d of the cell is '%s'; a setting is written 'key value', such as 'width 64'"
                .formatted(number, line));
      }
      options.add("--%s=%s".formatted(setting.group(1), setting.group(2)));
    }
    return options;
  }

  /** Whether it names a table as the source of {@code data}, which takes the variable itself. */
  private static boolean isTable(List<String> before, String argument, Session session) {
    return !before.isEmpty()
        && before.get(0).equals("data")
        && VARIABLE.matcher(argument).matches()
        && session.value(argument.substring(1)).filter(Table.class::isInstance).isPresent();
  }

  /** What variables hold that a value takes themselves: gates, rewards; void where none does. */
  private static Class<?> whole(List<String> before, String argument) {
    int equals = argument.indexOf('=');
    String last = before.isEmpty() ? "" : before.get(before.size() - 1);
    String option = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : last;
    return WHOLE.getOrDefault(option, Void.class);
  }

  private static String insert(String argument, Class<?> whole, Session session) {
    return VARIABLE
        .matcher(argument)
        .replaceAll(
            match -> {
              boolean kept = session.value(match.group(1)).filter(whole::isInstance).isPresent();
              return Matcher.quoteReplacement(
                  kept ? match.group() : value(match.group(1), session));
            });
  }

  private static String value(String name, Session session) {
    if (name.equals("$")) {
      return "$";
    }
    Object value =
        session
            .value(name)
            .orElseThrow(
                () ->
                    new EglrError(
                        "$%s: the notebook has no variable '%s', or it is null; $$ writes a dollar sign"
                            .formatted(name, name)));
    if (NotebookVariables.isSimple(value)) {
      return value.toString();
    }
    throw new EglrError(
        "$%s is a %s; only numbers, text, paths and switches can stand in an argument"
            .formatted(name, value.getClass().getSimpleName()));
  }

  /** {@code --max-steps=2} as {@code --maxSteps=2}. */
  static String camelCase(String argument) {
    if (!argument.startsWith("--")) {
      return argument;
    }
    int end = argument.indexOf('=');
    String option = end < 0 ? argument : argument.substring(0, end);
    String spelled =
        KEBAB
            .matcher(option.substring(2))
            .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    return "--" + spelled + (end < 0 ? "" : argument.substring(end));
  }
}
