package org.eglr.kernel.course;

import java.util.Locale;
import org.eglr.kernel.view.Numbers;

/**
 * A number that a reader writes down before a cell tells it: {@code var guess = Guess.of("01.lost",
 * 0.3);}, and after the fact {@code guess.compare(lost)}.
 *
 * @param name lesson and guess
 */
public record Guess(String name, double value) {

  public static Guess of(String name, double value) {
    return new Guess(name, value);
  }

  /** Says how far off it was; the first comparison is remembered. */
  public String compare(double was) {
    Progress.here().guessed(name, value, was);
    double miss = value - was;
    String off =
        miss == 0
            ? "exactly"
            : Numbers.show(Math.abs(miss)) + (miss > 0 ? " too high" : " too low");
    return String.format(
        Locale.ROOT, "You wrote %s; it is %s: %s.", Numbers.show(value), Numbers.show(was), off);
  }
}
