package org.eglr.data;

import static tech.tablesaw.api.ColumnType.LONG;
import static tech.tablesaw.api.ColumnType.STRING;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * MovieLens 100K as RecBole's atomic files: UTF-8, separated by tabs, a header of typed names
 * ({@code user_id:token}); genres as words separated by blanks.
 */
final class MovieLensAtomic {

  private static final List<String> USER_HEADER =
      List.of("user_id:token", "age:token", "gender:token", "occupation:token", "zip_code:token");

  private static final List<FileColumn> FILM =
      List.of(
          FileColumn.required("item_id", LONG),
          FileColumn.required("movie_title", STRING),
          FileColumn.optional("release_year", STRING),
          FileColumn.optional("class", STRING));
  private static final List<String> FILM_HEADER =
      List.of("item_id:token", "movie_title:token_seq", "release_year:token", "class:token_seq");

  private static final List<String> RATING_HEADER =
      List.of("user_id:token", "item_id:token", "rating:float", "timestamp:float");

  private MovieLensAtomic() {}

  static MovieLensTables read(String name, Path users, Path films, Path ratings) {
    return new MovieLensTables(
        name,
        SeparatedFile.read(users, StandardCharsets.UTF_8, "\t", MovieLensTables.USER, USER_HEADER),
        SeparatedFile.read(films, StandardCharsets.UTF_8, "\t", FILM, FILM_HEADER),
        SeparatedFile.read(
            ratings, StandardCharsets.UTF_8, "\t", MovieLensTables.RATING, RATING_HEADER),
        MovieLensAtomic::title,
        (table, row) -> Genres.flags(table, "class", row, " +", Genres.NAMES));
  }

  private static FilmTitle title(FileTable films, int row) {
    FilmTitle title =
        FilmTitle.ofAtomic(films.text("movie_title", row), films.text("release_year", row));
    if (title == null) {
      throw films.error(row, "release_year", "is no year; expected are 4 digits or 'unknown'");
    }
    return title;
  }
}
