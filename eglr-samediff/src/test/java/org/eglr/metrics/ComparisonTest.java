package org.eglr.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

class ComparisonTest {

  private static Comparison of(String model, String metric) {
    return new Comparison(
        List.of(new Report(model, 10, List.of(new Metric(metric, 0.5, 0.1)), Optional.empty())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "EGLR|EGLR",
        "sorted by evaluator|sorted by evaluator",
        "EGLR, 2 steps|\"EGLR, 2 steps\"",
        "the \"best\"|\"the \"\"best\"\"\"",
        "~two\nlines~|~\"two\nlines\"~",
        "~two\rlines~|~\"two\rlines\"~",
        "~ x~|~\" x\"~",
        "x;y\\'|x;y\\'",
      })
  void names_are_quoted_where_they_must_be(String name, String cell) {
    assertEquals(
        "model,metric,value\n" + cell + ",NDCG@10,0.500000\n", of(name, "NDCG@10").toCsv());
    assertEquals("model,metric,value\nEGLR," + cell + ",0.500000\n", of("EGLR", name).toCsv());
  }

  /** Another's reader finds the names again. */
  @Test
  void is_read_back() {
    String name = "A \"B\", C\nD";
    Table read =
        Table.read()
            .usingOptions(
                CsvReadOptions.builderFromString(of(name, "x,y").toCsv())
                    .columnTypes(
                        new ColumnType[] {ColumnType.STRING, ColumnType.STRING, ColumnType.DOUBLE})
                    .build());
    assertEquals(List.of("model", "metric", "value"), read.columnNames());
    assertEquals(1, read.rowCount());
    assertEquals(name, read.stringColumn(0).get(0));
    assertEquals("x,y", read.stringColumn(1).get(0));
    assertEquals(0.5, read.doubleColumn(2).get(0));
  }
}
