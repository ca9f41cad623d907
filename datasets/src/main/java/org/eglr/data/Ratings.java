package org.eglr.data;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Who rated which item, how and when: the raw material of lists. In the order of users, then time,
 * then items, whatever the order of the file.
 */
public final class Ratings {

  /** The lowest rating; of MovieLens 100K and 1M it is 1. */
  public static final double LOWEST = 0.5;

  /** The highest rating. */
  public static final double HIGHEST = 5;

  private final String name;
  private final Entities users;
  private final Entities items;
  private final int[] user;
  private final int[] item;
  private final double[] rating;
  private final long[] time;

  private Ratings(String name, Entities users, Entities items, Builder raw, int[] order) {
    this.name = name;
    this.users = users;
    this.items = items;
    this.user = Arrays.stream(order).map(i -> raw.user[i]).toArray();
    this.item = Arrays.stream(order).map(i -> raw.item[i]).toArray();
    this.rating = Arrays.stream(order).mapToDouble(i -> raw.rating[i]).toArray();
    this.time = Arrays.stream(order).mapToLong(i -> raw.time[i]).toArray();
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

  /** Number of ratings. */
  public int size() {
    return user.length;
  }

  /** The user of a rating, a row of {@link #users()}. */
  public int user(int index) {
    return user[index];
  }

  /** The item of a rating, a row of {@link #items()}. */
  public int item(int index) {
    return item[index];
  }

  /** A rating, {@link #LOWEST} to {@link #HIGHEST}. */
  public double rating(int index) {
    return rating[index];
  }

  /** When it was given, in seconds since 1970. */
  public long time(int index) {
    return time[index];
  }

  /**
   * Starts to make lists: each user's ratings by time, cut into consecutive lists.
   *
   * @param length items of a list; at least 2
   */
  public RatingLists lists(int length) {
    return new RatingLists(this, length);
  }

  /** Collects ratings in any order; the loader has checked their values. */
  static final class Builder {

    /** What to say of a film that a user rated twice: rows in the order of adding. */
    interface Twice {
      DataException error(int first, int second);
    }

    private int[] user = new int[1 << 10];
    private int[] item = new int[1 << 10];
    private double[] rating = new double[1 << 10];
    private long[] time = new long[1 << 10];
    private int size;

    /** Users and items by numbers from 0; {@link #build} says whose they are. */
    void add(int userNumber, int itemNumber, double value, long when) {
      if (size == user.length) {
        int more = size / 2 * 3;
        user = Arrays.copyOf(user, more);
        item = Arrays.copyOf(item, more);
        rating = Arrays.copyOf(rating, more);
        time = Arrays.copyOf(time, more);
      }
      user[size] = userNumber;
      item[size] = itemNumber;
      rating[size] = value;
      time[size] = when;
      size++;
    }

    /** The item of a rating, by the order of adding. */
    int item(int row) {
      return item[row];
    }

    /** Gives the users other numbers: {@code rows[old]} for old. */
    void renumberUsers(int[] rows) {
      for (int row = 0; row < size; row++) {
        user[row] = rows[user[row]];
      }
    }

    /** The ratings of users and items, which are numbered as their rows. */
    Ratings build(String name, Entities users, Entities items, Twice twice) {
      int[] starts = starts(users.size());
      int[] order = byUser(starts);
      requireOnce(order, items.size(), twice);
      for (int row = 0; row < users.size(); row++) {
        sort(order, starts[row], starts[row + 1]);
      }
      return new Ratings(name, users, items, this, order);
    }

    private int[] starts(int users) {
      int[] starts = new int[users + 1];
      for (int row = 0; row < size; row++) {
        starts[user[row] + 1]++;
      }
      for (int u = 0; u < users; u++) {
        starts[u + 1] += starts[u];
      }
      return starts;
    }

    private int[] byUser(int[] starts) {
      int[] next = starts.clone();
      int[] order = new int[size];
      for (int row = 0; row < size; row++) {
        order[next[user[row]]++] = row;
      }
      return order;
    }

    private void requireOnce(int[] order, int items, Twice twice) {
      int[] lastUser = new int[items]; // 1 + the user who rated it last
      int[] lastRow = new int[items];
      for (int row : order) {
        int film = item[row];
        if (lastUser[film] == 1 + user[row]) {
          throw twice.error(lastRow[film], row);
        }
        lastUser[film] = 1 + user[row];
        lastRow[film] = row;
      }
    }

    private void sort(int[] order, int from, int to) {
      Integer[] rows = new Integer[to - from];
      Arrays.setAll(rows, i -> order[from + i]);
      Arrays.sort(
          rows,
          Comparator.<Integer>comparingLong(row -> time[row]).thenComparingInt(row -> item[row]));
      for (int i = 0; i < rows.length; i++) {
        order[from + i] = rows[i];
      }
    }
  }
}
