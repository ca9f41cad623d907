package org.eglr.spark;

import org.apache.spark.sql.Row;

/** Cuts lists out of the impressions of one user, or of one list, which come sorted. */
interface GroupCut {

  /** The next impression: {@link LogRow} says what stands where. */
  void add(Row impression);

  /** There are no more of this user or list. */
  void end();
}
