package org.eglr.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads lists of numbers as Python writes them: {@code [1, 0]} and {@code [[3, 4.5], [6, 7]]}.
 * Nothing else of the language is understood, and nothing is evaluated.
 */
final class NumberLists {

  static final int MAX_ENTRIES = 1_000;

  private static final int MAX_DIGITS = 32;

  private final Cell cell;
  private final String text;
  private int at;

  private NumberLists(Cell cell) {
    this.cell = cell;
    this.text = cell.text();
  }

  /** A list of numbers. */
  static double[] flat(Cell cell) {
    NumberLists reader = new NumberLists(cell);
    double[] numbers = reader.numbers();
    reader.end();
    return numbers;
  }

  /** A list of lists of numbers. */
  static double[][] nested(Cell cell) {
    NumberLists reader = new NumberLists(cell);
    List<double[]> lists = new ArrayList<>();
    reader.open();
    if (!reader.closes()) {
      do {
        reader.requireRoom(lists.size());
        lists.add(reader.numbers());
      } while (reader.continues());
    }
    reader.end();
    return lists.toArray(double[][]::new);
  }

  private double[] numbers() {
    double[] numbers = new double[8];
    int count = 0;
    open();
    if (!closes()) {
      do {
        requireRoom(count);
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number();
      } while (continues());
    }
    return Arrays.copyOf(numbers, count);
  }

  private double number() {
    int from = at;
    while (at < text.length()
        && at - from <= MAX_DIGITS
        && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      double number = Double.parseDouble(text.substring(from, at));
      if (at - from <= MAX_DIGITS && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      at = from;
    }
    at = from;
    throw unexpected("a number");
  }

  private void open() {
    if (peek() != '[') {
      throw unexpected("'['");
    }
    at++;
  }

  /** Whether the list just opened ends at once. */
  private boolean closes() {
    boolean closes = peek() == ']';
    at += closes ? 1 : 0;
    return closes;
  }

  /** Whether another entry follows; steps over the comma or the closing bracket. */
  private boolean continues() {
    char next = peek();
    if (next != ',' && next != ']') {
      throw unexpected("',' or ']'");
    }
    at++;
    if (next == ',') {
      peek();
    }
    return next == ',';
  }

  private void end() {
    if (peek() != 0) {
      throw unexpected("the end");
    }
  }

  /** The next character that is not blank, or 0 at the end. */
  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void requireRoom(int count) {
    if (count == MAX_ENTRIES) {
      throw cell.error(
          String.format(Locale.ROOT, "has more than %,d entries in one list", MAX_ENTRIES));
    }
  }

  private DataException unexpected(String expected) {
    return cell.error(
        at >= text.length()
            ? "is cut off: %s expected at its end".formatted(expected)
            : "is no list of numbers: %s expected at character %d, found '%s'"
                .formatted(expected, at + 1, text.charAt(at)));
  }
}
