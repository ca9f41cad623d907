package org.eglr.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tech.tablesaw.api.ColumnType.DOUBLE;
import static tech.tablesaw.api.ColumnType.INTEGER;
import static tech.tablesaw.api.ColumnType.LONG;
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
    return SeparatedFile.read(write(text), UTF_8, "|", COLUMNS);
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
        SeparatedFile.read(write("#one|1\n//two|2\n\"three\"|3\n"), UTF_8, "|", words);
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
  void idsAreExactOrRefused() {
    List<FileColumn> ids = List.of(FileColumn.required("id", LONG));
    long[] exact = {9007199254740992L, 9007199254740993L, Long.MAX_VALUE, -Long.MAX_VALUE, 7};
    FileTable table =
        SeparatedFile.read(
            write(
                "9007199254740992\n9007199254740993\n9223372036854775807\n"
                    + "-9223372036854775807\n+7.0\n"),
            UTF_8,
            "|",
            ids);
    for (int row = 0; row < exact.length; row++) {
      assertEquals(exact[row], table.whole("id", row));
    }
    // The last is what Tablesaw takes for a missing cell.
    for (String id : new String[] {"9223372036854775808", "1e3", "0.5", "-9223372036854775808"}) {
      assertRefused(
          () -> SeparatedFile.read(write("1\n" + id + "\n"), UTF_8, "|", ids),
          "goods, line 2",
          "'" + id + "' is not a whole number (within ±9,223,372,036,854,775,807)");
    }
    assertRefused(() -> read("-2147483648|a|b|2\n"), "whole number (within ±2,147,483,647)");
    assertRefused(() -> read("1|a|b|1e999\n"), "'price'", "'1e999' is not a number");
  }

  @Test
  void aSeparatorMayBeTwoCharacters() {
    FileTable table =
        SeparatedFile.read(write("7::a:b: c::::1.5\n8::::x::\n"), UTF_8, "::", COLUMNS);
    assertEquals(2, table.size());
    assertEquals("a:b: c", table.text("name", 0));
    assertEquals(1.5, table.number("price", 0));
    assertNull(table.text("name", 1));
    assertRefused(
        () -> SeparatedFile.read(write("7::a::b::c\n"), UTF_8, "::", COLUMNS),
        "goods, line 1, column 'price'",
        "'c' is not a number");
    assertRefused(() -> read("7::a::b::2\n"), "separated by '::'; expected are '|'");
  }

  @Test
  void anotherSeparatorIsNamed() {
    assertRefused(
        () -> read("1,a,b,2\n"),
        "goods, line 1: the columns are separated by ','; expected are '|'");
    assertRefused(() -> read("1\ta\tb\t2\n"), "separated by tabs; expected are '|'");
    assertRefused(() -> read("1  a b   2\n"), "separated by blanks; expected are '|'");
    assertRefused(() -> read("1,a,b\n"), "1 columns; expected are 4 separated by '|'");
  }

  private static final List<String> HEADER =
      List.of("id:token", "name:token", "comment:token", "price:float");

  private FileTable readWithHeader(String text) {
    return SeparatedFile.read(write(text), UTF_8, "|", COLUMNS, HEADER);
  }

  @Test
  void columnsMayStandInAnyOrderWithOthersBetween() {
    String[] files = {
      "id:token|name:token|comment:token|price:float\n5|a|c|2\n",
      "price:float|id:token|name:token\n2|5|a\n",
      " id:token |label:float|price:float|x|name:token\n5|1|2||a\n",
    };
    for (String file : files) {
      FileTable table = readWithHeader(file);
      assertEquals(1, table.size());
      assertEquals(2, table.line(0));
      assertEquals(5, table.integer("id", 0));
      assertEquals("a", table.text("name", 0));
      assertEquals(2, table.number("price", 0));
    }
    assertRefused(
        () -> readWithHeader("price:float|id:token|name:token\n2|x|a\n"), "line 2", "'id'", "'x'");
    assertRefused(
        () -> readWithHeader("name:token|extra|price:float|id:token\na|b|2\n"),
        "line 2: 3 columns; expected are 4 separated by '|': name, extra, price, id");
  }

  @Test
  void aHeaderIsToldWhatIsWrongWithIt() {
    String[][] wrong = {
      {"id:token|name:token|comment:token", "'id:token|name:token|comment:token' lacks 'price:"},
      {"comment:token", "'comment:token' lacks 'id:token', 'name:token', 'price:float'"},
      {"id:token|name:token|price:token", "has 'price:token' where 'price:float' is needed"},
      {"id:token|name:token|id:token|price:float", "names 'id:token' twice"},
      {"id|name|comment|price", "'id|name|comment|price' is no header; needed are the columns"},
      {"1|a|b|2", "id:token, name:token, price:float, separated by '|', in any order"},
      {"", "'' is no header"},
      {"id:token name:token price:float", "the columns are separated by blanks; expected are '|'"},
      {"id:token\tname:token\tprice:float", "the columns are separated by tabs; expected are '|'"},
      {"id:token,name:token,price:float", "the columns are separated by ','; expected are '|'"},
      {"\u00A0id:token|\tname:float|price:float", "'\\u00A0id:token|\\tname:float|price:float'"},
    };
    for (String[] header : wrong) {
      assertRefused(() -> readWithHeader(header[0] + "\n1|a|b|2\n"), "goods, line 1: ", header[1]);
    }
    assertRefused(
        () -> readWithHeader("id:token|name:token|comment:token|price:float\n"),
        "goods has no rows");
  }
}
