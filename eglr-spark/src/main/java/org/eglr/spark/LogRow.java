package org.eglr.spark;

/** Where things stand in a row of impressions as it is cut into lists. */
final class LogRow {

  static final int KEY = 0; // list or user, of any type
  static final int USER = 1; // of any type; null where it is not known
  static final int USER_FIELDS = 2; // a struct
  static final int TIME = 3; // long
  static final int ITEM = 4; // string
  static final int CLICKED = 5; // boolean
  static final int VALUE = 6; // double
  static final int SHOWN = 7; // boolean
  static final int POSITION = 8; // double; null where it was not shown
  static final int CANDIDATE = 9; // a struct
  static final int PROBLEM = 10; // string; null where the row is good

  /** Different items that a task holds of one list or window. */
  static final int MOST_ITEMS = 100_000;

  private LogRow() {}
}
