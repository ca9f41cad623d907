package org.eglr.kernel.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesawViewTest {

  @Test
  void showsTheFirstRowsAndSaysHowManyThereAre() {
    Table table = Table.create("long", IntColumn.create("n", IntStream.range(0, 1500).toArray()));
    String text = TablesawView.of(table).plain();
    assertEquals(1 + 1 + 20 + 1, text.lines().count());
    assertTrue(text.endsWith("20 of 1,500 rows, 1 of 1 columns"), text);
  }

  @Test
  void aShortTableIsShownWhole() {
    Table table =
        Table.create(
            "t",
            StringColumn.create("name", "<b>", null),
            DoubleColumn.create("x", 0.123456, Double.NaN));
    TableView view = TablesawView.of(table);
    assertEquals("t\nname       x\n<b>   0.1235\n–          –", view.plain());
    assertTrue(view.html().contains("&lt;b&gt;"));
    assertFalse(view.html().contains("<b><"));
  }

  @Test
  void longCellsAreCut() {
    Table table = Table.create("t", StringColumn.create("s", "x".repeat(5000)));
    assertTrue(TablesawView.of(table).html().length() < 1000);
  }
}
