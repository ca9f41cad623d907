package org.eglr.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tech.tablesaw.api.ColumnType.DOUBLE;
import static tech.tablesaw.api.ColumnType.INTEGER;
import static tech.tablesaw.api.ColumnType.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeparatedFileTest {

  private static final List<FileColumn> COLUMNS =
      List.of(
          FileColumn.required("id", INTEGER),
          FileColumn.optional("name", STRING),
          FileColumn.skipped("comment"),
          FileColumn.optional("price", DOUBLE));

  @TempDir Path folder;

  private FileTable read(String text) {
    return SeparatedFile.read(write(text), UTF_8, '|', COLUMNS);
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("goods"), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void wordsThatOthersTakeForMissingAreValues() {
    String[] words = {
      "NA", "N/A", "null", "NaN", "nan", "-", "*", "None", "true", "1999", "#1", "''", "\\N", "?"
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      text.append(i).append('|').append(words[i]).append("||\n");
    }
    FileTable table = read(text.toString());
    assertEquals(words.length, table.size());
    for (int row = 0; row < words.length; row++) {
      assertEquals(words[row], table.text("name", row));
    }
  }

  @Test
  void quotesAndHashesAreOrdinary() {
    FileTable table =
        read(
            "1|\"Quoted\" word||\n2|\"open|x|1\n3|closing\"||2\n4|a \"\" b|\"|\n5|5\" disk||3\n6|# x||\n");
    assertEquals(6, table.size());
    assertEquals("\"Quoted\" word", table.text("name", 0));
    assertEquals("\"open", table.text("name", 1));
    assertEquals("closing\"", table.text("name", 2));
    assertEquals("a \"\" b", table.text("name", 3));
    assertEquals("5\" disk", table.text("name", 4));
    assertEquals("# x", table.text("name", 5));
    assertEquals("\"whole\"", read("1|\"whole\"||\n").text("name", 0));
    assertRefused(() -> read("#1|x||\n"), "goods, line 1", "'id'", "'#1'", "whole number");
  }

  @Test
  void aLineIsNoCommentWhateverItStartsWith() {
    List<FileColumn> words =
        List.of(FileColumn.required("word", STRING), FileColumn.optional("other", STRING));
    FileTable table =
        SeparatedFile.read(write("#one|1\n//two|2\n\"three\"|3\n"), UTF_8, '|', words);
    assertEquals(3, table.size());
    assertEquals("#one", table.text("word", 0));
    assertEquals("\"three\"", table.text("word", 2));
  }

  @Test
  void numbersAreNumbersAndEmptyIsMissing() {
    FileTable table = read("7|||\n-8|x|y|-1.5e3\n+9|x|y| 2 \n");
    assertEquals(List.of("id", "name", "price"), table.table().columnNames());
    assertEquals(7, table.integer("id", 0));
    assertEquals(-8, table.integer("id", 1));
    assertEquals(9, table.integer("id", 2));
    assertNull(table.text("name", 0));
    assertTrue(Double.isNaN(table.number("price", 0)));
    assertEquals(-1500, table.number("price", 1));
    assertEquals(2, table.number("price", 2));
  }

  @Test
  void whatIsNotANumberIsNamed() {
    for (String wrong : new String[] {"x", "1,5", "1d", "0x1", "Infinity", "NaN", "NA", "1 2"}) {
      assertRefused(
          () -> read("1|a|b|2\n2|a|b|" + wrong + "\n"),
          "goods, line 2",
          "'price'",
          "'" + wrong + "'",
          "not a number");
    }
    for (String wrong : new String[] {"x", "1.5", "1,000", "99999999999", "NaN"}) {
      assertRefused(
          () -> read("1|a|b|2\n" + wrong + "|a|b|2\n"),
          "goods, line 2",
          "'id'",
          "'" + wrong + "'",
          "not a whole number");
    }
  }

  @Test
  void everyLineHasEveryColumn() {
    assertRefused(
        () -> read("1|a|b|2\n2|a|b\n"),
        "goods, line 2",
        "3 columns; expected are 4 separated by '|': id, name, comment, price",
        "cut off");
    assertRefused(() -> read("1|a|b|2|c\n"), "line 1", "5 columns; expected are 4");
    assertRefused(() -> read("1|a|b|2\n|a|b|2\n"), "line 2", "'id'", "is empty");
    assertRefused(() -> read("1|a|b|2\n  \n2|a|b|2\n"), "line 2", "empty line");
    assertEquals(1, read("1|a|b|2\n\n\n").size());
    assertRefused(() -> read(""), "goods has no rows", "fetch it again");
    assertRefused(
        () -> read("1|" + "x".repeat(1_001) + "|b|2\n"), "line 1", "'name'", "1,000 characters");
    assertRefused(() -> read("1|" + "x".repeat(20_000)), "line 1", "longer than 16,384 bytes");
    assertEquals("x".repeat(1_000), read("1|" + "x".repeat(1_000) + "||").text("name", 0));
  }

  @Test
  void theHeaderMustBeTheOneExpected() {
    List<String> header = List.of("id:token", "name:token", "comment:token", "price:float");
    FileTable table =
        SeparatedFile.read(
            write("id:token|name:token|comment:token|price:float\n5|a||\n"),
            UTF_8,
            '|',
            COLUMNS,
            header);
    assertEquals(1, table.size());
    assertEquals(2, table.line(0));
    for (String other :
        new String[] {
          "id:token|name:token|comment:token", "id|name|comment|price", "", "1|a|b|2"
        }) {
      assertRefused(
          () -> SeparatedFile.read(write(other + "\n1|a|b|2\n"), UTF_8, '|', COLUMNS, header),
          "goods, line 1",
          "'" + other + "'",
          "expected is 'id:token name:token comment:token price:float'");
    }
    assertRefused(
        () ->
            SeparatedFile.read(
                write("id:token|name:token|comment:token|price:float\n"),
                UTF_8,
                '|',
                COLUMNS,
                header),
        "goods has no rows");
  }
}
