package org.eglr.data;

import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Makes exposure lists of ratings: every user's ratings by time (ties by item), cut into
 * consecutive lists of the same length; the last, incomplete one is dropped. An item counts as
 * clicked if it was rated highly enough; the utility is the number of clicks; the time is that of
 * the list's first rating. The order of the items depends on the seed, the user's id and the list's
 * number alone.
 */
public final class RatingLists {

  private static final int MAX_LENGTH = 1_000;

  private final Ratings ratings;
  private final int length;
  private long seed = 7;
  private double clickAt = 4;
  private CandidateOrder order = CandidateOrder.SHUFFLED;

  RatingLists(Ratings ratings, int length) {
    if (length < 2 || length > MAX_LENGTH) {
      throw new DataException(
          String.format(Locale.ROOT, "lists(%d): a list has 2 to %,d items", length, MAX_LENGTH));
    }
    this.ratings = ratings;
    this.length = length;
  }

  /** Seed of the items' order; by default 7. */
  public RatingLists seed(long value) {
    seed = value;
    return this;
  }

  /** The lowest rating that counts as a click, 0.5 to 5; by default 4. */
  public RatingLists clickAt(double rating) {
    if (!(rating >= Ratings.LOWEST && rating <= Ratings.HIGHEST)) {
      throw new DataException(
          "clickAt(%s): ratings are %s to %s".formatted(rating, Ratings.LOWEST, Ratings.HIGHEST));
    }
    clickAt = rating;
    return this;
  }

  /** The order of the items; by default shuffled. */
  public RatingLists order(CandidateOrder value) {
    order = Objects.requireNonNull(value, "order");
    return this;
  }

  /** The lists, in the order of users and time. */
  public ListLog log() {
    if (order == CandidateOrder.POPULARITY) {
      throw new DataException(
          "order(POPULARITY) counts training lists, which a log without a split has not:"
              + " call split(train, valid, test), or use order(SHUFFLED)");
    }
    return shuffled();
  }

  /** The lists cut by time as {@link ListLog#split(double, double, double)} does. */
  public Splits split(double train, double valid, double test) {
    Splits splits = shuffled().split(train, valid, test);
    return order == CandidateOrder.POPULARITY ? PopularityOrder.of(splits) : splits;
  }

  private ListLog shuffled() {
    ListLog.Builder log = ListLog.builder(ratings.name(), ratings.users(), ratings.items());
    int from = 0;
    int number = 0;
    for (int next = 1; next <= ratings.size(); next++) {
      boolean sameUser = next < ratings.size() && ratings.user(next) == ratings.user(from);
      if (next - from == length) {
        add(log, from, number++);
        from = next;
      } else if (!sameUser) {
        from = next;
      }
      number = sameUser ? number : 0;
    }
    if (log.size() == 0) {
      throw new DataException(
          "%s: no user has %d ratings, so there are no lists of %d; use lists(n) with a smaller n"
              .formatted(ratings.name(), length, length));
    }
    return log.build();
  }

  private void add(ListLog.Builder log, int from, int number) {
    int user = ratings.user(from);
    int[] shown = new int[length];
    SplittableRandom random = random(ratings.users().key(user), number);
    for (int i = 0; i < length; i++) {
      int j = random.nextInt(i + 1);
      shown[i] = shown[j];
      shown[j] = from + i;
    }
    int[] pool = new int[length];
    boolean[] clicks = new boolean[length];
    for (int i = 0; i < length; i++) {
      pool[i] = ratings.item(shown[i]);
      clicks[i] = ratings.rating(shown[i]) >= clickAt;
    }
    log.add(user, ratings.time(from), pool, clicks);
  }

  /** A generator of its own for each list, independent of the other users in the file. */
  private SplittableRandom random(String user, int number) {
    long ofUser = new SplittableRandom(seed).nextLong() ^ user.hashCode();
    return new SplittableRandom(new SplittableRandom(ofUser).nextLong() ^ number);
  }
}
