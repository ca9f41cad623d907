package org.eglr.decode;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Mean decision entropy and reasoning by list position, over many lists.
 *
 * @param before nats before reasoning (eq. 14)
 * @param after nats when the item was chosen
 * @param relativeBefore entropy before, divided by log(remaining candidates)
 * @param relativeAfter entropy after, divided by log(remaining candidates)
 * @param steps reasoning tokens before the item
 */
public record EntropyProfile(
    double[] before,
    double[] after,
    double[] relativeBefore,
    double[] relativeAfter,
    double[] steps) {

  /** Number of positions. */
  public int length() {
    return before.length;
  }

  /** Mean number of reasoning tokens in a list. */
  public double stepsPerList() {
    double sum = 0;
    for (double s : steps) {
      sum += s;
    }
    return sum;
  }

  /** Each by position, to three places. */
  @Override
  public String toString() {
    return "entropy before %s, after %s; relative before %s, after %s; reasoning steps %s"
        .formatted(
            shown(before), shown(after), shown(relativeBefore), shown(relativeAfter), shown(steps));
  }

  private static String shown(double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> String.format(Locale.ROOT, "%.3f", value))
        .collect(Collectors.joining(" "));
  }
}
