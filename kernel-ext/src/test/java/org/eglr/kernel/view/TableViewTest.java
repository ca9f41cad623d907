package org.eglr.kernel.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TableViewTest {

  @Test
  void escapesEverythingThatUsersWrite() {
    String evil = "<script>alert('x')</script> & \"$a$\"";
    String html = new TableView(evil).text(evil).number(evil).row(evil, evil).note(evil).html();
    assertFalse(html.contains("<script>"), html);
    assertFalse(html.contains("$a$"), html);
    assertEquals(6, html.split("&lt;script&gt;alert\\(&#39;x&#39;\\)", -1).length - 1, html);
  }

  @Test
  void plainTextAlignsNumbersToTheRight() {
    String text =
        new TableView("T").text("name").number("n").row("a", "1").row("longer", "1,000").plain();
    assertEquals("T\nname        n\na           1\nlonger  1,000", text);
  }

  @Test
  void aRowOfPlainTextIsOneLine() {
    String text = new TableView("T").text("a").text("b").row("x\ny", "1\t2\r").plain();
    assertEquals("T\na    b\nx y  1 2", text);
  }

  @Test
  void codeIsMarkedAndEscaped() {
    String html = new TableView("").code("in Java").row("a < b").html();
    assertTrue(html.contains("<code>a &lt; b</code>"), html);
    assertFalse(html.contains("<code>in Java"), html);
  }

  @Test
  void anOptionIsNotBrokenAtItsHyphens() {
    String html = new TableView("").code("option").row("--batchSize").row("a b").html();
    assertTrue(html.contains("<code style=\"white-space:nowrap\">--batchSize"), html);
    assertTrue(html.contains("text-align:left\"><code>a b"), html);
  }

  @Test
  void shortTextStaysOnOneLine() {
    String html = new TableView("").line("a").text("b").number("c").row("x", "y", "1").html();
    assertTrue(html.contains("<td style=\"text-align:left;white-space:nowrap\">x</td>"), html);
    assertTrue(html.contains("<td style=\"text-align:left\">y</td>"), html);
    assertTrue(html.contains("<td style=\"text-align:right;white-space:nowrap\">1</td>"), html);
    assertTrue(html.contains("<th style=\"text-align:left\">a</th>"), html);
  }

  @Test
  void aPerCentSignStaysWithItsNumber() {
    TableView view = new TableView("").text("a").row("x 12 %, y 3 %");
    assertTrue(view.html().contains("x 12&nbsp;%, y 3&nbsp;%"), view.html());
    assertTrue(view.plain().contains("x 12 %, y 3 %"), view.plain());
  }

  @Test
  void theMouseShowsMoreOfACell() {
    TableView view = new TableView("").text("a").text("b").row("x", "y").hint(1, "\"more\"");
    String html = view.row("x", "z").html();
    assertTrue(html.contains("title=\"&quot;more&quot;\">y</td>"), html);
    assertEquals(1, html.split("title=", -1).length - 1, html);
    assertFalse(view.plain().contains("more"));
  }

  @Test
  void leavesOutAnEmptyHead() {
    TableView view = new TableView("").text("").number("").row("a", "1");
    assertFalse(view.html().contains("<thead>"));
    assertEquals("a  1", view.plain());
  }

  @Test
  void refusesARowOfAnotherWidth() {
    TableView view = new TableView("T").text("a").text("b");
    var error = assertThrows(IllegalArgumentException.class, () -> view.row("only"));
    assertTrue(error.getMessage().contains("1 cells for 2 columns"), error.getMessage());
  }
}
