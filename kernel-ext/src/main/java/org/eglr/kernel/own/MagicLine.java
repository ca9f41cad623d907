package org.eglr.kernel.own;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a magic before a cursor, written as one line of arguments.
 *
 * @param arguments behind the magic's name; a setting of a cell magic stands last, as an option
 * @param setting whether the cursor is in the name or value of such a setting
 */
public record MagicLine(String arguments, boolean setting) {

  private static final Pattern SETTING = Pattern.compile("\\s*(\\S+?)(?:\\s*[=:]\\s*|\\s+)(.*)");

  /**
   * The arguments before a cursor.
   *
   * @param name the magic's
   * @return empty if the cursor is not behind the name of such a magic
   */
  public static Optional<MagicLine> at(String cell, int cursor, String name) {
    for (CellScanner.Magic magic : magics(cell)) {
      int signs = cell.startsWith("%%", magic.start()) ? 2 : 1;
      int begin = magic.start() + signs + name.length();
      boolean named = (magic.line() + " ").split("\\s", 2)[0].equals(name);
      if (!named || cursor < begin || cursor > magic.end()) {
        continue;
      }
      int lineEnd = magic.start() + signs + magic.line().length();
      if (cursor <= lineEnd) {
        return Optional.of(new MagicLine(cell.substring(begin, cursor), false));
      }
      return setting(cell, cursor)
          .map(setting -> new MagicLine(command(cell.substring(begin, lineEnd)) + setting, true));
    }
    return Optional.empty();
  }

  /** Behind the last character of the word at a place. */
  public static int wordEnd(String cell, int place) {
    int end = Math.max(0, Math.min(place, cell.length()));
    while (end < cell.length() && !Character.isWhitespace(cell.charAt(end))) {
      end++;
    }
    return end;
  }

  private static List<CellScanner.Magic> magics(String cell) {
    try {
      return CellScanner.magics(cell);
    } catch (IllegalArgumentException e) {
      return List.of(); // A cell that cannot run has no arguments to help with.
    }
  }

  /** A cell of settings alone describes a model. */
  private static String command(String arguments) {
    return arguments.isBlank() ? " model " : arguments + " ";
  }

  private static Optional<String> setting(String cell, int cursor) {
    String line = cell.substring(cell.lastIndexOf('\n', cursor - 1) + 1, cursor);
    if (line.strip().startsWith("#") || line.strip().startsWith("//")) {
      return Optional.empty();
    }
    Matcher parts = SETTING.matcher(line);
    return Optional.of(
        parts.matches()
            ? "--%s=%s".formatted(parts.group(1), parts.group(2))
            : "--" + line.stripLeading());
  }
}
