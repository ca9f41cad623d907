package org.eglr.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * MovieLens 20M and later as GroupLens publishes them: UTF-8, commas, headers, ratings in halves,
 * of users nothing but their id. The ratings, some hundred megabytes, are read row by row.
 */
final class MovieLensCsv {

  private static final String[] RATING = {"userId", "movieId", "rating", "timestamp"};
  private static final int USER = 0;
  private static final int FILM = 1;
  private static final int STARS = 2;
  private static final int TIME = 3;
  private static final long LATEST = 1L << 53;

  private final IdRows films;
  private final String filmsName;
  private final LongIndex users = new LongIndex();
  private final Ratings.Builder ratings = new Ratings.Builder();

  private MovieLensCsv(IdRows films, String filmsName) {
    this.films = films;
    this.filmsName = filmsName;
  }

  static Ratings read(String name, Path ratings, Path films) {
    FileTable table = films(films);
    IdRows ids = IdRows.of(table, "movieId");
    MovieLensCsv reader = new MovieLensCsv(ids, films.getFileName().toString());
    reader.read(ratings);
    Entities items =
        MovieLens.films(
            table,
            ids,
            (t, row) -> FilmTitle.ofOriginal(t.text("title", row)),
            (t, row) -> Genres.flags(t, "genres", row, "\\|", Genres.LATER),
            Genres.LATER);
    return reader.ratings.build(
        name,
        reader.users(),
        items,
        (first, second) ->
            DataException.at(
                ratings,
                line(second),
                RATING[FILM],
                items.key(reader.ratings.item(second)),
                MovieLens.twice(line(first))));
  }

  private static int line(int row) {
    return row + 2; // behind the header
  }

  private static FileTable films(Path file) {
    LongColumn ids = LongColumn.create("movieId");
    StringColumn titles = StringColumn.create("title");
    StringColumn genres = StringColumn.create("genres");
    try (CsvLines lines = open(file, "movieId", "title", "genres")) {
      while (lines.next()) {
        ids.append(lines.whole(0, 0, Long.MAX_VALUE));
        titles.append(lines.text(1));
        genres.append(lines.text(2));
        if (lines.text(1).isEmpty()) {
          throw lines.error(1, "is empty; every line needs a value here");
        }
      }
    }
    return new FileTable(file, Table.create(ids, titles, genres), line(0));
  }

  private void read(Path file) {
    try (CsvLines lines = open(file, RATING)) {
      while (lines.next()) {
        int film = films.find(lines.whole(FILM, 0, Long.MAX_VALUE));
        if (film < 0) {
          throw lines.error(
              FILM, "is not in %s; the files do not belong together".formatted(filmsName));
        }
        double stars = lines.number(STARS);
        if (!(stars >= Ratings.LOWEST && stars <= Ratings.HIGHEST)) {
          throw lines.error(
              STARS, "is outside %s to %s".formatted(Ratings.LOWEST, (int) Ratings.HIGHEST));
        }
        ratings.add(
            users.add(lines.whole(USER, 0, Long.MAX_VALUE)),
            film,
            stars,
            lines.whole(TIME, 0, LATEST));
      }
    }
  }

  private static CsvLines open(Path file, String... columns) {
    return CsvLines.open(file, ReadProgress.of(at -> {}, List.of(file)), columns);
  }

  /** In the order of their ids, so that the order of lines does not matter. */
  private Entities users() {
    int[] ascending = users.ascending();
    int[] rows = new int[ascending.length];
    IntStream.range(0, rows.length).forEach(row -> rows[ascending[row]] = row);
    ratings.renumberUsers(rows);
    String[] keys =
        Arrays.stream(ascending)
            .mapToObj(number -> Long.toString(users.id(number)))
            .toArray(String[]::new);
    return Entities.of("users", keys).categorical("user_id", keys).build();
  }
}
