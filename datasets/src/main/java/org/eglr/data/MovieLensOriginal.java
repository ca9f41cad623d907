package org.eglr.data;

import static tech.tablesaw.api.ColumnType.INTEGER;
import static tech.tablesaw.api.ColumnType.LONG;
import static tech.tablesaw.api.ColumnType.STRING;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * MovieLens 100K as GroupLens publishes it: ISO-8859-1 without headers; {@code u.data} separated by
 * tabs, {@code u.item} (24 columns, 19 of them genre flags) and {@code u.user} by '|'.
 */
final class MovieLensOriginal {

  private static final Charset LATIN = StandardCharsets.ISO_8859_1;

  private MovieLensOriginal() {}

  static MovieLensTables read(Path users, Path films, Path ratings) {
    return new MovieLensTables(
        "ml-100k",
        SeparatedFile.read(users, LATIN, "|", MovieLensTables.USER),
        SeparatedFile.read(films, LATIN, "|", filmColumns()),
        SeparatedFile.read(ratings, LATIN, "\t", MovieLensTables.RATING),
        (table, row) -> FilmTitle.ofOriginal(table.text("movie_title", row)),
        MovieLensOriginal::flags);
  }

  private static List<FileColumn> filmColumns() {
    List<FileColumn> columns =
        new ArrayList<>(
            List.of(
                FileColumn.required("item_id", LONG),
                FileColumn.required("movie_title", STRING),
                FileColumn.skipped("release_date"),
                FileColumn.skipped("video_release_date"),
                FileColumn.skipped("imdb_url")));
    Genres.NAMES.forEach(genre -> columns.add(FileColumn.required(Genres.field(genre), INTEGER)));
    return columns;
  }

  private static double[] flags(FileTable films, int row) {
    double[] flags = new double[Genres.NAMES.size()];
    for (int g = 0; g < flags.length; g++) {
      String column = Genres.field(Genres.NAMES.get(g));
      int flag = films.integer(column, row);
      if (flag != 0 && flag != 1) {
        throw films.error(row, column, "is no flag; allowed are 0 and 1");
      }
      flags[g] = flag;
    }
    return flags;
  }
}
