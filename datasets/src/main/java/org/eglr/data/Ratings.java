package org.eglr.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Who rated which item, how and when: the raw material of lists. In the order of users, then time,
 * then items, whatever the order of the file.
 */
public final class Ratings {

  /** The lowest rating. */
  public static final double LOWEST = 1;

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

  /** Collects ratings in any order; the loader has checked them. */
  static final class Builder {

    private final int[] user;
    private final int[] item;
    private final double[] rating;
    private final long[] time;
    private int size;

    Builder(int count) {
      user = new int[count];
      item = new int[count];
      rating = new double[count];
      time = new long[count];
    }

    void add(int userRow, int itemRow, double value, long when) {
      user[size] = userRow;
      item[size] = itemRow;
      rating[size] = value;
      time[size] = when;
      size++;
    }

    Ratings build(String name, Entities users, Entities items) {
      int[] order =
          IntStream.range(0, size)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingInt(i -> user[i])
                      .thenComparingLong(i -> time[i])
                      .thenComparingInt(i -> item[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      return new Ratings(name, users, items, this, order);
    }
  }
}
