package org.eglr.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lists of numbers as Python writes them: {@code [1, 0]} and {@code [[3, 4.5], [6, 7]]}.
 * Nothing else of the language is understood, and nothing is evaluated. Whole numbers are exact up
 * to 2^63-1 or refused.
 */
final class NumberLists {

  static final int MAX_ENTRIES = 1_000;

  private static final int MAX_DIGITS = 32;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern SHORT_WHOLE = Pattern.compile("-?\\d{1,18}");

  private final Cell cell;
  private final String text;
  private final Matcher number;
  private int at;

  private NumberLists(Cell cell) {
    this.cell = cell;
    this.text = cell.text();
    this.number = NUMBER.matcher(text);
  }

  /** A list of numbers. */
  static double[] flat(Cell cell) {
    NumberLists reader = new NumberLists(cell);
    double[] numbers = reader.reals(reader.numbers());
    reader.end();
    return numbers;
  }

  /** A list of lists of numbers. */
  static double[][] nested(Cell cell) {
    NumberLists reader = new NumberLists(cell);
    return reader.lists().stream().map(reader::reals).toArray(double[][]::new);
  }

  /** A list of lists of ids: whole numbers, -2^63 to 2^63-1. */
  static long[][] ids(Cell cell) {
    NumberLists reader = new NumberLists(cell);
    return reader.lists().stream().map(reader::wholes).toArray(long[][]::new);
  }

  private List<List<String>> lists() {
    List<List<String>> lists = new ArrayList<>();
    open();
    if (!closes()) {
      do {
        requireRoom(lists.size());
        lists.add(numbers());
      } while (continues());
    }
    end();
    return lists;
  }

  private List<String> numbers() {
    List<String> numbers = new ArrayList<>(8);
    open();
    if (!closes()) {
      do {
        requireRoom(numbers.size());
        numbers.add(number());
      } while (continues());
    }
    return numbers;
  }

  private String number() {
    number.region(at, text.length());
    if (!number.lookingAt()) {
      throw unexpected("a number");
    }
    if (number.end() - at > MAX_DIGITS) {
      throw cell.error(
          "has a number of more than %d characters at character %d".formatted(MAX_DIGITS, at + 1));
    }
    at = number.end();
    return number.group();
  }

  private double[] reals(List<String> numbers) {
    double[] reals = new double[numbers.size()];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = Double.parseDouble(numbers.get(i));
      if (!Double.isFinite(reals[i])) {
        throw cell.error("holds %s, which is too large a number".formatted(numbers.get(i)));
      }
    }
    return reals;
  }

  private long[] wholes(List<String> numbers) {
    long[] wholes = new long[numbers.size()];
    for (int i = 0; i < wholes.length; i++) {
      wholes[i] = whole(numbers.get(i));
    }
    return wholes;
  }

  /** Never by way of a double, which would take 2^53 and 2^53+1 for the same. */
  private long whole(String number) {
    if (SHORT_WHOLE.matcher(number).matches()) {
      return Long.parseLong(number);
    }
    try {
      return new BigDecimal(number).longValueExact();
    } catch (NumberFormatException | ArithmeticException e) { // NumberFormat: a huge exponent.
      throw noId(number);
    }
  }

  private DataException noId(String number) {
    return cell.error(
        "holds %s, which is no id; ids are whole numbers up to %d (2^63-1)"
            .formatted(number, Long.MAX_VALUE));
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
