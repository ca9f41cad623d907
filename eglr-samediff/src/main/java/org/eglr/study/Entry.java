package org.eglr.study;

import java.util.Map;

/**
 * What a table has in one place, of one world.
 *
 * @param place where
 * @param runs by seed
 * @param against the entry that it is compared with
 * @param settings of the system, for the notes; empty where they are another entry's
 */
record Entry(Place place, Map<Long, Run> runs, Place against, String settings) {

  /**
   * A place in a table.
   *
   * @param system row
   * @param at place within the row, such as a position or a number of tokens; empty where there is
   *     one only
   */
  record Place(String system, String at) {}

  static Entry of(String system, Map<Long, Run> runs, String against, String settings) {
    return at(system, "", runs, new Place(against, ""), settings);
  }

  static Entry at(String system, Object at, Map<Long, Run> runs, Place against, String settings) {
    return new Entry(new Place(system, String.valueOf(at)), runs, against, settings);
  }
}
