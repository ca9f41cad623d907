package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagicSourceTest {

  private static final String LINE = "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.lineMagic";
  private static final String CELL = "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.cellMagic";

  @Test
  void aLineBecomesACall() {
    assertEquals(
        LINE + "(\"eglr\", java.util.List.of(\"data\", \"ml-100k\"));",
        MagicSource.toJava("%eglr data ml-100k"));
  }

  @Test
  void aSemicolonAtTheEndIsNoPartOfTheArguments() {
    assertEquals(MagicSource.toJava("%time a"), MagicSource.toJava("%time a;"));
  }

  @Test
  void severalLinesAmongJava() {
    assertEquals(
        "int a = 1;\n  %s(\"x\", java.util.List.of());\nif (a > 0) {\n%s(\"y\", java.util.List.of(\"1\"));\n}"
            .formatted(LINE, LINE),
        MagicSource.toJava("int a = 1;\n  %x\nif (a > 0) {\n%y 1\n}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var text = \"\"\"\n%eglr help\n  %%eglr\n\"\"\";",
        "String s = \"%eglr\"; char c = '%';",
        "/*\n%eglr help\n*/ int a;",
        "// %eglr\nint a;",
        "int c = a\n  %b;",
        "int c = a\n  %5;",
        "x = (a)\n%b;",
        "a %= b; c = a % b;",
        "System.out.printf(\n\"%d\", 1);",
        "var q = \"\\\"\"; var p = \"\"\"\n a \\\"\"\" %b\n%c\n\"\"\";",
        "\"not closed\n  + %5",
        "",
      })
  void whatIsNoMagicStaysAsItIs(String java) {
    assertEquals(java, MagicSource.toJava(java));
    assertEquals(java, MagicSource.withoutMagics(java));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \n", "// what this does\n", "/* a\n b */\n"})
  void aCellMagicMayFollowBlankLinesAndComments(String before) {
    assertEquals(
        before + CELL + "(\"eglr\", java.util.List.of(\"model\"), \"width 32\\nheads 4\\n\");",
        MagicSource.toJava(before + "%%eglr model\nwidth 32\nheads 4\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%eglr", "%%eglr\n", "%%eglr\r\n"})
  void aCellMagicMayHaveNoBody(String cell) {
    assertEquals(CELL + "(\"eglr\", java.util.List.of(), \"\");", MagicSource.toJava(cell));
  }

  @Test
  void aCellMagicBehindCodeIsRefused() {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> MagicSource.toJava("int a = 1;\n%%time\na"));
    assertTrue(error.getMessage().startsWith("%%time must be the first line"), error.getMessage());
  }

  @Test
  void anAssignedMagicOfOursGivesItsValue() {
    assertEquals(
        "var d = org.eglr.kernel.Notebook.<org.eglr.data.Splits>line("
            + "java.util.List.of(\"data\", \"x\"));",
        MagicSource.toJava("var d = %eglr data x"));
    assertEquals(
        "Object c = org.eglr.kernel.Notebook.<org.eglr.kernel.chart.Picture>line("
            + "java.util.List.of(\"plot\", \"lists\"));",
        MagicSource.toJava("Object c = %eglr plot lists"));
  }

  @Test
  void anotherKindOfModelHasItsOwnType() {
    String reranker = "var m = org.eglr.kernel.Notebook.<org.eglr.rerank.LearnedReranker>line(";
    String eglr = "var m = org.eglr.kernel.Notebook.<org.eglr.Eglr>line(";
    assertTrue(MagicSource.toJava("var m = %eglr model prm").startsWith(reranker));
    assertTrue(MagicSource.toJava("var m = %eglr model --width 8 cmr").startsWith(reranker));
    assertTrue(MagicSource.toJava("var m = %eglr model").startsWith(eglr));
    assertTrue(MagicSource.toJava("var m = %eglr model --as prm --width 8").startsWith(eglr));
    assertTrue(MagicSource.toJava("var m = %eglr load nothing.eglr").startsWith(eglr));
  }

  @Test
  void othersMagicsTakeVariablesToo() {
    assertTrue(
        MagicSource.toJava("%maven g:a:$v")
            .contains("List.of(org.eglr.kernel.own.MagicVariables.insert(\"g:a:$v\"))"));
  }

  @Test
  void argumentsOfAnyTextSurvive() {
    String odd = "a\\nb \u00e4\u20ac\ud83d\ude00 'x' \u0007";
    String java = MagicSource.toJava("%%m\n" + odd);
    assertTrue(java.chars().allMatch(c -> c >= ' ' && c < 127), java);
    assertTrue(java.contains("\"a\\\\nb \\u00e4\\u20ac\\ud83d\\ude00 'x' \\u0007\""), java);
  }

  @Test
  void longBodiesAreCutBecauseAConstantHolds64Kilobytes() {
    String java = MagicSource.toJava("%%m\n" + "ä".repeat(100_000));
    assertTrue(java.contains("String.join(\"\",\""));
    assertEquals(7, java.split("\",\"").length - 1);
  }

  @Test
  void withoutMagicsEverythingKeepsItsPlace() {
    String cell = "%eglr help\nint a = %eglr x\nSystem.";
    String java = MagicSource.withoutMagics(cell);
    assertEquals(cell.length(), java.length());
    assertEquals(" ".repeat(10) + "\nint a = 0     ;\nSystem.", java);
  }

  @Test
  void noCellMakesItFail() {
    List<String> pieces =
        List.of(
            "%", "%%", "a", "\"", "\"\"\"", "'", "\n", "\r\n", "\\", "/*", "*/", "//", "=", ";");
    for (int seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      StringBuilder cell = new StringBuilder();
      random.ints(random.nextInt(12), 0, pieces.size()).forEach(i -> cell.append(pieces.get(i)));
      try {
        MagicSource.toJava(cell.toString());
        assertEquals(cell.length(), MagicSource.withoutMagics(cell.toString()).length());
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().contains("must be the first line"), e.getMessage());
      }
    }
  }
}
