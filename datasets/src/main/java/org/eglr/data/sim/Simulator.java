package org.eglr.data.sim;

import org.eglr.data.ListLog;

/**
 * Simulates logs of exposure lists whose click model is known, for example {@code
 * Simulator.adLike().lists(10_000).seed(7).log()}. The log's {@link ListLog#truth()} is its {@link
 * NeighbourClickModel}, so the expected clicks of any list, shown or not, are known exactly.
 *
 * <p>For every list a user and a pool of distinct items are drawn uniformly; a logging policy orders
 * the pool by popularity and noise; the user sees the first items and clicks by the click model. A
 * list's utility is its number of clicks, its time its index in the log. The same settings and seed
 * give the same log on every platform. The seed alone decides tastes and, with the numbers of users
 * and items, the fields, so that logs of different policies over the same world can be compared.
 *
 * <p>Settings are validated by {@link #log()}.
 */
public final class Simulator {

  private final Preset preset;
  private int users;
  private int items;
  private int lists;
  private int shortest;
  private int longest;
  private Integer pool;
  private double positionBias;
  private double neighbourEffects;
  private double exploration;
  private long seed;

  private Simulator(Preset preset) {
    this.preset = preset;
    Settings defaults = preset.defaults;
    users = defaults.users();
    items = defaults.items();
    lists = defaults.lists();
    shortest = defaults.shortest();
    longest = defaults.longest();
    pool = defaults.pool();
    positionBias = defaults.positionBias();
    neighbourEffects = defaults.neighbourEffects();
    exploration = defaults.exploration();
    seed = defaults.seed();
  }

  /** Sparse clicks on advertisements, about 1.2 a list of 10, with a steep position bias. */
  public static Simulator adLike() {
    return new Simulator(Preset.AD);
  }

  /** Dense clicks on short videos, about 3.4 a list of 10, with a mild position bias. */
  public static Simulator kuaiRandLike() {
    return new Simulator(Preset.KUAIRAND);
  }

  /**
   * Advertisements logged by a policy that never explores: of 30 candidates it always shows the 10
   * most popular.
   */
  public static Simulator misleading() {
    return new Simulator(Preset.MISLEADING);
  }

  /**
   * The preset of a name.
   *
   * @param name "ad", "kuairand" or "misleading"
   * @throws IllegalArgumentException naming the presets if there is no such one
   */
  public static Simulator preset(String name) {
    return new Simulator(Preset.of(name));
  }

  /** Number of users; 1 to 10,000,000. */
  public Simulator users(int value) {
    users = value;
    return this;
  }

  /** Number of items; 2 to 10,000,000. */
  public Simulator items(int value) {
    items = value;
    return this;
  }

  /** Number of lists; 1 to 10,000,000. A longer log starts with the lists of a shorter one. */
  public Simulator lists(int value) {
    lists = value;
    return this;
  }

  /** Number of items shown in every list; 2 to 1,000. */
  public Simulator listLength(int value) {
    return listLength(value, value);
  }

  /** Number of items shown, drawn uniformly for every list; 2 to 1,000. */
  public Simulator listLength(int least, int most) {
    shortest = least;
    longest = most;
    return this;
  }

  /** Number of candidates of every list, from the longest list's length to 1,000. */
  public Simulator pool(int value) {
    pool = value;
    return this;
  }

  /** Exponent b of the examination probability k^-b of position k; 0 (all examined) to 3. */
  public Simulator positionBias(double value) {
    positionBias = value;
    return this;
  }

  /** Strength s of the effects between the items of a list, in log-odds; 0 (none) to 5. */
  public Simulator neighbourEffects(double value) {
    neighbourEffects = value;
    return this;
  }

  /** Share of noise in the logging policy's score; 0 (by popularity) to 1 (in random order). */
  public Simulator exploration(double value) {
    exploration = value;
    return this;
  }

  /** Seed of everything drawn. */
  public Simulator seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Simulates.
   *
   * @throws IllegalArgumentException naming a setting, its value and what is allowed
   */
  public ListLog log() {
    return Simulation.run(
        preset,
        new Settings(
            users,
            items,
            lists,
            shortest,
            longest,
            pool,
            positionBias,
            neighbourEffects,
            exploration,
            seed));
  }
}
