package org.eglr.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A log of exposure lists: who saw which items in which order, and what they clicked. Each list has
 * a pool of candidates; the first {@link #length} of them were shown, in that order, and the rest
 * were available but not shown. Stored as primitive columns; made by {@link Builder}.
 */
public final class ListLog {

  private final String name;
  private final Entities users;
  private final Entities items;
  private final ClickModel truth;
  private final int[] timelines;
  private final List<String> warnings;
  private final int[] user;
  private final long[] time;
  private final int[] length;
  private final float[] utility;
  private final int[] start;
  private final int[] candidates;
  private final boolean[] clicked;

  private ListLog(Builder builder, ClickModel truth) {
    name = builder.name;
    users = builder.users;
    items = builder.items;
    this.truth = truth;
    timelines = builder.timelines;
    warnings = builder.warnings;
    int lists = builder.size;
    user = Arrays.copyOf(builder.user, lists);
    time = Arrays.copyOf(builder.time, lists);
    length = Arrays.copyOf(builder.length, lists);
    utility = Arrays.copyOf(builder.utility, lists);
    start = Arrays.copyOf(builder.start, lists + 1);
    candidates = Arrays.copyOf(builder.candidates, start[lists]);
    clicked = Arrays.copyOf(builder.clicked, start[lists]);
  }

  public static Builder builder(String name, Entities users, Entities items) {
    return new Builder(name, users, items);
  }

  public String name() {
    return name;
  }

  public Entities users() {
    return users;
  }

  public Entities items() {
    return items;
  }

  /** Number of lists. */
  public int size() {
    return user.length;
  }

  /** The list's user, a row of {@link #users()}. */
  public int user(int list) {
    return user[list];
  }

  /** When the list was shown; only the order within a user matters. */
  public long time(int list) {
    return time[list];
  }

  /** Number of candidates. */
  public int pool(int list) {
    return start[list + 1] - start[list];
  }

  /** A candidate, a row of {@link #items()}. */
  public int candidate(int list, int index) {
    return candidates[position(list, index)];
  }

  /** Number of items shown: the first candidates, in display order. */
  public int length(int list) {
    return length[list];
  }

  /** Whether the candidate was clicked; false for those not shown. */
  public boolean clicked(int list, int index) {
    return clicked[position(list, index)];
  }

  /** The list's utility (eq. 16), at least 0; by default its number of clicks. */
  public float utility(int list) {
    return utility[list];
  }

  /** The click model behind the log, if it was simulated. */
  public Optional<ClickModel> truth() {
    return Optional.ofNullable(truth);
  }

  /** What looks wrong about the data: a sentence each, none for most data. */
  public List<String> warnings() {
    return warnings;
  }

  /** Lists of one timeline are split by time together: usually those of one user. */
  int timeline(int list) {
    return timelines == null ? user[list] : timelines[user[list]];
  }

  /**
   * Cuts every user's lists by time: the first into training, the next into validation, the last
   * into test, so that no test list precedes a training list of its user. Parts are rounded per
   * user with the remainder carried over, so that the totals come out right even where users have
   * few lists; a user with a single list is in one part only. Vocabularies and scalings are fitted
   * on the training lists.
   *
   * @param train share of training lists; above 0
   * @param valid share of validation lists
   * @param test share of test lists; the three sum to 1
   */
  public Splits split(double train, double valid, double test) {
    int[][] parts = TimeSplit.parts(this, train, valid, test);
    return split(parts[0], parts[1], parts[2]);
  }

  /**
   * The split that the caller made: indices of training, validation and test lists. Lists may be
   * left out, but none may stand in two parts. Vocabularies and scalings are fitted on the training
   * lists.
   */
  public Splits split(int[] train, int[] valid, int[] test) {
    BitSet taken = new BitSet(size());
    take(train, taken);
    take(valid, taken);
    take(test, taken);
    if (train.length == 0) {
      throw new DataException(name + ": a split needs at least 1 training list");
    }
    EncodedEntities encoded = EncodedEntities.of(this, SchemaFitter.fit(this, train));
    return new Splits(
        this,
        new ListSet(this, encoded, train.clone()),
        new ListSet(this, encoded, valid.clone()),
        new ListSet(this, encoded, test.clone()));
  }

  private void take(int[] lists, BitSet taken) {
    for (int list : lists) {
      if (list < 0 || list >= size()) {
        throw new DataException(
            "%s: a split names list %d; there are lists 0 to %d".formatted(name, list, size() - 1));
      }
      if (taken.get(list)) {
        throw new DataException("%s: a split names list %d twice".formatted(name, list));
      }
      taken.set(list);
    }
  }

  /** All lists in the encoding of an existing schema, that of a stored model for instance. */
  public ListSet encode(Schema schema) {
    int[] all = new int[size()];
    Arrays.setAll(all, i -> i);
    return new ListSet(this, EncodedEntities.of(this, schema), all);
  }

  /** How many users, items and lists, how long they are and how often they are clicked. */
  public Summary summary() {
    return Summary.of(this);
  }

  private int position(int list, int index) {
    return start[list] + Objects.checkIndex(index, pool(list));
  }

  /** Collects lists; each is checked when it is added. */
  public static final class Builder {

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final String name;
    private final Entities users;
    private final Entities items;
    private int size;
    private int[] user = new int[64];
    private long[] time = new long[64];
    private int[] length = new int[64];
    private float[] utility = new float[64];
    private int[] start = new int[65];
    private int[] candidates = new int[640];
    private boolean[] clicked = new boolean[640];
    private int[] timelines;
    private List<String> warnings = List.of();

    private Builder(String name, Entities users, Entities items) {
      this.name = name;
      this.users = users;
      this.items = items;
    }

    public int size() {
      return size;
    }

    /**
     * Adds a list whose utility is its number of clicks.
     *
     * @param userRow row of the users
     * @param when when it was shown
     * @param pool rows of the items: first those shown, in display order, then the other candidates
     * @param clicks one flag a shown item
     */
    public Builder add(int userRow, long when, int[] pool, boolean[] clicks) {
      int count = 0;
      for (boolean click : clicks) {
        count += click ? 1 : 0;
      }
      return add(userRow, when, pool, clicks, count);
    }

    /** Adds a list with a utility of its own, finite and at least 0 (eq. 16). */
    public Builder add(int userRow, long when, int[] pool, boolean[] clicks, float value) {
      check(userRow, pool, clicks, value);
      grow(pool.length);
      user[size] = userRow;
      time[size] = when;
      length[size] = clicks.length;
      utility[size] = value;
      System.arraycopy(pool, 0, candidates, start[size], pool.length);
      Arrays.fill(clicked, start[size], start[size] + pool.length, false);
      System.arraycopy(clicks, 0, clicked, start[size], clicks.length);
      start[size + 1] = start[size] + pool.length;
      size++;
      return this;
    }

    /**
     * Says which users are split by time together, for data whose users are not persons.
     *
     * @param ofUser one number a row of the users; equal for those that share a timeline
     */
    Builder timelines(int[] ofUser) {
      timelines = ofUser.clone();
      return this;
    }

    /** What looks wrong about the data, for people to read. */
    Builder warnings(List<String> sentences) {
      warnings = List.copyOf(sentences);
      return this;
    }

    public ListLog build() {
      return build(null);
    }

    /** The log of a simulation, which knows its click model. */
    public ListLog build(ClickModel truth) {
      if (size == 0) {
        throw new DataException(name + ": no lists");
      }
      return new ListLog(this, truth);
    }

    private void check(int userRow, int[] pool, boolean[] clicks, float value) {
      if (userRow < 0 || userRow >= users.size()) {
        throw new DataException(
            where() + "user row %d; there are %d users".formatted(userRow, users.size()));
      }
      if (pool.length > MAX_ARRAY - start[size]) {
        throw new DataException(
            where()
                + String.format(
                    Locale.ROOT, "a log holds at most %,d candidates in all", MAX_ARRAY));
      }
      if (clicks.length < 2) {
        throw new DataException(
            where() + clicks.length + " item(s) shown; a list needs at least 2");
      }
      if (clicks.length > pool.length) {
        throw new DataException(
            where() + "%d items shown of %d candidates".formatted(clicks.length, pool.length));
      }
      if (!(value >= 0) || Float.isInfinite(value)) {
        throw new DataException(
            where() + "utility " + value + "; it must be finite and at least 0");
      }
      int[] sorted = pool.clone();
      Arrays.sort(sorted);
      for (int i = 0; i < sorted.length; i++) {
        if (sorted[i] < 0 || sorted[i] >= items.size()) {
          throw new DataException(
              where() + "item row %d; there are %d items".formatted(sorted[i], items.size()));
        }
        if (i > 0 && sorted[i] == sorted[i - 1]) {
          throw new DataException(
              where() + "item '%s' stands twice in the pool".formatted(items.key(sorted[i])));
        }
      }
    }

    /** Made only where something is wrong: a large log has millions of lists. */
    private String where() {
      return "%s, list %d: ".formatted(name, size + 1);
    }

    private void grow(int pool) {
      if (size == user.length) {
        user = Arrays.copyOf(user, 2 * size);
        time = Arrays.copyOf(time, 2 * size);
        length = Arrays.copyOf(length, 2 * size);
        utility = Arrays.copyOf(utility, 2 * size);
        start = Arrays.copyOf(start, 2 * size + 1);
      }
      if (start[size] + pool > candidates.length) {
        // Half as much again; in long arithmetic, as a large log comes near an array's limit.
        int room = (int) Math.min(MAX_ARRAY, candidates.length + candidates.length / 2L + pool);
        candidates = Arrays.copyOf(candidates, room);
        clicked = Arrays.copyOf(clicked, room);
      }
    }
  }
}
