package org.eglr.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.IntToDoubleFunction;
import org.eglr.internal.samediff.ArenaMemory;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Program;
import org.eglr.internal.samediff.Sums;
import org.eglr.internal.samediff.device.DeviceArray;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every kind of operation that our graphs use, against plain Java: tells which kernel is wrong
 * before a whole network does. a is [ROWS, COLUMNS], like b.
 */
final class SmokeTest {

  private static final int ROWS = 257; // fills no power of two
  private static final int COLUMNS = 36;
  private static final double LIMIT = 1e-5;

  private final float[] a = values(1);
  private final float[] b = values(2);
  private final List<Check> checks = new ArrayList<>();

  private static float[] values(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return values;
  }

  List<Check> run() {
    elementwise();
    reductions();
    shapes();
    choices();
    products();
    return checks;
  }

  private void elementwise() {
    each("add", (s, v) -> v.a.add(v.b), i -> a[i] + b[i]);
    each("multiply", (s, v) -> v.a.mul(v.b), i -> (double) a[i] * b[i]);
    each("exp", (s, v) -> s.math().exp(v.a), i -> Math.exp(a[i]));
    each("log", (s, v) -> s.math().log(v.a.add(2)), i -> Math.log(a[i] + 2));
    each("log1p", (s, v) -> s.math().log1p(v.a.add(1)), i -> Math.log(a[i] + 2));
    each("abs", (s, v) -> s.math().abs(v.a), i -> Math.abs(a[i]));
    each("max", (s, v) -> s.math().max(v.a, v.b), i -> Math.max(a[i], b[i]));
    each("rsqrt", (s, v) -> s.math().rsqrt(v.a.add(2)), i -> 1 / Math.sqrt(a[i] + 2));
    each("sigmoid", (s, v) -> s.nn().sigmoid(v.a), i -> 1 / (1 + Math.exp(-a[i])));
    each("negative", (s, v) -> s.math().neg(v.a), i -> -a[i]);
    each("quotient", (s, v) -> v.a.div(v.b.add(2)), i -> a[i] / (b[i] + 2));
    each("relu", (s, v) -> s.nn().relu(v.a, 0), i -> Math.max(0, a[i]));
    each("greater", (s, v) -> s.gt(v.a, 0).castTo(DataType.FLOAT), i -> a[i] > 0 ? 1 : 0);
  }

  private void reductions() {
    check("mean", ROWS, (s, v) -> s.mean(v.a, true, 1), r -> sum(k -> at(a, r, k)) / COLUMNS);
    check("sum over rows", COLUMNS, (s, v) -> s.sum(v.a, 0), k -> column(a, k));
    check("squared norm", ROWS, (s, v) -> s.squaredNorm(v.a, 1), r -> sum(k -> square(r, k)));
    each(
        "softmax",
        (s, v) -> Sums.softmax(s, v.a, 1),
        i -> Math.exp(a[i]) / sum(k -> Math.exp(at(a, i / COLUMNS, k))));
    each(
        "softmax over rows",
        (s, v) -> Sums.softmax(s, v.a, 0),
        i -> Math.exp(a[i]) / rows(r -> Math.exp(at(a, r, i % COLUMNS))));
    each( // attention of re-rankers
        "softmax of the last of four dimensions",
        (s, v) -> Sums.softmaxOfLast(s, s.reshape(v.a, ROWS, 1, 1, COLUMNS), 4),
        i -> Math.exp(a[i]) / sum(k -> Math.exp(at(a, i / COLUMNS, k))));
    check(
        "row plus column",
        ROWS * COLUMNS,
        (s, v) -> s.mean(v.a, true, 1).add(s.sum(v.b, true, 0)),
        i -> sum(k -> at(a, i / COLUMNS, k)) / COLUMNS + column(b, i % COLUMNS));
  }

  private void shapes() {
    check(
        "transpose",
        ROWS * COLUMNS,
        (s, v) -> s.permute(v.a, 1, 0).mul(1),
        i -> at(a, i % ROWS, i / ROWS));
    check(
        "concatenate",
        2 * ROWS * COLUMNS,
        (s, v) -> s.concat(1, v.a, v.b),
        i ->
            i % (2 * COLUMNS) < COLUMNS
                ? at(a, i / (2 * COLUMNS), i % COLUMNS)
                : at(b, i / (2 * COLUMNS), i % COLUMNS));
    check(
        "gather",
        3 * COLUMNS,
        (s, v) -> s.gather(v.a, s.constant(Nd4j.createFromArray(200, 3, 200)), 0),
        i -> at(a, i / COLUMNS == 1 ? 3 : 200, i % COLUMNS));
    check(
        "gather of single rows",
        3 * COLUMNS,
        (s, v) -> s.gatherNd(v.a, s.constant(Nd4j.createFromArray(200, 3, 200).reshape(3, 1))),
        i -> at(a, i / COLUMNS == 1 ? 3 : 200, i % COLUMNS));
    check(
        "gather of the second dimension",
        ROWS * 2 * 9,
        (s, v) -> s.gather(s.reshape(v.a, ROWS, 4, 9), s.constant(Nd4j.createFromArray(2, 0)), 1),
        i -> at(a, i / 18, i % 18 / 9 == 0 ? 18 + i % 9 : i % 9));
    check(
        "exchange of the first of three dimensions",
        ROWS * COLUMNS,
        (s, v) -> s.permute(s.reshape(v.a, ROWS, 4, 9), 1, 0, 2).mul(1),
        i -> a[i / 9 % ROWS * COLUMNS + i / 9 / ROWS * 9 + i % 9]);
    check(
        "slice",
        5 * COLUMNS,
        (s, v) -> s.slice(v.a, new int[] {7, 0}, 5, COLUMNS),
        i -> a[7 * COLUMNS + i]);
    check(
        "split",
        ROWS * COLUMNS / 4,
        (s, v) -> s.split(new String[] {"w", "x", "y", "z"}, v.a, 4, 1)[2],
        i -> at(a, i / (COLUMNS / 4), COLUMNS / 2 + i % (COLUMNS / 4)));
  }

  private void choices() {
    check("greatest of a row", ROWS, (s, v) -> s.max(v.a, 1), r -> greatest(a, r));
    check( // all that are positive tie
        "first of the greatest",
        ROWS,
        (s, v) -> s.argmax(s.gt(v.a, 0).castTo(DataType.FLOAT), 1).castTo(DataType.FLOAT),
        r -> first(r));
    each(
        "equal to a column",
        (s, v) -> s.eq(v.a, s.max(v.a, true, 1)).castTo(DataType.FLOAT),
        i -> a[i] == greatest(a, i / COLUMNS) ? 1 : 0);
    check(
        "less than a column, counted",
        ROWS,
        (s, v) -> s.sum(s.lt(v.a, s.max(v.b.mul(0.5), true, 1)).castTo(DataType.FLOAT), 1),
        r -> sum(k -> at(a, r, k) < greatest(b, r) / 2 ? 1 : 0));
    check(
        "stack",
        2 * ROWS,
        (s, v) -> s.stack(0, s.max(v.a, 1), s.max(v.b, 1)),
        i -> greatest(i < ROWS ? a : b, i % ROWS));
  }

  private static float greatest(float[] values, int row) {
    float greatest = at(values, row, 0);
    for (int k = 1; k < COLUMNS; k++) {
      greatest = Math.max(greatest, at(values, row, k));
    }
    return greatest;
  }

  private int first(int row) {
    for (int k = 0; k < COLUMNS; k++) {
      if (at(a, row, k) > 0) {
        return k;
      }
    }
    return 0;
  }

  private void products() {
    check(
        "product with the transpose",
        ROWS * ROWS,
        (s, v) -> s.mmul(v.a, v.b, false, true, false),
        i -> sum(k -> (double) at(a, i / ROWS, k) * at(b, i % ROWS, k)));
    check(
        "product of the transpose",
        COLUMNS * COLUMNS,
        (s, v) -> s.mmul(v.a, v.b, true, false, false),
        i -> rows(r -> (double) at(a, r, i / COLUMNS) * at(b, r, i % COLUMNS)));
    check(
        "product in double",
        ROWS * ROWS,
        (s, v) -> {
          SDVariable left = v.a.castTo(DataType.DOUBLE);
          SDVariable product = s.mmul(left, v.b.castTo(DataType.DOUBLE), false, true, false);
          return product.castTo(DataType.FLOAT);
        },
        i -> sum(k -> (double) at(a, i / ROWS, k) * at(b, i % ROWS, k)));
    check(
        "sum over the first dimension as a product",
        COLUMNS,
        (s, v) -> {
          SDVariable cube = s.reshape(v.a, ROWS, 4, COLUMNS / 4);
          SDVariable ones = s.constant(Nd4j.ones(DataType.FLOAT, 1, ROWS));
          return s.reshape(s.tensorMmul(ones, cube, new int[] {1}, 0), -1, COLUMNS);
        },
        k -> column(a, k));
    check(
        "cube times matrix",
        ROWS * COLUMNS,
        (s, v) ->
            s.reshape(v.a, ROWS, 4, 9).mul(s.expandDims(s.reshape(s.sum(v.b, 1), ROWS, 1), 2)),
        i -> a[i] * sum(k -> at(b, i / COLUMNS, k)));
    check(
        "sum over the last of four dimensions as a product",
        ROWS * 2 * 9,
        (s, v) -> {
          SDVariable ones = s.constant(Nd4j.ones(DataType.FLOAT, 2, 1));
          SDVariable four = s.reshape(v.a, ROWS, 2, 9, 2);
          return s.squeeze(s.tensorMmul(four, ones, new int[] {3}, 0), 3);
        },
        i -> (double) a[2 * i] + a[2 * i + 1]);
    check(
        "each row's parts times each other",
        ROWS * 4 * 4 * 9,
        (s, v) -> {
          SDVariable left = s.expandDims(s.reshape(v.a, ROWS, 4, 9), 1);
          return left.mul(s.expandDims(s.reshape(v.b, ROWS, 4, 9), 2));
        },
        i -> {
          int row = i / 144 * COLUMNS;
          return (double) a[row + i % 36] * b[row + i % 144 / 36 * 9 + i % 9];
        });
    check(
        "product with a diagonal",
        ROWS * COLUMNS,
        (s, v) -> v.a.mmul(s.math().diag(s.sum(v.b, 0))),
        i -> a[i] * column(b, i % COLUMNS));
  }

  private record Pair(SDVariable a, SDVariable b) {}

  private void each(
      String name, BiFunction<SameDiff, Pair, SDVariable> op, IntToDoubleFunction expected) {
    check(name, ROWS * COLUMNS, op, expected);
  }

  private void check(
      String name,
      int count,
      BiFunction<SameDiff, Pair, SDVariable> op,
      IntToDoubleFunction expected) {
    try {
      SameDiff sd = SameDiff.create();
      SDVariable left = sd.placeHolder("a", DataType.FLOAT, ROWS, COLUMNS);
      SDVariable right = sd.placeHolder("b", DataType.FLOAT, ROWS, COLUMNS);
      String result = op.apply(sd, new Pair(left, right)).name();
      double[] wanted = new double[count];
      Arrays.setAll(wanted, expected);
      checks.add(Check.close(name, wanted, outputs(sd, result), LIMIT));
    } catch (RuntimeException | LinkageError e) {
      checks.add(Check.failed(name, e));
    }
  }

  /** As graphs are executed: the second time, into used memory, with inputs amid a buffer. */
  private double[] outputs(SameDiff sd, String result) {
    try (ArenaMemory memory = new ArenaMemory();
        Program program = new Program(sd, result);
        DeviceArray buffer = new DeviceArray();
        INDArray left = Backend.array(DataType.FLOAT, a, ROWS, COLUMNS);
        INDArray right = Backend.array(DataType.FLOAT, b, ROWS, COLUMNS)) {
      buffer.shape(3, (long) ROWS * COLUMNS);
      INDArray amid = buffer.rows(1, 2, ROWS, COLUMNS).assign(left);
      INDArray last = buffer.rows(2, 3, ROWS, COLUMNS).assign(right);
      buffer.rows(0, 1, ROWS, COLUMNS).assign(Double.NaN);
      run(program, memory, Map.of("a", right, "b", left), result);
      return run(program, memory, Map.of("a", amid, "b", last), result);
    }
  }

  private static double[] run(
      Program program, ArenaMemory memory, Map<String, INDArray> inputs, String result) {
    return memory.use(() -> Backend.doubles(program.run(inputs, memory).get(result)));
  }

  private static float at(float[] values, int row, int column) {
    return values[row * COLUMNS + column];
  }

  private double square(int row, int column) {
    return (double) at(a, row, column) * at(a, row, column);
  }

  private static double column(float[] values, int k) {
    return rows(r -> at(values, r, k));
  }

  private static double rows(IntToDoubleFunction value) {
    double sum = 0;
    for (int r = 0; r < ROWS; r++) {
      sum += value.applyAsDouble(r);
    }
    return sum;
  }

  private static double sum(IntToDoubleFunction value) {
    double sum = 0;
    for (int k = 0; k < COLUMNS; k++) {
      sum += value.applyAsDouble(k);
    }
    return sum;
  }
}
