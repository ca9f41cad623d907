package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberListsTest {

  private static Cell cell(String text) {
    return new Cell(Path.of("data.train"), 3, "items", text);
  }

  @Test
  void readsWhatPythonWrites() {
    assertArrayEquals(
        new double[] {1, 0, -2.5, 3e-4}, NumberLists.flat(cell("[1, 0,-2.5 , 3e-4]")));
    assertArrayEquals(new double[0], NumberLists.flat(cell("[]")));
    assertArrayEquals(new double[0], NumberLists.flat(cell(" [ ] ")));
    assertArrayEquals(
        new double[][] {{1, 2}, {}, {3}}, NumberLists.nested(cell("[[1, 2], [],[3]]")));
    assertEquals(0, NumberLists.nested(cell("[]")).length);
  }

  @Test
  void readsBackRandomLists() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      double[][] lists = new double[random.nextInt(20)][];
      for (int i = 0; i < lists.length; i++) {
        lists[i] =
            random
                .doubles(random.nextInt(30))
                .map(v -> random.nextBoolean() ? Math.rint(v * 1e6) : Math.exp(40 * v - 20))
                .toArray();
      }
      assertArrayEquals(lists, NumberLists.nested(cell(Arrays.deepToString(lists))));
    }
  }

  /** Around the powers of two at which floats and doubles stop being exact, and at both ends. */
  @Test
  void idsAreExact() {
    for (int power = 24; power <= 62; power++) {
      for (long id = (1L << power) - 2; id <= (1L << power) + 2; id++) {
        long[][] read = NumberLists.ids(cell("[[%d], [%d]]".formatted(id, -id)));
        assertArrayEquals(new long[][] {{id}, {-id}}, read);
      }
    }
    assertArrayEquals(
        new long[][] {{Long.MAX_VALUE, Long.MIN_VALUE}, {}, {5, 120, 9_007_199_254_740_993L}},
        NumberLists.ids(
            cell(
                "[[9223372036854775807, -9223372036854775808], [],"
                    + " [5.0, 1.2e2, 9007199254740993.0]]")));
  }

  @Test
  void namesWhatIsWrongAndWhere() {
    assertRefused(
        () -> NumberLists.flat(cell("[1, x]")),
        "data.train, line 3, column 'items'",
        "'[1, x]'",
        "a number expected at character 5, found 'x'");
    assertRefused(() -> NumberLists.flat(cell("[1 2]")), "',' or ']' expected at character 4");
    assertRefused(() -> NumberLists.flat(cell("[1,]")), "a number expected at character 4");
    assertRefused(() -> NumberLists.flat(cell("[1] 2")), "the end expected at character 5");
    assertRefused(() -> NumberLists.flat(cell("1")), "'[' expected at character 1, found '1'");
    assertRefused(() -> NumberLists.flat(cell("[[1]]")), "a number expected at character 2");
    assertRefused(() -> NumberLists.nested(cell("[1]")), "'[' expected at character 2, found '1'");
    assertRefused(() -> NumberLists.nested(cell("[[[1]]]")), "a number expected at character 3");
    for (String cut : new String[] {"", "[", "[[", "[[1", "[[1,", "[[1, 2]", "[[1], "}) {
      assertRefused(() -> NumberLists.nested(cell(cut)), "is cut off");
    }
    for (String number : new String[] {"nan", "inf", "None", "True", "'1'", "1L", "0x1", "--1"}) {
      assertRefused(() -> NumberLists.flat(cell("[" + number + "]")), "character ");
    }
    assertRefused(() -> NumberLists.flat(cell("[1e999]")), "holds 1e999", "too large a number");
    assertRefused(
        () -> NumberLists.flat(cell("[" + "1".repeat(40) + "]")),
        "a number of more than 32 characters at character 2");
  }

  @Test
  void codeIsNotRun() {
    assertRefused(() -> NumberLists.flat(cell("[__import__('os').system('true')]")), "found '_'");
    assertRefused(() -> NumberLists.flat(cell("[0] * 10**9")), "the end expected");
  }

  @Test
  void sizeAndDepthAreBounded() {
    assertRefused(
        () -> NumberLists.flat(cell("[" + "1,".repeat(1_001) + "1]")), "more than 1,000 entries");
    assertRefused(
        () -> NumberLists.nested(cell("[" + "[1],".repeat(1_001) + "[1]]")),
        "more than 1,000 entries");
    assertRefused(() -> NumberLists.nested(cell("[".repeat(1_000_000))), "a number expected");
    assertEquals(1_000, NumberLists.flat(cell("[" + "1,".repeat(999) + "1]")).length);
  }

  @Test
  void anyOtherTextIsRefusedInOneMessage() {
    String letters = "[],0123456789.-e x";
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("[1");
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      text.append('x');
      assertRefused(() -> NumberLists.flat(cell(text.toString())), "line 3");
      assertRefused(() -> NumberLists.nested(cell(text.toString())), "line 3");
    }
  }
}
