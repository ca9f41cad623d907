package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.eglr.data.DataException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A row that cannot be re-ranked says why; the others of its batch do not notice. */
class PoisonedRowsTest {

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Row with(Row row, int column, Object value) {
    Object[] all = new Object[row.size()];
    for (int c = 0; c < all.length; c++) {
      all[c] = c == column ? value : row.get(c);
    }
    return RowFactory.create(all);
  }

  private static Row withCandidate(Row row, int index, Object candidate) {
    List<Object> pool = new ArrayList<>(row.getList(row.schema().fieldIndex("candidates")));
    pool.set(index, candidate);
    return with(row, 2, pool.toArray());
  }

  @Test
  void eachHasItsReason() {
    var lists = ListRows.of(spark, Trained.LISTS.range(0, 8));
    List<Row> good = lists.orderBy("list").collectAsList();
    List<Row> expected =
        Trained.model().setScoreCol("score").transform(lists).orderBy("list").collectAsList();
    String dense = Trained.DATA.schema().itemValues().get(0).field();
    Row first = (Row) good.get(0).getList(2).get(0);
    int place = first.schema().fieldIndex(dense);
    List<Row> rows =
        List.of(
            with(good.get(0), 2, null),
            with(good.get(1), 2, new Row[0]),
            withCandidate(good.get(2), 3, null),
            withCandidate(good.get(3), 4, with(first, place, Double.NaN)),
            withCandidate(good.get(4), 5, with(first, place, Double.NEGATIVE_INFINITY)),
            with(good.get(5), 1, null),
            withCandidate(good.get(6), 0, with(first, 1, "never seen")),
            good.get(7));
    List<Row> ranked =
        Trained.model()
            .setScoreCol("score")
            .transform(spark.createDataFrame(rows, lists.schema()))
            .orderBy("list")
            .collectAsList();
    List<String> errors = new ArrayList<>();
    ranked.forEach(row -> errors.add(row.getAs("error")));
    assertEquals("the candidates are null; a list needs at least 2", errors.get(0));
    assertEquals("there are 0 candidates; a list needs at least 2", errors.get(1));
    assertEquals("candidate 3 is null; leave it out", errors.get(2));
    String remedy = "; it needs a finite number, or null where it is missing";
    assertEquals("candidate 4, field '" + dense + "' is NaN" + remedy, errors.get(3));
    assertEquals("candidate 5, field '" + dense + "' is -Infinity" + remedy, errors.get(4));
    for (int r = 0; r < 5; r++) {
      assertNull(ranked.get(r).getAs("ranking"));
      assertNull(ranked.get(r).getAs("score"));
    }
    assertNull(errors.get(5), "a user of whom nothing is known");
    assertNull(errors.get(6), "a category that training has not seen");
    assertEquals(expected.get(7), ranked.get(7));
    assertTrue(
        ranked.stream().noneMatch(row -> row.isNullAt(8) && row.isNullAt(6)),
        "each row has a list or a reason");
  }

  @Test
  void aNumberTooLargeForADoubleIsNone() {
    assertEquals("refused", tryValue(Double.POSITIVE_INFINITY));
  }

  private static String tryValue(double value) {
    var type = new org.apache.spark.sql.types.StructType().add("x", "double");
    var scalings = List.of(new org.eglr.data.Scaling("x", 0, 1));
    var fields = StructFields.of("test", type, List.of(), scalings);
    var values = new float[1];
    try {
      new StructEncoder(fields, List.of(), scalings)
          .encode(RowFactory.create(value), 0, new int[0], values, "the user", -1);
      return String.valueOf(values[0]);
    } catch (DataException e) {
      return "refused";
    }
  }
}
