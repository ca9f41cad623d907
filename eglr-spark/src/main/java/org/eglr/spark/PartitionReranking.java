package org.eglr.spark;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** What a task does: its executor's model, applied to its rows. */
record PartitionReranking(
    SharedModel model, RowRequests requests, AddedColumns added, int batchSize)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new RerankedRows(rows, model.get(), requests, added, batchSize);
  }
}
