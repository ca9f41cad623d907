package org.eglr.data;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Invented users, films and ratings, written in either of MovieLens' shapes, with the peculiarities
 * of the real files: accents, quotes, words that look missing, brackets in titles, a film without a
 * year, one that went straight to video.
 */
final class MovieLensFixture {

  record User(int id, String age, String gender, String occupation) {}

  record Film(int id, String name, String year, List<String> genres) {}

  record Rating(int user, int film, int stars, long time) {}

  final List<User> users = new ArrayList<>();
  final List<Film> films = new ArrayList<>();
  final List<Rating> ratings = new ArrayList<>();

  /** Ten users, 41 films, ratings at random with many ties of time. */
  static MovieLensFixture random(long seed) {
    MovieLensFixture fixture = new MovieLensFixture();
    Random random = new Random(seed);
    String[] occupations = {"none", "NA", "null", "other", "", "-"};
    for (int id = 1; id <= 10; id++) {
      fixture.users.add(
          new User(
              id,
              id == 4 ? "" : Integer.toString(10 + random.nextInt(60)),
              random.nextBoolean() ? "M" : "F",
              occupations[random.nextInt(occupations.length)]));
    }
    fixture.films.add(new Film(1, "Mis\u00e9rable Ones, The", "1995", List.of("Drama", "War")));
    fixture.films.add(new Film(2, "\"Quoted\" Day, The", "1989", List.of("Children's")));
    fixture.films.add(new Film(3, "Eleven (E11even)", "2001", List.of("Sci-Fi", "Film-Noir")));
    fixture.films.add(new Film(4, "unknown", "", List.of("unknown")));
    fixture.films.add(new Film(5, "Sequel: The Third Part (1995)", "V", List.of("Animation")));
    fixture.films.add(new Film(6, "NA", "1971", List.of()));
    fixture.films.add(new Film(7, "#7", "1900", List.of("Western", "Action", "Comedy")));
    for (int id = 8; id <= 41; id++) {
      List<String> genres = new ArrayList<>(Genres.NAMES.subList(1, 19));
      Collections.shuffle(genres, random);
      fixture.films.add(
          new Film(id, "Film " + id, "" + (1930 + random.nextInt(80)), genres.subList(0, 2)));
    }
    for (User user : fixture.users) {
      int count = random.nextInt(41);
      for (int film : Logs.distinct(random, 41, count)) {
        fixture.ratings.add(
            new Rating(
                user.id(), film + 1, 1 + random.nextInt(5), 881_250_949L + random.nextInt(6)));
      }
    }
    fixture.ratings.removeIf(rating -> rating.user() == 1);
    for (int film = 1; film <= 10; film++) {
      fixture.ratings.add(new Rating(1, film, 5, 881_250_949L));
    }
    return fixture;
  }

  /** Puts the lines of every file into another order. */
  MovieLensFixture shuffled(long seed) {
    Random random = new Random(seed);
    Collections.shuffle(users, random);
    Collections.shuffle(films, random);
    Collections.shuffle(ratings, random);
    return this;
  }

  /** Writes u.user, u.item and u.data; returns the folder. */
  Path original(Path folder) throws IOException {
    List<String> userLines =
        users.stream()
            .map(u -> "%d|%s|%s|%s|0%d".formatted(u.id, u.age, u.gender, u.occupation, u.id))
            .toList();
    List<String> filmLines = new ArrayList<>();
    for (Film film : films) {
      StringBuilder line = new StringBuilder();
      line.append(film.id).append('|').append(title(film));
      line.append(film.year.isEmpty() ? "|||" : "|01-Jan-1995||");
      line.append(film.year.isEmpty() ? "" : "http://example.org/" + film.id);
      for (String genre : Genres.NAMES) {
        line.append('|').append(film.genres.contains(genre) ? 1 : 0);
      }
      filmLines.add(line.toString());
    }
    write(folder, "u.user", StandardCharsets.ISO_8859_1, userLines);
    write(folder, "u.item", StandardCharsets.ISO_8859_1, filmLines);
    write(folder, "u.data", StandardCharsets.ISO_8859_1, ratingLines());
    return folder;
  }

  /** Writes ml-100k.user, ml-100k.item and ml-100k.inter; returns the folder. */
  Path atomic(Path folder) throws IOException {
    List<String> userLines = new ArrayList<>();
    userLines.add("user_id:token\tage:token\tgender:token\toccupation:token\tzip_code:token");
    for (User u : users) {
      userLines.add("%d\t%s\t%s\t%s\t0%d".formatted(u.id, u.age, u.gender, u.occupation, u.id));
    }
    List<String> filmLines = new ArrayList<>();
    filmLines.add("item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq");
    for (Film f : films) {
      String name = f.year.isEmpty() ? "unkonwn" : f.name;
      String year = f.year.isEmpty() ? "unkonwn" : f.year;
      filmLines.add("%d\t%s\t%s\t%s".formatted(f.id, name, year, String.join(" ", f.genres)));
    }
    List<String> lines = new ArrayList<>();
    lines.add("user_id:token\titem_id:token\trating:float\ttimestamp:float");
    lines.addAll(ratingLines());
    write(folder, "ml-100k.user", StandardCharsets.UTF_8, userLines);
    write(folder, "ml-100k.item", StandardCharsets.UTF_8, filmLines);
    write(folder, "ml-100k.inter", StandardCharsets.UTF_8, lines);
    return folder;
  }

  /** Writes users.dat, movies.dat and ratings.dat, as of MovieLens 1M; returns the folder. */
  Path million(Path folder) throws IOException {
    List<String> userLines = new ArrayList<>();
    for (User u : users) {
      userLines.add("%d::%s::%s::%s::0%d".formatted(u.id, u.gender, u.age, u.occupation, u.id));
    }
    List<String> filmLines = new ArrayList<>();
    for (Film f : films) {
      filmLines.add("%d::%s::%s".formatted(f.id, title(f), String.join("|", f.genres)));
    }
    List<String> lines = ratingLines().stream().map(line -> line.replace("\t", "::")).toList();
    write(folder, "users.dat", StandardCharsets.ISO_8859_1, userLines);
    write(folder, "movies.dat", StandardCharsets.ISO_8859_1, filmLines);
    write(folder, "ratings.dat", StandardCharsets.ISO_8859_1, lines);
    return folder;
  }

  /**
   * Writes ratings.csv and movies.csv, as of MovieLens 20M: titles with commas or quotes are
   * quoted, genres have their later names, ratings are half of the invented ones; returns the
   * folder.
   */
  Path csv(Path folder) throws IOException {
    List<String> filmLines = new ArrayList<>(List.of("movieId,title,genres"));
    for (Film f : films) {
      String title = title(f);
      boolean quoted = title.contains(",") || title.contains("\"");
      String genres = String.join("|", f.genres).replace("Children's", "Children|IMAX");
      filmLines.add(
          "%d,%s,%s"
              .formatted(
                  f.id,
                  quoted ? '"' + title.replace("\"", "\"\"") + '"' : title,
                  genres.isEmpty() || genres.equals("unknown") ? "(no genres listed)" : genres));
    }
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    ratings.forEach(r -> lines.add("%d,%d,%s,%d".formatted(r.user, r.film, r.stars / 2.0, r.time)));
    write(folder, "movies.csv", StandardCharsets.UTF_8, filmLines);
    write(folder, "ratings.csv", StandardCharsets.UTF_8, lines);
    return folder;
  }

  private static String title(Film film) {
    return film.year.isEmpty() ? film.name : film.name + " (" + film.year + ")";
  }

  private List<String> ratingLines() {
    return ratings.stream()
        .map(r -> "%d\t%d\t%d\t%d".formatted(r.user, r.film, r.stars, r.time))
        .toList();
  }

  private static void write(Path folder, String name, Charset charset, List<String> lines)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(name), lines, charset);
  }
}
