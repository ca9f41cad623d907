package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibRerankBadInputTest {

  private static final String GOOD = "1\t[[5, 6]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]\n";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.train"), text);
  }

  /** A good line, then the given one. */
  private void assertLineRefused(String line, String... parts) throws IOException {
    Path file = file(GOOD + line);
    String[] all = new String[parts.length + 1];
    all[0] = "data.train, line 2";
    System.arraycopy(parts, 0, all, 1, parts.length);
    assertRefused(() -> Datasets.libRerank(file), all);
  }

  @Test
  void columns() throws IOException {
    assertLineRefused("1\t[[5, 6]]\t[[1, 9], [2, 9]]\t[0, 1]", "4 columns; expected are 5", "tabs");
    assertLineRefused(GOOD.strip() + "\t3", "6 columns", "user, profile, items, dense, labels");
    assertLineRefused("\n" + GOOD, "empty line within the file; remove it");
    assertLineRefused(
        GOOD.replace('\t', ' '), "the columns are separated by blanks; expected are tabs");
    assertLineRefused("1", "1 columns; expected are 5 separated by tabs");
    assertLineRefused(" " + GOOD.substring(1), "'user'", "is empty");
    assertLineRefused(GOOD.substring(0, GOOD.length() - 3), "'labels'", "'[0,'", "cut off");
    assertLineRefused(GOOD.substring(0, 30), "columns; expected are 5", "cut off");
  }

  @Test
  void types() throws IOException {
    assertLineRefused(
        "1\t[[5, 6]]\t[[1, x], [2, 9]]\t[[0.5], [1]]\t[0, 1]", "'items'", "found 'x'");
    assertLineRefused("1\t[[5, 6]]\t[[1, 9], [2, 9]]\t[0.5, 1]\t[0, 1]", "'dense'", "'[' expected");
    assertLineRefused("1\t[[5, 6.5]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]", "'profile'", "6.5");
    assertLineRefused(
        "1\t[[5, 6]]\t[[1e20, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]", "'items'", "1e20", "no id");
    assertLineRefused(
        "1\t[[5, 6], [1, 2]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]", "'profile'", "2 lists");
  }

  @Test
  void idsThatAreNotExact() throws IOException {
    String[] wrong = {
      "9223372036854775808", "-9223372036854775809", "1e19", "0.5", "5e-1", "1e999999999"
    };
    for (String id : wrong) {
      assertLineRefused(
          "1\t[[5, 6]]\t[[1, " + id + "], [2, 9]]\t[[0.5], [1]]\t[0, 1]",
          "'items'",
          "holds " + id + ", which is no id",
          "whole numbers up to 9223372036854775807 (2^63-1)");
    }
    assertLineRefused(
        "1\t[[5, 9223372036854775808]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]",
        "'profile'",
        "holds 9223372036854775808, which is no id");
    assertLineRefused(
        "1\t[[5, 1e99999999999]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]", "which is no id");
  }

  @Test
  void labels() throws IOException {
    for (String label : new String[] {"2", "-1", "0.5"}) {
      assertLineRefused(
          "1\t[[5, 6]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, " + label + "]",
          "'labels'",
          label,
          "allowed are 0 and 1");
    }
  }

  @Test
  void lengths() throws IOException {
    assertLineRefused("1\t[[5, 6]]\t[[1, 9]]\t[[0.5]]\t[0]", "'items'", "1 item(s)", "at least 2");
    assertLineRefused("1\t[[5, 6]]\t[]\t[]\t[]", "'items'", "0 item(s)");
    assertLineRefused(
        "1\t[[5, 6]]\t[[1, 9], [2, 9]]\t[[0.5]]\t[0, 1]", "'dense'", "1 entries for 2 items");
    assertLineRefused(
        "1\t[[5, 6]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1, 0]", "'labels'", "3 entries for 2");
    assertLineRefused(
        "1\t[[5, 6]]\t[[1, 9], [2]]\t[[0.5], [1]]\t[0, 1]", "'items'", "2 numbers and another 1");
    assertLineRefused(
        "1\t[[5, 6]]\t[[], []]\t[[0.5], [1]]\t[0, 1]", "'items'", "0 numbers", "1 to 64");
    assertLineRefused(
        "1\t[[5, 6]]\t[[1], [2]]\t[[0.5], [1]]\t[0, 1]",
        "2 profile ids, 1 ids and 1 dense values",
        "first line has 2, 2 and 1");
    String many = "1, ".repeat(65);
    assertLineRefused(
        "1\t[[5, 6]]\t[[" + many + "1], [" + many + "1]]\t[[0.5], [1]]\t[0, 1]",
        "66 numbers",
        "64");
    assertLineRefused(
        "1\t[[" + many + "1]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]", "66 ids", "at most 64");
  }

  @Test
  void profiles() throws IOException {
    assertLineRefused(
        "1\t[[5, 7]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]",
        "'profile'",
        "'[5, 7]'",
        "[5, 6]",
        "user 1",
        "one profile");
  }

  @Test
  void files() throws IOException {
    Path empty = file("");
    assertRefused(() -> Datasets.libRerank(empty), "data.train is empty", "one list a line");
    assertRefused(() -> Datasets.libRerank(), "at least one file");
    assertRefused(() -> Datasets.libRerank(folder.resolve("none")), "none does not exist");
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    Path binary = Files.write(folder.resolve("garbage"), garbage);
    assertRefused(() -> Datasets.libRerank(binary), "garbage, line 1");
    Path endless = file("1".repeat(70_000));
    assertRefused(() -> Datasets.libRerank(endless), "line 1", "longer than 65,536 bytes");
    try (RandomAccessFile large = new RandomAccessFile(endless.toFile(), "rw")) {
      large.setLength((1L << 30) + 1);
    }
    assertRefused(
        () -> Datasets.libRerank(endless), "data.train", "larger than 1,073,741,824 bytes");
  }

  @Test
  void distinctItemsAreBounded() {
    LibRerankEntities items = new LibRerankEntities("items", "item");
    String[] ids = new String[63];
    double[] dense = new double[64];
    for (int row = 0; row < 8_000_000 / 128; row++) {
      items.add("same", ids, dense);
    }
    assertEquals(62_500, items.size());
    assertRefused(
        () -> items.add("one more", ids, dense), "8,000,000 ids and values of distinct items");
  }
}
