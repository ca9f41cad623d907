package org.eglr.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What stands between the columns of a text file.
 *
 * @param character one character, which no cell can hold
 */
record Separator(char character) {

  private static final String OTHERS = "\t,;| ";

  List<String> split(String line) {
    return List.of(line.split(Pattern.quote(String.valueOf(character)), -1));
  }

  /** "tabs", "blanks" or the character itself in quotes. */
  String words() {
    return switch (character) {
      case '\t' -> "tabs";
      case ' ' -> "blanks";
      default -> "'" + character + "'";
    };
  }

  /**
   * What to say of a line whose columns another character separates; nothing if none does.
   *
   * @param fits whether these are the cells that the line should have
   */
  Optional<String> insteadIn(String line, Predicate<List<String>> fits) {
    if (line.indexOf(character) >= 0) {
      return Optional.empty();
    }
    return OTHERS
        .chars()
        .mapToObj(other -> new Separator((char) other))
        .filter(other -> other.character != character)
        .filter(other -> fits.test(other.cells(line)))
        .findFirst()
        .map(
            other ->
                "the columns are separated by %s; expected are %s"
                    .formatted(other.words(), words()));
  }

  /** As {@link #split}, where several blanks in a row count as one. */
  private List<String> cells(String line) {
    return split(character == ' ' ? line.strip().replaceAll(" +", " ") : line);
  }
}
