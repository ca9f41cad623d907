package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeCellTest {

  private JShell shell;

  @BeforeAll
  void start() {
    shell = JShell.builder().executionEngine("local").build();
  }

  @AfterAll
  void stop() {
    shell.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int = = ;",
        "}}",
        "import ;",
        "int x = 1; }",
        "%eglr help\nint = = ;",
        "int a = 1;\nint = ;",
        "int b;\n%%time\nb"
      })
  void whatNoLineMends(String cell) {
    assertEquals(true, WholeCell.isInvalid(cell, shell.sourceCodeAnalysis()), cell);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "int one = 1;",
        "6 * 7",
        "for (int i = 0; i < 3; i++) {",
        "int two =",
        "/* open",
        "%eglr help",
        "%eglr data \"C:\\",
        "var d = %eglr data simulated",
        "%eglr help\nint a = 5",
        "%%eglr\nwidth = = ;",
        "%%html\n<b>}}</b>"
      })
  void whatRunsOrMayGoOn(String cell) {
    assertEquals(false, WholeCell.isInvalid(cell, shell.sourceCodeAnalysis()), cell);
  }

  @Test
  void anEmptyLineEndsACellMagic() {
    assertEquals(true, WholeCell.isOpenCellMagic("%%eglr"));
    assertEquals(true, WholeCell.isOpenCellMagic("%%eglr\nwidth 3"));
    assertEquals(false, WholeCell.isOpenCellMagic("%%eglr\nwidth 3\n"));
    assertEquals(false, WholeCell.isOpenCellMagic("%%eglr\nwidth 3\n  "));
    assertEquals(false, WholeCell.isOpenCellMagic("%eglr help"));
    assertEquals(false, WholeCell.isOpenCellMagic("String s = \"%%eglr\";"));
  }
}
