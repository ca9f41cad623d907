package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieLensBadInputTest {

  @TempDir Path root;
  private Path original;
  private Path atomic;

  @BeforeEach
  void write() throws IOException {
    original = MovieLensFixture.random(1).original(root.resolve("original"));
    atomic = MovieLensFixture.random(1).atomic(root.resolve("atomic"));
  }

  /** Changes one line of a file, expects the message, and puts the file back. */
  private void assertLineRefused(
      Path folder, String name, int line, UnaryOperator<String> change, String... parts)
      throws IOException {
    Path file = folder.resolve(name);
    byte[] before = Files.readAllBytes(file);
    List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    lines.set(line - 1, change.apply(lines.get(line - 1)));
    Files.write(file, lines, StandardCharsets.ISO_8859_1);
    String[] all = new String[parts.length + 1];
    all[0] = name + ", line " + line;
    System.arraycopy(parts, 0, all, 1, parts.length);
    assertRefused(() -> Datasets.movieLens(folder), all);
    Files.write(file, before);
    assertDoesNotThrow(() -> Datasets.movieLens(folder));
  }

  private static UnaryOperator<String> cell(String separator, int column, String value) {
    return line -> {
      String[] cells = line.split(separator, -1);
      cells[column] = value;
      return String.join(separator.replace("\\", ""), cells);
    };
  }

  @Test
  void missingAndExtraColumns() throws IOException {
    assertLineRefused(
        original, "u.data", 3, l -> l.substring(0, l.lastIndexOf('\t')), "3 columns", "4");
    assertLineRefused(original, "u.data", 3, l -> l + "\t1", "5 columns", "user_id, item_id");
    assertLineRefused(
        original, "u.item", 2, l -> l.replaceFirst("\\|\\|", "|"), "23 columns", "24", "'|'");
    assertLineRefused(original, "u.user", 1, l -> l + "|", "6 columns", "5", "occupation");
    assertLineRefused(atomic, "ml-100k.inter", 4, l -> l + "\t1", "5 columns", "tabs");
    assertLineRefused(
        atomic,
        "ml-100k.item",
        1,
        l -> l.replace("class:token_seq", "genre:token_seq"),
        "genre:token_seq",
        "lacks 'class:token_seq'");
    assertLineRefused(
        atomic, "ml-100k.user", 1, l -> l.replace("\tage:token", ""), "lacks 'age:token'");
    assertLineRefused(
        atomic,
        "ml-100k.inter",
        1,
        l -> l.replace("rating:float", "rating:token"),
        "the header has 'rating:token' where 'rating:float' is needed");
  }

  @Test
  void wrongTypes() throws IOException {
    String data = "u.data";
    assertLineRefused(original, data, 2, cell("\t", 0, "u1"), "'user_id'", "'u1'", "whole number");
    assertLineRefused(original, data, 2, cell("\t", 2, "good"), "'rating'", "'good'", "a number");
    assertLineRefused(original, data, 2, cell("\t", 2, ""), "'rating'", "is empty");
    assertLineRefused(
        original, data, 2, cell("\t", 3, "1.5"), "'timestamp'", "'1.5'", "whole number of seconds");
    assertLineRefused(original, "u.user", 2, cell("\\|", 1, "old"), "'age'", "'old'");
    assertLineRefused(original, "u.item", 2, cell("\\|", 1, " "), "'movie_title'", "is empty");
    assertLineRefused(
        original, "u.item", 2, cell("\\|", 9, "2"), "'genre_Children's'", "'2'", "0 and 1");
    assertLineRefused(
        atomic, "ml-100k.item", 3, cell("\t", 2, "19x5"), "'release_year'", "'19x5'", "4 digits");
    assertLineRefused(
        atomic, "ml-100k.item", 3, cell("\t", 3, "War Love"), "'class'", "'Love'", "Western");
  }

  @Test
  void idsThatStandTwiceOrAreUnknown() throws IOException {
    assertLineRefused(
        original, "u.user", 3, cell("\\|", 0, "1"), "'user_id'", "'1'", "line 1 already");
    assertLineRefused(
        atomic, "ml-100k.item", 9, cell("\t", 0, "3"), "'item_id'", "'3'", "line 4 already");
    assertLineRefused(original, "u.data", 5, cell("\t", 0, "77"), "'77'", "is not in u.user");
    assertLineRefused(
        atomic, "ml-100k.inter", 5, cell("\t", 1, "99"), "'99'", "not in ml-100k.item");
    String last = "ml-100k.inter";
    int lines = Files.readAllLines(atomic.resolve(last)).size();
    assertLineRefused(
        atomic,
        last,
        lines,
        l -> "1\t1\t2\t5",
        "'item_id'",
        "'1'",
        "same user in line " + (lines - 9),
        "keep one");
  }

  @Test
  void ratingsOutsideTheRange() throws IOException {
    for (String rating : new String[] {"0", "6", "-1", "5.5"}) {
      assertLineRefused(original, "u.data", 7, cell("\t", 2, rating), "'rating'", "outside 1 to 5");
      assertLineRefused(
          atomic, "ml-100k.inter", 7, cell("\t", 2, rating), "'rating'", "outside 1 to 5");
    }
  }

  @Test
  void theMillion() throws IOException {
    Path million = MovieLensFixture.random(1).million(root.resolve("million"));
    assertLineRefused(
        million, "ratings.dat", 3, l -> l + "::1", "5 columns", "4 separated by '::'", "item_id");
    assertLineRefused(
        million, "ratings.dat", 2, l -> l.replace("::", ","), "separated by ','", "are '::'");
    assertLineRefused(million, "ratings.dat", 2, cell("::", 2, "good"), "'rating'", "'good'");
    assertLineRefused(million, "ratings.dat", 2, cell("::", 2, "0"), "'0.0'", "outside 1 to 5");
    assertLineRefused(million, "ratings.dat", 2, cell("::", 0, "77"), "'77'", "not in users.dat");
    assertLineRefused(
        million, "movies.dat", 3, cell("::", 2, "War|Love"), "'genres'", "'Love'", "Western");
    assertLineRefused(
        million, "users.dat", 3, cell("::", 0, "1"), "'user_id'", "'1'", "line 1 already");
    Files.delete(million.resolve("users.dat"));
    assertRefused(() -> Datasets.movieLens(million), "no users.dat", "10M");
  }

  @Test
  void laterVersions() throws IOException {
    Path later = MovieLensFixture.random(1).csv(root.resolve("ml-20m"));
    String ratings = "ratings.csv";
    assertLineRefused(later, ratings, 3, l -> l + ",1", "5 columns", "the header has 4");
    assertLineRefused(later, ratings, 2, cell(",", 2, "good"), "'rating'", "'good'", "no number");
    for (String stars : new String[] {"0", "5.5", ""}) {
      assertLineRefused(
          later, ratings, 2, cell(",", 2, stars), "'rating'", "'" + stars, "outside 0.5 to 5");
    }
    assertLineRefused(
        later, ratings, 2, cell(",", 1, "99"), "'movieId'", "'99'", "not in movies.csv");
    assertLineRefused(later, ratings, 2, cell(",", 3, "then"), "'timestamp'", "'then'", "whole");
    assertLineRefused(
        later, ratings, 1, l -> l.replace("movieId", "film"), "lacks the column movieId");
    assertLineRefused(later, "movies.csv", 9, cell(",", 1, " "), "'title'", "is empty");
    assertLineRefused(later, "movies.csv", 9, cell(",", 2, "Love"), "'genres'", "'Love'", "IMAX");
    assertLineRefused(
        later, "movies.csv", 9, cell(",", 0, "3"), "'movieId'", "'3'", "line 4 already");
    int lines = Files.readAllLines(later.resolve(ratings)).size();
    String first = Files.readAllLines(later.resolve(ratings)).get(1);
    assertLineRefused(
        later, ratings, lines, l -> first, "'movieId'", "same user in line 2 already", "keep one");
    Files.delete(later.resolve("movies.csv"));
    assertRefused(() -> Datasets.movieLens(later), "incomplete: movies.csv is not there");
  }

  @Test
  void emptyCutOffAndForeignFiles() throws IOException {
    for (String name : new String[] {"u.data", "u.item", "u.user"}) {
      Path file = original.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, new byte[0]);
      assertRefused(() -> Datasets.movieLens(original), name + " has no rows", "fetch it again");
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 12));
      assertRefused(() -> Datasets.movieLens(original), name + ", line ", "columns", "cut off");
      byte[] garbage = new byte[50_000];
      new Random(1).nextBytes(garbage);
      Files.write(file, garbage);
      assertRefused(() -> Datasets.movieLens(original), name + ", line 1: control character");
      Files.writeString(file, "x".repeat(100_000));
      assertRefused(() -> Datasets.movieLens(original), name + ", line 1", "16,384 bytes");
      Files.delete(file);
      if (!name.equals("u.data")) {
        assertRefused(
            () -> Datasets.movieLens(original),
            "incomplete: " + name + " is not there",
            "./eglr data");
      }
      Files.write(file, whole);
    }
    assertDoesNotThrow(() -> Datasets.movieLens(original));
    Files.writeString(atomic.resolve("ml-100k.item"), "");
    assertRefused(() -> Datasets.movieLens(atomic), "ml-100k.item, line 1", "'' is no header");
  }

  @Test
  void aFileTooLargeIsNotRead() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(original.resolve("u.data").toFile(), "rw")) {
      file.setLength((64L << 20) + 1);
    }
    assertRefused(() -> Datasets.movieLens(original), "u.data", "larger than 67,108,864 bytes");
  }

  @Test
  void foldersWithoutOrWithTooMuchData() throws IOException {
    Path empty = Files.createDirectory(root.resolve("empty"));
    assertRefused(
        () -> Datasets.movieLens(empty),
        empty.toString(),
        "neither u.data, ratings.dat or ratings.csv (GroupLens) nor a .inter file (RecBole)",
        "./eglr data ml-100k");
    assertRefused(
        () -> Datasets.movieLens(root.resolve("nowhere")), "nowhere does not exist", "./eglr data");
    assertRefused(() -> Datasets.movieLens(original.resolve("u.data")), "u.data is not a folder");
    Files.copy(original.resolve("u.data"), atomic.resolve("u.data"));
    assertRefused(
        () -> Datasets.movieLens(atomic), "more than one data set (u.data, ml-100k.inter)", "keep");
    assertRefused(
        () -> Datasets.movieLens("no-such-data-set"),
        "no data set 'no-such-data-set'",
        ".cache",
        "./eglr data ml-100k");
  }
}
