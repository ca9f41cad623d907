package org.eglr.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieLensTest {

  @TempDir Path root;

  private Ratings original(MovieLensFixture fixture, String name) throws IOException {
    return Datasets.movieLens(fixture.original(root.resolve(name)));
  }

  private Ratings atomic(MovieLensFixture fixture, String name) throws IOException {
    return Datasets.movieLens(fixture.atomic(root.resolve(name)));
  }

  @Test
  void bothShapesGiveTheSameLog() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      MovieLensFixture fixture = MovieLensFixture.random(seed);
      ListLog expected = original(fixture, "original" + seed).lists(4).log();
      Logs.assertSame(expected, atomic(fixture, "atomic" + seed).lists(4).log());
    }
  }

  @Test
  void theMillionGivesTheSameLists() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      MovieLensFixture fixture = MovieLensFixture.random(seed);
      ListLog expected = original(fixture, "original" + seed).lists(4).log();
      Ratings million = Datasets.movieLens(fixture.million(root.resolve("million" + seed)));
      assertEquals("ml-1m", million.name());
      Logs.assertSameContent(expected, million.lists(4).log());
    }
  }

  @Test
  void laterVersionsGiveTheSameRatings() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      MovieLensFixture fixture = MovieLensFixture.random(seed);
      Ratings expected = original(fixture, "original" + seed);
      Ratings later = Datasets.movieLens(fixture.csv(root.resolve("ml-20m-" + seed)));
      assertEquals("ml-20m-" + seed, later.name());
      assertEquals(expected.size(), later.size());
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(user(expected, i), user(later, i));
        assertEquals(film(expected, i), film(later, i));
        assertEquals(expected.rating(i) / 2, later.rating(i));
        assertEquals(expected.time(i), later.time(i));
      }
      fixture.shuffled(seed);
      Logs.assertSameContent(
          later.lists(4).log(),
          Datasets.movieLens(fixture.csv(root.resolve("shuffled" + seed))).lists(4).log());
    }
  }

  private static String user(Ratings ratings, int index) {
    return ratings.users().key(ratings.user(index));
  }

  private static String film(Ratings ratings, int index) {
    return ratings.items().key(ratings.item(index));
  }

  @Test
  void laterVersionsKnowFilmsAndNoUsers() throws IOException {
    MovieLensFixture fixture = MovieLensFixture.random(3);
    Ratings ratings = Datasets.movieLens(fixture.csv(root.resolve("ml-20m")));
    assertEquals(List.of("user_id"), ratings.users().fields().stream().map(Field::name).toList());
    Entities films = ratings.items();
    assertEquals(2 + 20, films.fields().size());
    assertEquals("\"Quoted\" Day, The (1989)", films.label(1));
    double[] childrens = films.values(Field.dense("genre_Children's"));
    assertEquals(1, childrens[1]);
    assertArrayEquals(childrens, films.values(Field.dense("genre_IMAX")));
    assertEquals(1, films.values(Field.dense("genre_unknown"))[3]);
    assertEquals(1, films.values(Field.dense("genre_unknown"))[5]); // no genres listed
  }

  @Test
  void theOrderOfLinesDoesNotMatter() throws IOException {
    for (long seed = 0; seed < 10; seed++) {
      MovieLensFixture fixture = MovieLensFixture.random(seed);
      ListLog expected = original(fixture, "sorted" + seed).lists(4).log();
      fixture.shuffled(seed);
      Logs.assertSame(expected, original(fixture, "shuffled" + seed).lists(4).log());
    }
  }

  @Test
  void everyRatingIsReadAsWritten() throws IOException {
    MovieLensFixture fixture = MovieLensFixture.random(1);
    Ratings ratings = atomic(fixture, "data");
    assertEquals(fixture.ratings.size(), ratings.size());
    List<MovieLensFixture.Rating> read =
        IntStream.range(0, ratings.size())
            .mapToObj(
                i ->
                    new MovieLensFixture.Rating(
                        Integer.parseInt(ratings.users().key(ratings.user(i))),
                        Integer.parseInt(ratings.items().key(ratings.item(i))),
                        (int) ratings.rating(i),
                        ratings.time(i)))
            .toList();
    assertTrue(read.containsAll(fixture.ratings));
  }

  @Test
  void titlesBecomeLabels() throws IOException {
    MovieLensFixture fixture = MovieLensFixture.random(2);
    for (Ratings ratings : List.of(original(fixture, "original"), atomic(fixture, "atomic"))) {
      Entities films = ratings.items();
      assertEquals("Mis\u00e9rable Ones, The (1995)", films.label(0));
      assertEquals("\"Quoted\" Day, The (1989)", films.label(1));
      assertEquals("Eleven (E11even) (2001)", films.label(2));
      assertEquals("unknown", films.label(3));
      assertEquals("Sequel: The Third Part (1995)", films.label(4));
      assertEquals("NA (1971)", films.label(5));
      assertEquals("#7 (1900)", films.label(6));
      double[] years = films.values(Field.dense("release_year"));
      assertArrayEquals(
          new double[] {1995, 1989, 2001, Double.NaN, 1995, 1971, 1900},
          java.util.Arrays.copyOf(years, 7));
    }
  }

  @Test
  void genresAreFlags() throws IOException {
    MovieLensFixture fixture = MovieLensFixture.random(3);
    Entities films = atomic(fixture, "data").items();
    assertEquals(2 + 19, films.fields().size());
    for (String genre : Genres.NAMES) {
      double[] flags = films.values(Field.dense("genre_" + genre));
      for (int row = 0; row < films.size(); row++) {
        assertEquals(fixture.films.get(row).genres().contains(genre) ? 1 : 0, flags[row]);
      }
    }
  }

  @Test
  void onlyEmptyCellsAreMissing() throws IOException {
    MovieLensFixture fixture = MovieLensFixture.random(4);
    Entities users = original(fixture, "data").users();
    assertEquals(
        List.of("user_id", "gender", "occupation", "age"),
        users.fields().stream().map(Field::name).toList());
    for (int row = 0; row < users.size(); row++) {
      MovieLensFixture.User user = fixture.users.get(row);
      String occupation = users.categories(Field.categorical("occupation"))[row];
      if (user.occupation().isEmpty()) {
        assertNull(occupation);
      } else {
        assertEquals(user.occupation(), occupation);
      }
      double age = users.values(Field.dense("age"))[row];
      assertEquals(user.age().isEmpty() ? Double.NaN : Double.parseDouble(user.age()), age);
      assertNotNull(users.categories(Field.categorical("gender"))[row]);
    }
  }

  @Test
  void isFoundByItsPathAsText() throws IOException {
    Path folder = MovieLensFixture.random(5).original(root.resolve("mine"));
    Logs.assertSame(
        Datasets.movieLens(folder).lists(3).log(),
        Datasets.movieLens(folder.toString()).lists(3).log());
  }
}
