package org.eglr.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** Cuts a partition of sorted impressions, of which it holds one list or window at a time. */
record CutPartition(CutOptions options) implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> impressions) {
    return new Lists(impressions, options);
  }

  private static final class Lists implements Iterator<Row> {

    private final Iterator<Row> impressions;
    private final CutOptions options;
    private final CutOutput out;
    private GroupCut group; // null: none has begun
    private Object key;

    Lists(Iterator<Row> impressions, CutOptions options) {
      this.impressions = impressions;
      this.options = options;
      out = new CutOutput(options.unit());
    }

    @Override
    public boolean hasNext() {
      while (out.isEmpty() && impressions.hasNext()) {
        Row impression = impressions.next();
        Object whose = impression.get(LogRow.KEY);
        if (group == null || !whose.equals(key)) {
          end();
          key = whose;
          out.begin();
          group = options.begin(out);
        }
        group.add(impression);
      }
      if (out.isEmpty()) {
        end();
      }
      return !out.isEmpty();
    }

    private void end() {
      if (group != null) {
        group.end();
        group = null;
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return out.next();
    }
  }
}
