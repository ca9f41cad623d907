package org.eglr.kernel.view;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The corner of an array of numbers. */
public final class ArrayView {

  private static final int SHOWN = 10;

  private ArrayView() {}

  /** Shape, type, and the first rows and columns of the first matrix. */
  public static TableView of(INDArray array) {
    String title = "INDArray %s %s".formatted(Arrays.toString(array.shape()), array.dataType());
    if (array.isEmpty()) {
      return new TableView(title).note("no values");
    }
    INDArray matrix = array;
    while (matrix.rank() > 2) {
      matrix = matrix.slice(0);
    }
    boolean flat = matrix.rank() < 2;
    int rows = flat ? 1 : (int) matrix.size(0);
    int columns = (int) (flat ? matrix.length() : matrix.size(1));
    INDArray values = matrix;
    return corner(
        title,
        rows,
        columns,
        row -> column -> flat ? values.getDouble(column) : values.getDouble(row, column));
  }

  public static TableView of(double[] values) {
    return corner("double[%d]".formatted(values.length), 1, values.length, row -> c -> values[c]);
  }

  public static TableView of(float[] values) {
    return corner("float[%d]".formatted(values.length), 1, values.length, row -> c -> values[c]);
  }

  public static TableView of(double[][] values) {
    int columns = Arrays.stream(values).mapToInt(row -> row.length).max().orElse(0);
    return corner(
        "double[%d][]".formatted(values.length),
        values.length,
        columns,
        row -> c -> c < values[row].length ? values[row][c] : Double.NaN);
  }

  public static TableView of(float[][] values) {
    int columns = Arrays.stream(values).mapToInt(row -> row.length).max().orElse(0);
    return corner(
        "float[%d][]".formatted(values.length),
        values.length,
        columns,
        row -> c -> c < values[row].length ? values[row][c] : Double.NaN);
  }

  private interface Row {
    double at(int column);
  }

  private static TableView corner(String title, int rows, int columns, IntFunction<Row> values) {
    TableView view = new TableView(title).number("");
    int shown = Math.min(columns, SHOWN);
    IntStream.range(0, shown).forEach(c -> view.number(String.valueOf(c)));
    for (int row = 0; row < Math.min(rows, SHOWN); row++) {
      Row line = values.apply(row);
      String[] cells = new String[shown + 1];
      cells[0] = String.valueOf(row);
      for (int c = 0; c < shown; c++) {
        cells[c + 1] = Numbers.show(line.at(c));
      }
      view.row(cells);
    }
    if (rows > SHOWN || columns > SHOWN) {
      view.note("the first rows and columns of %d × %d".formatted(rows, columns));
    }
    return view;
  }
}
