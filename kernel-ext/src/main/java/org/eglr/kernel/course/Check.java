package org.eglr.kernel.course;

import java.util.Locale;
import org.eglr.kernel.EglrError;

/**
 * What the body of a {@code %%check} cell tests with, there under the name {@code check}. The first
 * test that fails ends the cell, with the hint given last.
 *
 * <pre>
 *   %%check 01.dcg
 *   check.hint("the first position has a discount of 1")
 *       .near("DCG of a click at the top", dcg(new double[] {1, 0}), 1, 1e-9);
 * </pre>
 */
public final class Check {

  private final String name;
  private String hint = "";
  private int tests;

  Check(String name) {
    this.name = name;
  }

  /** What to think of where one of the tests that follow fails. */
  public Check hint(String text) {
    hint = text;
    return this;
  }

  /**
   * Tests a condition.
   *
   * @param what the sentence that is true if it holds
   */
  public Check that(String what, boolean holds) {
    tests++;
    if (!holds) {
      throw failure("this should be true and is not: " + what);
    }
    return this;
  }

  /**
   * Tests a number.
   *
   * @param tolerance how far it may be off; 0 or more
   */
  public Check near(String what, double mine, double expected, double tolerance) {
    tests++;
    if (!(Math.abs(mine - expected) <= tolerance)) {
      throw failure(
          String.format(Locale.ROOT, "%s is %s, expected %s", what, text(mine), text(expected)));
    }
    return this;
  }

  /** Tests each number of an array. */
  public Check near(String what, double[] mine, double[] expected, double tolerance) {
    tests++;
    if (mine == null || mine.length != expected.length) {
      String length = mine == null ? "null" : "an array of " + mine.length;
      throw failure(what + " is " + length + ", expected an array of " + expected.length);
    }
    for (int i = 0; i < mine.length; i++) {
      near(what + "[" + i + "]", mine[i], expected[i], tolerance);
    }
    return this;
  }

  /** Tests each number of an array. */
  public Check equal(String what, int[] mine, int[] expected) {
    return that(
        what
            + " is "
            + java.util.Arrays.toString(expected)
            + " (yours: "
            + java.util.Arrays.toString(mine)
            + ")",
        java.util.Arrays.equals(mine, expected));
  }

  int tests() {
    return tests;
  }

  EglrError failure(String what) {
    return new EglrError("check " + name + ": " + what + (hint.isEmpty() ? "" : "\nhint: " + hint));
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.6g", value);
  }
}
