package org.eglr.data;

import java.util.List;
import java.util.stream.Stream;

/** MovieLens' genres. */
final class Genres {

  /** The 19 of MovieLens 100K, in the order of the flags of {@code u.item}. */
  static final List<String> NAMES =
      List.of(
          "unknown",
          "Action",
          "Adventure",
          "Animation",
          "Children's",
          "Comedy",
          "Crime",
          "Documentary",
          "Drama",
          "Fantasy",
          "Film-Noir",
          "Horror",
          "Musical",
          "Mystery",
          "Romance",
          "Sci-Fi",
          "Thriller",
          "War",
          "Western");

  /** Those of MovieLens 20M and later. */
  static final List<String> LATER = Stream.concat(NAMES.stream(), Stream.of("IMAX")).toList();

  private Genres() {}

  /**
   * Reads the genres of a film that are written as words.
   *
   * @param between what separates them, a regular expression
   * @param names of all genres, one a flag
   * @return 1 or 0 for each name
   */
  static double[] flags(
      FileTable films, String column, int row, String between, List<String> names) {
    double[] flags = new double[names.size()];
    String words = films.text(column, row);
    if (words != null) {
      for (String word : words.split(between)) {
        int genre = names.indexOf(asFirstNamed(word));
        if (genre < 0) {
          throw films.error(
              row, column, "names the genre '%s'; known are %s".formatted(word, names));
        }
        flags[genre] = 1;
      }
    }
    return flags;
  }

  /** Later versions write two genres in another way. */
  private static String asFirstNamed(String word) {
    return switch (word) {
      case "Children" -> "Children's";
      case "(no genres listed)" -> "unknown";
      default -> word;
    };
  }

  /** The name of the dense field (0 or 1) of a genre. */
  static String field(String genre) {
    return "genre_" + genre;
  }
}
