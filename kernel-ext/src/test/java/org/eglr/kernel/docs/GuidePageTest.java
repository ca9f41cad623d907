package org.eglr.kernel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GuidePageTest {

  @Test
  void what_a_block_prints_or_gives_stands_below_it_and_later_blocks_see_earlier_ones() {
    String page =
        "# A\n\n```java\nint a = 6;\nSystem.out.println(\"six\");\na * 7\n```\n\n```java\na\n```\n";
    assertEquals(
        "# A\n\n```java\nint a = 6;\nSystem.out.println(\"six\");\na * 7\n```\n\n"
            + "```output\nsix\n42\n```\n\n```java\na\n```\n\n```output\n6\n```\n",
        GuidePage.run("a.md", page, "import org.eglr.data.*;"));
  }

  @Test
  void a_block_that_ends_in_a_semicolon_shows_nothing_and_other_languages_are_not_run() {
    String page = "```java\nint a = 6;\n```\n```xml\n<a>\n```\n";
    assertEquals(page, GuidePage.run("a.md", page, "import org.eglr.data.*;"));
  }

  @Test
  void a_block_that_does_not_compile_names_file_and_line() {
    assertFails(
        "# A\n\n```java\nint a = 6;\n\nint b = a +\n  missing;\n```\n",
        "a.md:7: cannot find symbol");
    assertFails("```java\nint a = 1;\nnoSuch\n```\n", "a.md:3: cannot find symbol");
    assertFails("```java\nfor (int i = 0;\n```\n", "a.md:2: the block ends inside a statement");
    assertFails("\n```java\nint a;\n", "a.md:3: the block has no end");
  }

  @Test
  void a_block_that_throws_names_file_line_and_what() {
    assertFails(
        "```java\nint a = 1;\nthrow new IllegalStateException(\"on purpose\");\n```\n",
        "a.md:3: java.lang.IllegalStateException: on purpose");
  }

  @Test
  void an_output_that_tells_nothing_is_refused() {
    assertFails("```java\nnew Object()\n```\n", "a.md:2: the output shows an object's address");
    assertFails(
        "```java\nList.of(new long[] {1})\n```\n", "a.md:2: the output shows an object's address");
  }

  private static void assertFails(String page, String message) {
    String said =
        assertThrows(
                GuideProblem.class, () -> GuidePage.run("a.md", page, "import org.eglr.data.*;"))
            .getMessage();
    assertTrue(said.startsWith(message), said);
  }
}
