package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class EntitiesTest {

  private static Entities.Builder films() {
    return Entities.of("items", new String[] {"1", "2"});
  }

  @Test
  void keepsKeysLabelsAndColumns() {
    String[] colours = {"red", null};
    Entities films =
        films()
            .labels(new String[] {"One", null})
            .categorical("colour", colours)
            .dense("year", new double[] {1999, Double.NaN})
            .build();
    colours[0] = "changed";
    assertEquals(2, films.size());
    assertEquals("One", films.label(0));
    assertEquals("2", films.label(1));
    assertEquals("2", films.key(1));
    assertEquals(List.of(Field.categorical("colour"), Field.dense("year")), films.fields());
    assertArrayEquals(new String[] {"red", null}, films.categories(Field.categorical("colour")));
    assertEquals("1", films().build().label(0));
    Table table = films.toTable();
    assertEquals(List.of("key", "label", "colour", "year"), table.columnNames());
    assertTrue(table.column("colour").isMissing(1));
    assertTrue(table.column("year").isMissing(1));
  }

  @Test
  void refusesRepeatedOrMissingKeysAndFields() {
    assertRefused(
        () -> Entities.of("users", new String[] {"a", "b", "a"}),
        "users",
        "key 'a'",
        "rows 1 and 3");
    assertRefused(() -> Entities.of("users", new String[] {"a", null}), "row 2 has no key");
    assertRefused(
        () -> films().dense("x", new double[2]).categorical("x", new String[2]),
        "items: field 'x' is declared twice");
    assertRefused(() -> films().dense("x", new double[3]), "'x' has 3 values for 2 rows");
    assertRefused(() -> films().labels(new String[1]), "'labels' has 1 values for 2 rows");
    assertRefused(() -> films().dense("label", new double[2]), "'label'", "[key, label]");
  }

  @Test
  void namesAFieldThatIsNotThere() {
    Entities films = films().dense("year", new double[2]).build();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertRefused(
          () -> films.categories(Field.categorical("year")),
          "items have no categorical field 'year'",
          "[DENSE year]");
    } finally {
      Locale.setDefault(before);
    }
    assertRefused(() -> films.values(Field.dense("age")), "no dense field 'age'", "year");
    assertEquals(2, films.values(Field.dense("year")).length);
  }

  @Test
  void infinityIsNoValue() {
    for (double value : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertRefused(
          () ->
              Entities.of("items", new String[] {"a", "b"})
                  .dense("price", new double[] {Double.NaN, value}),
          "items: field 'price', row 2 is " + value,
          "finite numbers, and NaN where missing");
    }
  }
}
