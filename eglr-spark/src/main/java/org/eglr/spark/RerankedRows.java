package org.eglr.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.eglr.Eglr;
import org.eglr.Ranking;
import org.eglr.data.DataException;
import org.eglr.data.Request;
import org.eglr.internal.work.Workers;

/**
 * The rows of a partition with their lists, computed batch by batch as they are asked for, on the
 * thread of the task: Spark gives each core a task.
 */
final class RerankedRows implements Iterator<Row> {

  private final Iterator<Row> rows;
  private final Eglr eglr;
  private final RowRequests requests;
  private final RowRequests.Encoder encoder;
  private final AddedColumns added;
  private final int batchSize;
  private final Deque<Row> ready = new ArrayDeque<>();

  RerankedRows(
      Iterator<Row> rows, Eglr eglr, RowRequests requests, AddedColumns added, int batchSize) {
    this.rows = rows;
    this.eglr = eglr;
    this.requests = requests;
    encoder = requests.encoder(eglr.schema());
    this.added = added;
    this.batchSize = batchSize;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (ready.isEmpty()) {
      if (!rows.hasNext()) {
        throw new NoSuchElementException();
      }
      rerankBatch();
    }
    return ready.remove();
  }

  private void rerankBatch() {
    List<Row> batch = new ArrayList<>(batchSize);
    List<String> errors = new ArrayList<>(batchSize);
    List<Request> good = new ArrayList<>(batchSize);
    while (batch.size() < batchSize && rows.hasNext()) {
      Row row = rows.next();
      batch.add(row);
      try {
        good.add(encoder.request(row));
        errors.add(null);
      } catch (DataException poisoned) {
        errors.add(poisoned.getMessage());
      }
    }
    Iterator<Ranking> rankings = Workers.here(() -> eglr.rerank(good)).iterator();
    for (int r = 0; r < batch.size(); r++) {
      Row row = batch.get(r);
      String error = errors.get(r);
      ready.add(
          error == null
              ? added.with(row, ListInPool.of(rankings.next(), requests.labels(row)))
              : added.with(row, error));
    }
  }
}
