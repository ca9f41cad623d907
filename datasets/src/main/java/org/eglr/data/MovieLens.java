package org.eglr.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * MovieLens' tables as ratings. Users: user_id, gender and occupation are categorical, age dense.
 * Films: item_id is categorical; release_year is dense, as years are ordered and neighbours alike,
 * which a category a year or a decade would hide; each genre is a dense field of 0 or 1.
 */
final class MovieLens {

  /** Of 100K and 1M; later versions have halves. */
  private static final int LOWEST = 1;

  /** From here on a double stands for more than one whole number. */
  private static final double INEXACT = 1L << 53;

  private MovieLens() {}

  static Ratings of(MovieLensTables files) {
    IdRows users = IdRows.of(files.users(), "user_id");
    IdRows films = IdRows.of(files.films(), "item_id");
    Ratings.Builder ratings = new Ratings.Builder();
    for (int row = 0; row < files.ratings().size(); row++) {
      int user = users.place(files.ratings(), row);
      int film = films.place(files.ratings(), row);
      ratings.add(user, film, rating(files.ratings(), row), time(files.ratings(), row));
    }
    return ratings.build(
        files.name(),
        users(files.users(), users),
        films(files.films(), films, files.title(), files.flags(), Genres.NAMES),
        (first, second) ->
            files.ratings().error(second, "item_id", twice(files.ratings().line(first))));
  }

  /** What to say of a film that the same user rated before. */
  static String twice(long line) {
    return "was rated by the same user in line %d already; keep one of the two".formatted(line);
  }

  private static double rating(FileTable ratings, int row) {
    double rating = ratings.number("rating", row);
    if (rating < LOWEST || rating > Ratings.HIGHEST) {
      throw ratings.error(
          row, "rating", "is outside %s to %s".formatted(LOWEST, (int) Ratings.HIGHEST));
    }
    return rating;
  }

  private static long time(FileTable ratings, int row) {
    double seconds = ratings.number("timestamp", row);
    if (seconds != Math.rint(seconds) || Math.abs(seconds) >= INEXACT) {
      throw ratings.error(
          row, "timestamp", "is not a whole number of seconds (within ±9,007,199,254,740,991)");
    }
    return (long) seconds;
  }

  private static Entities users(FileTable table, IdRows ids) {
    String[] keys = ids.keys();
    return Entities.of("users", keys)
        .categorical("user_id", keys)
        .categorical("gender", texts(table, "gender", ids))
        .categorical("occupation", texts(table, "occupation", ids))
        .dense("age", numbers(table, "age", ids))
        .build();
  }

  static Entities films(
      FileTable table,
      IdRows ids,
      MovieLensTables.RowReader<FilmTitle> titles,
      MovieLensTables.RowReader<double[]> flagged,
      List<String> names) {
    int[] rows = ids.rows();
    String[] keys = ids.keys();
    String[] labels = new String[rows.length];
    double[] years = new double[rows.length];
    double[][] genres = new double[names.size()][rows.length];
    for (int place = 0; place < rows.length; place++) {
      FilmTitle title = titles.read(table, rows[place]);
      labels[place] = title.label();
      years[place] = title.year();
      double[] flags = flagged.read(table, rows[place]);
      for (int g = 0; g < flags.length; g++) {
        genres[g][place] = flags[g];
      }
    }
    Entities.Builder films =
        Entities.of("items", keys)
            .labels(labels)
            .categorical("item_id", keys)
            .dense("release_year", years);
    IntStream.range(0, genres.length)
        .forEach(g -> films.dense(Genres.field(names.get(g)), genres[g]));
    return films.build();
  }

  private static String[] texts(FileTable table, String column, IdRows ids) {
    return Arrays.stream(ids.rows())
        .mapToObj(row -> table.text(column, row))
        .toArray(String[]::new);
  }

  private static double[] numbers(FileTable table, String column, IdRows ids) {
    return Arrays.stream(ids.rows()).mapToDouble(row -> table.number(column, row)).toArray();
  }
}
