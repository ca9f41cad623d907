package org.eglr.data.sim;

/**
 * The validated settings of a simulation.
 *
 * @param users number of users; 1 to {@value #MAX_ENTITIES}
 * @param items number of items; 2 to {@value #MAX_ENTITIES}
 * @param lists number of lists; 1 to {@value #MAX_ENTITIES}
 * @param shortest length of the shortest lists; 2 to {@value #MAX_LENGTH}
 * @param longest length of the longest lists; shortest to {@value #MAX_LENGTH}
 * @param pool number of candidates of every list, longest to {@value #MAX_LENGTH}; null: as many as
 *     are shown
 * @param positionBias how steeply examination falls with the position; 0 to 3
 * @param neighbourEffects strength of the effects between items; 0 to 5
 * @param exploration share of noise in the logging policy's score; 0 to 1
 * @param seed decides everything drawn
 */
record Settings(
    int users,
    int items,
    int lists,
    int shortest,
    int longest,
    Integer pool,
    double positionBias,
    double neighbourEffects,
    double exploration,
    long seed) {

  static final int MAX_ENTITIES = 10_000_000;
  static final int MAX_LENGTH = 1_000;

  Settings {
    requireBetween("users", users, 1, MAX_ENTITIES);
    requireBetween("items", items, 2, MAX_ENTITIES);
    requireBetween("lists", lists, 1, MAX_ENTITIES);
    requireBetween("listLength", shortest, 2, MAX_LENGTH);
    require(
        longest >= shortest && longest <= MAX_LENGTH,
        "listLength",
        shortest + " to " + longest,
        "the longest is from the shortest to " + MAX_LENGTH);
    require(longest <= items, "listLength", longest, "at most the number of items, " + items);
    int largest = Math.min(items, MAX_LENGTH);
    require(
        pool == null || pool >= longest && pool <= largest,
        "pool",
        pool,
        "%d (the longest list) to %d (%s)"
            .formatted(
                longest,
                largest,
                items < MAX_LENGTH ? "the number of items" : "the most there can be"));
    requireBetween("positionBias", positionBias, 3);
    requireBetween("neighbourEffects", neighbourEffects, 5);
    requireBetween("exploration", exploration, 1);
  }

  /**
   * Refuses a setting.
   *
   * @throws IllegalArgumentException naming the setting, its value and what is allowed
   */
  static void require(boolean valid, String setting, Object value, String allowed) {
    if (!valid) {
      throw new IllegalArgumentException(
          "setting '%s' is %s; allowed: %s".formatted(setting, value, allowed));
    }
  }

  private static void requireBetween(String setting, int value, int least, int most) {
    require(value >= least && value <= most, setting, value, "%d to %d".formatted(least, most));
  }

  private static void requireBetween(String setting, double value, int most) {
    require(value >= 0 && value <= most, setting, value, "0 to " + most);
  }
}
