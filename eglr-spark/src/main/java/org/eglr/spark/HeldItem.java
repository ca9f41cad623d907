package org.eglr.spark;

import org.apache.spark.sql.Row;

/**
 * An item of a list that is being cut. One that is shown again counts once: as clicked if it was
 * clicked at any time, with the sum of its values.
 */
final class HeldItem {

  Row candidate;
  boolean clicked;
  double value;

  HeldItem(Row impression) {
    candidate = impression.getStruct(LogRow.CANDIDATE);
    add(impression);
  }

  void add(Row impression) {
    clicked |= impression.getBoolean(LogRow.CLICKED);
    value += impression.getDouble(LogRow.VALUE);
  }
}
