package org.eglr.kernel.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.view.Numbers;
import org.eglr.kernel.view.TableView;

/**
 * A reader's own code beside the library's, shown as a table: {@code Compare.row("softmax", mine,
 * library, 1e-6).row("entropy", h, entropy, 1e-6)}.
 */
public final class Compare {

  private static final int SHOWN = 3; // numbers of an array

  private record Row(String what, double[] mine, double[] library, double tolerance) {

    double difference() {
      double greatest = 0;
      for (int i = 0; i < mine.length; i++) {
        double difference = Math.abs(mine[i] - library[i]);
        greatest = Double.isNaN(difference) ? Double.NaN : Math.max(greatest, difference);
      }
      return greatest;
    }
  }

  private final List<Row> rows = new ArrayList<>();

  private Compare() {}

  /**
   * Compares two numbers.
   *
   * @throws EglrError if they differ by more than the tolerance, or one is not a number
   */
  public static Compare of(String what, double mine, double library, double tolerance) {
    return new Compare().row(what, mine, library, tolerance);
  }

  /** Compares two arrays, number by number. */
  public static Compare of(String what, double[] mine, double[] library, double tolerance) {
    return new Compare().row(what, mine, library, tolerance);
  }

  /** Adds two numbers. */
  public Compare row(String what, double mine, double library, double tolerance) {
    return row(what, new double[] {mine}, new double[] {library}, tolerance);
  }

  /** Adds two arrays, compared number by number. */
  public Compare row(String what, double[] mine, double[] library, double tolerance) {
    if (mine.length != library.length) {
      throw new EglrError(
          what + ": mine has " + mine.length + " numbers, the library " + library.length);
    }
    Row row = new Row(what, mine.clone(), library.clone(), tolerance);
    if (!(row.difference() <= tolerance)) {
      throw new EglrError(
          what
              + ": mine is "
              + text(mine)
              + ", the library's "
              + text(library)
              + ": they differ by "
              + Numbers.show(row.difference())
              + ", more than "
              + Numbers.show(tolerance));
    }
    rows.add(row);
    return this;
  }

  /** The table as a notebook shows it. */
  public TableView view() {
    TableView table =
        new TableView("")
            .text("")
            .number("mine")
            .number("library")
            .number("greatest difference")
            .number("allowed");
    for (Row row : rows) {
      table.row(
          row.what,
          text(row.mine),
          text(row.library),
          Numbers.show(row.difference()),
          Numbers.show(row.tolerance));
    }
    return table;
  }

  @Override
  public String toString() {
    return view().plain();
  }

  private static String text(double[] values) {
    return Arrays.stream(values)
        .limit(SHOWN)
        .mapToObj(Numbers::show)
        .collect(Collectors.joining("  ", "", values.length > SHOWN ? "  ..." : ""));
  }
}
