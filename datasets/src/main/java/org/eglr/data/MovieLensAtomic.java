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

  static MovieLensFiles read(Path users, Path films, Path ratings) {
    return new MovieLensFiles(
        SeparatedFile.read(users, StandardCharsets.UTF_8, '\t', MovieLensFiles.USER, USER_HEADER),
        SeparatedFile.read(films, StandardCharsets.UTF_8, '\t', FILM, FILM_HEADER),
        SeparatedFile.read(
            ratings, StandardCharsets.UTF_8, '\t', MovieLensFiles.RATING, RATING_HEADER),
        MovieLensAtomic::title,
        MovieLensAtomic::flags);
  }

  private static FilmTitle title(FileTable films, int row) {
    FilmTitle title =
        FilmTitle.ofAtomic(films.text("movie_title", row), films.text("release_year", row));
    if (title == null) {
      throw films.error(row, "release_year", "is no year; expected are 4 digits or 'unknown'");
    }
    return title;
  }

  private static double[] flags(FileTable films, int row) {
    double[] flags = new double[Genres.NAMES.size()];
    String words = films.text("class", row);
    if (words != null) {
      for (String word : words.split(" +")) {
        int genre = Genres.NAMES.indexOf(word);
        if (genre < 0) {
          throw films.error(
              row, "class", "names the genre '%s'; known are %s".formatted(word, Genres.NAMES));
        }
        flags[genre] = 1;
      }
    }
    return flags;
  }
}
