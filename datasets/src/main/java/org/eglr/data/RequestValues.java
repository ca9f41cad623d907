package org.eglr.data;

import java.util.List;
import java.util.Locale;

/**
 * Checks the numbers of a request once, when it is made, so that no engine needs to: an id outside
 * its vocabulary is no row of an embedding table, and a value that is no number makes every score
 * NaN.
 */
final class RequestValues {

  private static final String SCALED =
      "-%d to %d, as Scaling.apply scales it (0 where it is missing)"
          .formatted((int) Scaling.LIMIT, (int) Scaling.LIMIT);

  private final String what;
  private final String array;

  /**
   * @param what whose numbers they are: "user" or "candidate"
   * @param array the request's array that holds them
   */
  RequestValues(String what, String array) {
    this.what = what;
    this.array = array;
  }

  /**
   * @param ids row-major: [rows * vocabularies]
   * @throws DataException naming the first id that its vocabulary has not
   */
  void requireIds(int[] ids, List<Vocabulary> vocabularies) {
    int width = vocabularies.size();
    for (int f = 0; f < width; f++) {
      int size = vocabularies.get(f).size();
      for (int i = f; i < ids.length; i += width) {
        if (ids[i] < 0 || ids[i] >= size) {
          throw refused(i, width, vocabularies.get(f).field(), ids[i], idsOf(size));
        }
      }
    }
  }

  /**
   * @param values row-major: [rows * scalings]
   * @throws DataException naming the first value that {@link Scaling#apply} cannot have given
   */
  void requireValues(float[] values, List<Scaling> scalings) {
    int width = scalings.size();
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i]) <= Scaling.LIMIT)) {
        throw refused(i, width, scalings.get(i % width).field(), values[i], SCALED);
      }
    }
  }

  private static String idsOf(int size) {
    return String.format(Locale.ROOT, "the vocabulary's ids 0 (unknown) to %,d", size - 1);
  }

  private DataException refused(int at, int width, String field, Object value, String allowed) {
    return new DataException(
        "a request's %s, field '%s' (%s[%d]) is %s; allowed are %s"
            .formatted(
                what.equals("user") ? what : what + " " + at / width,
                field,
                array,
                at,
                value,
                allowed));
  }
}
