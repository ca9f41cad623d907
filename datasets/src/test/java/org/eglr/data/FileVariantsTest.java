package org.eglr.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same data as editors, spreadsheets and other programs leave it. */
class FileVariantsTest {

  /** What happens to a file that is opened and saved. */
  private static final Map<String, UnaryOperator<String>> EDITS =
      Map.of(
          "as it was", text -> text,
          "byte order mark", text -> "\uFEFF" + text,
          "Windows' line ends", text -> text.replace("\n", "\r\n"),
          "blank lines at the end", text -> text + "\n\r\n  \n",
          "no end of the last line", String::stripTrailing,
          "all at once", text -> "\uFEFF" + text.replace("\n", "\r\n") + "\r\n\r\n");

  private static final String ITEMS = "item_id:token\tmovie_title:token_seq";

  @TempDir Path root;

  /** Changes every file of the folder, from the charset it is written in to UTF-8. */
  private static Path edit(Path folder, Charset from, UnaryOperator<String> change)
      throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.writeString(file, change.apply(Files.readString(file, from)), UTF_8);
      }
    }
    return folder;
  }

  @Test
  void movieLensIsTheSame() throws IOException {
    MovieLensFixture fixture = MovieLensFixture.random(1);
    ListLog expected =
        Datasets.movieLens(fixture.original(root.resolve("untouched"))).lists(4).log();
    for (Map.Entry<String, UnaryOperator<String>> entry : EDITS.entrySet()) {
      Path original = fixture.original(root.resolve("original, " + entry.getKey()));
      edit(original, ISO_8859_1, entry.getValue());
      Logs.assertSame(expected, Datasets.movieLens(original).lists(4).log());
      Path atomic = fixture.atomic(root.resolve("atomic, " + entry.getKey()));
      edit(atomic, UTF_8, entry.getValue());
      Logs.assertSame(expected, Datasets.movieLens(atomic).lists(4).log());
    }
  }

  @Test
  void titlesAreReadInEitherCharacterSet() throws IOException {
    MovieLensFixture fixture = MovieLensFixture.random(1);
    fixture.films.set(0, new MovieLensFixture.Film(1, "Caf\u00e9 Noir", "1995", List.of("Drama")));
    Path folder = fixture.original(root.resolve("original"));
    assertEquals("Caf\u00e9 Noir (1995)", Datasets.movieLens(folder).items().label(0));
    edit(folder, ISO_8859_1, text -> text);
    assertEquals("Caf\u00e9 Noir (1995)", Datasets.movieLens(folder).items().label(0));
  }

  @Test
  void libRerankIsTheSame() throws IOException {
    String text =
        "1\t[[5, 6]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]\n"
            + "2\t[[5, 7]]\t[[2, 9], [3, 9]]\t[[1], [2]]\t[1, 1]\n";
    Path file = root.resolve("data.train");
    ListLog expected = Datasets.libRerank(Files.writeString(file, text));
    for (UnaryOperator<String> change : EDITS.values()) {
      Logs.assertSame(expected, Datasets.libRerank(Files.writeString(file, change.apply(text))));
    }
  }

  @Test
  void columnsOfAtomicFilesMayStandInAnyOrderWithOthersBetween() throws IOException {
    MovieLensFixture fixture = MovieLensFixture.random(1);
    ListLog expected = Datasets.movieLens(fixture.atomic(root.resolve("plain"))).lists(4).log();
    Path folder = fixture.atomic(root.resolve("other"));
    edit(
        folder,
        UTF_8,
        text ->
            text.lines()
                .map(
                    line -> {
                      List<String> cells = new ArrayList<>(List.of(line.split("\t", -1)));
                      Collections.reverse(cells);
                      cells.add(1, line.contains(":token") ? "label:float" : "1.0");
                      return String.join("\t", cells);
                    })
                .collect(Collectors.joining("\n", "", "\n")));
    Logs.assertSame(expected, Datasets.movieLens(folder).lists(4).log());
  }

  @Test
  void blanksInsteadOfTabsAreNamed() throws IOException {
    Path atomic = MovieLensFixture.random(1).atomic(root.resolve("atomic"));
    change(atomic.resolve("ml-100k.inter"), text -> text.replace('\t', ' '));
    assertRefused(
        () -> Datasets.movieLens(atomic),
        "ml-100k.inter, line 1: the columns are separated by blanks; expected are tabs");
    Path original = MovieLensFixture.random(1).original(root.resolve("original"));
    change(original.resolve("u.data"), text -> text.replace('\t', ','));
    assertRefused(
        () -> Datasets.movieLens(original),
        "u.data, line 1: the columns are separated by ','; expected are tabs");
  }

  /** A tab that is too many is shown as one; the message names what lacks, not the same twice. */
  @Test
  void whatCannotBeSeenIsShown() throws IOException {
    Path atomic = MovieLensFixture.random(1).atomic(root.resolve("atomic"));
    change(atomic.resolve("ml-100k.item"), text -> text.replace(ITEMS, "item_id:token\t"));
    assertRefused(
        () -> Datasets.movieLens(atomic),
        "ml-100k.item, line 1: the header 'item_id:token\\t\\trelease_year:token\\tclass:token_seq'"
            + " lacks 'movie_title:token_seq'");
    Path original = MovieLensFixture.random(1).original(root.resolve("original"));
    change(original.resolve("u.data"), text -> text.replaceFirst("\n", "\n\u00EF\u00BB\u00BF"));
    assertRefused(
        () -> Datasets.movieLens(original),
        "u.data, line 2, column 'user_id': '\\uFEFF2' is not a whole number");
  }

  @Test
  void idsBeyondDoublesAreExact() throws IOException {
    Path file = root.resolve("ids.tsv");
    Files.writeString(
        file,
        "1\t[[9007199254740993]]\t[[9007199254740992], [9007199254740993]]\t[[1], [1]]\t[1, 0]\n"
            + "2\t[[1]]\t[[9223372036854775807], [-9223372036854775808]]\t[[1], [1]]\t[1, 0]\n");
    ListLog log = Datasets.libRerank(file);
    String[] keys = {
      "9007199254740992", "9007199254740993", "9223372036854775807", "-9223372036854775808"
    };
    for (int row = 0; row < keys.length; row++) {
      assertEquals(keys[row], log.items().key(row));
      assertEquals(keys[row], log.items().categories(Field.categorical("item_0"))[row]);
    }
    assertEquals(4, log.items().size());
    assertEquals(
        "9007199254740993", log.users().categories(Field.categorical("profile_0"))[log.user(0)]);
    Path original = MovieLensFixture.random(1).original(root.resolve("original"));
    for (String name : List.of("u.item", "u.data")) {
      UnaryOperator<String> large =
          name.equals("u.item")
              ? text ->
                  text.replace("\n40|", "\n9007199254740992|")
                      .replace("\n41|", "\n9007199254740993|")
              : text ->
                  text.replaceAll("\t40\t", "\t9007199254740992\t")
                      .replaceAll("\t41\t", "\t9007199254740993\t");
      change(original.resolve(name), large);
    }
    Entities films = Datasets.movieLens(original).items();
    assertEquals("9007199254740992", films.key(39));
    assertEquals("9007199254740993", films.key(40));
    assertEquals("Film 41", films.label(40).replaceFirst(" \\(.*", ""));
  }

  @Test
  void timesThatDoublesCannotTellApartAreRefused() throws IOException {
    Path original = MovieLensFixture.random(1).original(root.resolve("original"));
    change(
        original.resolve("u.data"), text -> text.replaceFirst("\t\\d+\n", "\t9007199254740993\n"));
    assertRefused(
        () -> Datasets.movieLens(original),
        "u.data, line 1, column 'timestamp'",
        "not a whole number of seconds (within ±9,007,199,254,740,991)");
  }

  private static void change(Path file, UnaryOperator<String> how) {
    try {
      Files.writeString(file, how.apply(Files.readString(file, ISO_8859_1)), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
