package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What one run of one system in one world measured.
 *
 * @param lists by metric the value of each list; NaN where a list has none
 * @param numbers by name what a run has one of, such as seconds
 */
record Run(Map<String, double[]> lists, Map<String, Double> numbers) {

  Run {
    lists = new LinkedHashMap<>(lists);
    numbers = new LinkedHashMap<>(numbers);
  }

  /** The mean of a metric over lists. */
  double mean(String metric) {
    double sum = 0;
    double[] values = lists.get(metric);
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The same with more numbers. */
  Run with(Map<String, Double> more) {
    Map<String, Double> all = new LinkedHashMap<>(numbers);
    all.putAll(more);
    return new Run(lists, all);
  }

  /** Some metrics under other names, in the order given. */
  Run select(List<String> names, UnaryOperator<String> own) {
    Map<String, double[]> some = new LinkedHashMap<>();
    names.forEach(name -> some.put(name, lists.get(own.apply(name))));
    return new Run(some, Map.of());
  }

  /** Its text in a file; {@link #parse} reads it. */
  String text() {
    StringBuilder text = new StringBuilder();
    numbers.forEach(
        (name, value) ->
            text.append("number ").append(name).append('=').append(value).append('\n'));
    lists.forEach(
        (name, values) -> {
          text.append("lists ").append(name).append('=');
          for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ",").append(values[i]);
          }
          text.append('\n');
        });
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote; other lines are passed over.
   *
   * @throws NumberFormatException if a value is none
   */
  static Run parse(Iterable<String> lines) {
    Map<String, double[]> lists = new LinkedHashMap<>();
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (String line : lines) {
      int kind = line.indexOf(' ');
      int equals = line.indexOf('=');
      if (line.startsWith("number ")) {
        numbers.put(line.substring(kind + 1, equals), Double.valueOf(line.substring(equals + 1)));
      } else if (line.startsWith("lists ")) {
        String[] cells = line.substring(equals + 1).split(",");
        double[] values = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
          values[i] = Double.parseDouble(cells[i]);
        }
        lists.put(line.substring(kind + 1, equals), values);
      }
    }
    return new Run(lists, numbers);
  }
}
