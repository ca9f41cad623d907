package org.eglr.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What stands between the columns of a text file.
 *
 * @param text one or more characters, which no cell can hold
 */
record Separator(String text) {

  private static final List<String> OTHERS = List.of("\t", ",", ";", "|", "::", " ");

  List<String> split(String line) {
    return List.of(line.split(Pattern.quote(text), -1));
  }

  /** "tabs", "blanks" or the characters themselves in quotes. */
  String words() {
    return switch (text) {
      case "\t" -> "tabs";
      case " " -> "blanks";
      default -> "'" + text + "'";
    };
  }

  /**
   * What to say of a line whose columns something else separates; nothing if none does.
   *
   * @param fits whether these are the cells that the line should have
   */
  Optional<String> insteadIn(String line, Predicate<List<String>> fits) {
    if (line.contains(text)) {
      return Optional.empty();
    }
    return OTHERS.stream()
        .map(Separator::new)
        .filter(other -> !other.equals(this))
        .filter(other -> fits.test(other.cells(line)))
        .findFirst()
        .map(
            other ->
                "the columns are separated by %s; expected are %s"
                    .formatted(other.words(), words()));
  }

  /** As {@link #split}, where several blanks in a row count as one. */
  private List<String> cells(String line) {
    return split(text.equals(" ") ? line.strip().replaceAll(" +", " ") : line);
  }
}
