package org.eglr.data;

import static tech.tablesaw.api.ColumnType.LONG;
import static tech.tablesaw.api.ColumnType.STRING;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * MovieLens 1M as GroupLens publishes it: ISO-8859-1 without headers, columns separated by '::',
 * genres by '|'. A user's age is the lowest of a group (1: under 18), the occupation a number.
 */
final class MovieLensMillion {

  private static final Charset LATIN = StandardCharsets.ISO_8859_1;
  private static final String COLONS = "::";

  private static final List<FileColumn> USER =
      List.of(
          MovieLensTables.USER_ID,
          MovieLensTables.GENDER,
          MovieLensTables.AGE,
          MovieLensTables.OCCUPATION,
          MovieLensTables.ZIP);

  private static final List<FileColumn> FILM =
      List.of(
          FileColumn.required("item_id", LONG),
          FileColumn.required("movie_title", STRING),
          FileColumn.optional("genres", STRING));

  private MovieLensMillion() {}

  static MovieLensTables read(Path users, Path films, Path ratings) {
    return new MovieLensTables(
        "ml-1m",
        SeparatedFile.read(users, LATIN, COLONS, USER),
        SeparatedFile.read(films, LATIN, COLONS, FILM),
        SeparatedFile.read(ratings, LATIN, COLONS, MovieLensTables.RATING),
        (table, row) -> FilmTitle.ofOriginal(table.text("movie_title", row)),
        (table, row) -> Genres.flags(table, "genres", row, "\\|", Genres.NAMES));
  }
}
