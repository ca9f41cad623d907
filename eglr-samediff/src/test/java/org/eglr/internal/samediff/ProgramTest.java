package org.eglr.internal.samediff;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A program against ND4J's own session: outputs of several operations and shapes, run by run. */
class ProgramTest {

  private final SameDiff sd = SameDiff.create();
  private final ArenaMemory memory = new ArenaMemory();
  private final INDArray weight = Nd4j.rand(DataType.FLOAT, 5, 3);

  ProgramTest() {
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, 5);
    SDVariable shift = sd.placeHolder("shift", DataType.FLOAT, -1, 1);
    SDVariable product = x.mmul(sd.var("weight", weight));
    SDVariable moved = product.add("moved", shift);
    sd.nn().softmax("share", moved, 1);
    SDVariable norm = sd.squaredNorm(moved, true, 1).mul(0.5);
    sd.math().exp("small", norm.mul(-1));
    sd.concat("beside", 1, product, sd.gt(moved, 0).castTo(DataType.FLOAT));
    sd.split(new String[] {"a", "b", "c"}, moved, 3, 1);
  }

  private static INDArray random(SplittableRandom random, int rows, int columns) {
    return Backend.array(DataType.FLOAT, random.doubles(rows * columns).toArray(), rows, columns);
  }

  /** Every operation once a run, by its name and its output's shape; nothing when nobody asks. */
  @Test
  void operations_are_timed_while_that_is_asked_for() {
    Map<String, INDArray> in =
        Map.of(
            "x", random(new SplittableRandom(1), 4, 5), "shift", Nd4j.ones(DataType.FLOAT, 4, 1));
    try (Program program = new Program(sd, "share", "small")) {
      memory.use(() -> program.run(in, memory));
      OperationTimes.begin();
      memory.use(() -> program.run(in, memory));
      memory.use(() -> program.run(in, memory));
      List<OperationTimes.Row> rows = OperationTimes.end();
      memory.use(() -> program.run(in, memory));
      assertEquals(List.of(), OperationTimes.end());
      Map<String, Long> count =
          rows.stream()
              .collect(Collectors.toMap(r -> r.operation() + r.shape(), OperationTimes.Row::count));
      assertEquals(2, count.get("softmax[4, 3]"));
      assertEquals(2, count.get("matmul[4, 3]"));
      assertEquals(2, count.get("exp[4, 1]"));
      for (int i = 0; i < rows.size(); i++) {
        assertTrue(rows.get(i).milliseconds() > 0);
        assertTrue(i == 0 || rows.get(i).milliseconds() <= rows.get(i - 1).milliseconds());
      }
    }
  }

  @Test
  void computes_what_the_session_computes() {
    String[] names = {"beside", "small", "share", "c", "moved"};
    SplittableRandom random = new SplittableRandom(1);
    try (Program program = new Program(sd, names)) {
      for (int rows : new int[] {4, 4, 1, 7, 4}) {
        Map<String, INDArray> in =
            Map.of(
                "x", random(random, rows, 5),
                "shift", random(random, rows, 1),
                "of no concern", random(random, 2, 2));
        Map<String, INDArray> known = Map.of("x", in.get("x"), "shift", in.get("shift"));
        weight.addi(0.1); // a variable's values may change in place
        Map<String, INDArray> expected = sd.output(known, names);
        memory.use(
            () -> {
              Map<String, INDArray> actual = program.run(in, memory);
              for (String name : names) {
                double[] wanted = Backend.doubles(expected.get(name));
                assertEquals(wanted.length, actual.get(name).length());
                assertClose(wanted, Backend.doubles(actual.get(name)), 1e-7, name);
              }
              return null;
            });
      }
    }
  }

  /** Operands twice, outputs on the way, results nobody needs, products of matrices and of many. */
  @Test
  void memory_is_used_again_within_a_run() {
    SDVariable x = sd.getVariable("x");
    SDVariable square = x.mul(x).rename("square");
    SDVariable sum = square.add(square).rename("sum");
    SDVariable[] parts = sd.split(sd.concat(1, sum, sum), 2, 1);
    SDVariable three = sd.expandDims(parts[1], 0);
    sd.squeeze(sd.mmul(three, three, true, false, false), 0).rename("many");
    sd.mmul("one", parts[1], sum, true, false, false);
    sd.math().exp("late", sum.mul(0.1).sub(1).mul(0.5));
    String[] names = {"square", "many", "late", "one"};
    SplittableRandom random = new SplittableRandom(3);
    try (Program program = new Program(sd, names)) {
      for (int rows : new int[] {3, 6, 3, 3}) {
        Map<String, INDArray> in = Map.of("x", random(random, rows, 5));
        Map<String, INDArray> expected = sd.output(in, names);
        memory.use(
            () -> {
              Map<String, INDArray> actual = program.run(in, memory);
              for (String name : names) {
                double[] wanted = Backend.doubles(expected.get(name));
                assertClose(wanted, Backend.doubles(actual.get(name)), 1e-6, name);
                actual.get(name).assign(Double.NaN); // what the next run finds
              }
              return null;
            });
      }
    }
  }

  /** Rows, columns, matrices in front and behind, and what is none of these. */
  @Test
  void replicated_operands_change_nothing() {
    SDVariable all = sd.reshape(sd.getVariable("x"), -1, 2, 5);
    SDVariable shift = sd.getVariable("shift"); // [6, 1]
    SDVariable row = sd.sum(sd.getVariable("x"), 0); // [5]
    SDVariable front = sd.expandDims(sd.reshape(shift, -1, 2), 2);
    SDVariable behind = sd.reshape(sd.sum(all, 0), 2, 5);
    sd.math().max(all.mul(row).add(front), behind).rename("three");
    sd.getVariable("x").div(shift.add(2)).sub("columns", sd.reshape(row, 1, 5));
    behind.sub(all).rename("order");
    all.mul(sd.expandDims(sd.sum(all, 1), 1)).rename("between");
    sd.expandDims(shift, 0).mul(sd.expandDims(shift, 1)).rename("outer");
    String[] names = {"three", "columns", "order", "between", "outer"};
    SplittableRandom random = new SplittableRandom(5);
    Replication always = new Replication(1);
    try (Program program = new Program(sd, name -> sd.getVariable(name).getArr(), always, names)) {
      for (int turn = 0; turn < 3; turn++) {
        assertAsSession(program, names, random(random, 6, 5), random(random, 6, 1));
      }
    }
  }

  private void assertAsSession(Program program, String[] names, INDArray x, INDArray shift) {
    Map<String, INDArray> in = Map.of("x", x, "shift", shift);
    Map<String, INDArray> expected = sd.output(in, names);
    memory.use(
        () -> {
          Map<String, INDArray> actual = program.run(in, memory);
          for (String name : names) {
            double[] wanted = Backend.doubles(expected.get(name));
            assertClose(wanted, Backend.doubles(actual.get(name)), 1e-6, name);
            actual.get(name).assign(Double.NaN); // what the next run finds
          }
          return null;
        });
  }

  /** A new shape shares the memory: it must not be used again while any of its shapes is needed. */
  @Test
  void shapes_of_the_same_memory_live_as_long_as_one_of_them() {
    SDVariable sum = sd.getVariable("x").add(1);
    SDVariable flat = sd.reshape(sd.expandDims(sum, 0), -1);
    SDVariable others = sd.getVariable("x").mul(2).add(3).mul(4); // would take free memory
    flat.add("late", sd.reshape(others, -1));
    sd.squeeze(sd.expandDims(sum.mul(3), 0), 0).rename("shape"); // an output that is a shape
    String[] names = {"late", "shape"};
    SplittableRandom random = new SplittableRandom(7);
    try (Program program = new Program(sd, names)) {
      for (int turn = 0; turn < 3; turn++) {
        assertAsSession(program, names, random(random, 6, 5), random(random, 6, 1));
      }
    }
  }

  @Test
  void outputs_are_written_where_they_are_wanted() {
    SplittableRandom random = new SplittableRandom(9);
    sd.mmul("product", sd.getVariable("x"), sd.getVariable("x"), true, false, false);
    INDArray buffer = Nd4j.create(DataType.FLOAT, 100);
    INDArray a = buffer.get(NDArrayIndex.interval(3, 9)).reshape(6, 1);
    INDArray square = buffer.get(NDArrayIndex.interval(20, 45)).reshape(5, 5);
    Map<String, INDArray> in = Map.of("x", random(random, 6, 5), "shift", random(random, 6, 1));
    Map<String, INDArray> expected = sd.output(in, "a", "product");
    try (Program program = new Program(sd, "a", "product")) {
      for (int turn = 0; turn < 2; turn++) {
        buffer.assign(7);
        memory.use(() -> program.run(in, memory, (name, shape) -> name.equals("a") ? a : square));
        assertClose(
            Backend.doubles(expected.get("a")),
            Backend.doubles(a.dup('c')),
            1e-6,
            "a split's part");
        assertClose(
            Backend.doubles(expected.get("product")),
            Backend.doubles(square.dup('c')),
            1e-6,
            "product");
        assertEquals(
            7 * 69,
            buffer.sumNumber().doubleValue()
                - a.sumNumber().doubleValue()
                - square.sumNumber().doubleValue(),
            1e-3);
      }
    }
  }

  @Test
  void only_what_leads_to_the_outputs_needs_its_inputs() {
    try (Program program = new Program(sd, "share")) {
      var error =
          assertThrows(
              IllegalArgumentException.class,
              () -> program.run(Map.of("x", Nd4j.ones(DataType.FLOAT, 2, 5)), memory));
      assertEquals("the graph's input 'shift' is missing", error.getMessage());
    }
  }

  @Test
  void shapes_that_are_inputs_count_by_their_values() {
    SDVariable y = sd.placeHolder("y", DataType.FLOAT, -1, 1);
    SDVariable split = sd.reshape(y, sd.placeHolder("to", DataType.INT64, 2));
    sd.sum("sums", split, 1);
    INDArray values = Backend.array(DataType.FLOAT, new float[] {1, 2, 3, 4, 5, 6}, 6, 1);
    try (Program program = new Program(sd, "sums")) {
      for (int turn = 0; turn < 2; turn++) {
        assertSums(program, values, new double[] {3, 7, 11}, 3, 2);
        assertSums(program, values, new double[] {6, 15}, 2, 3);
      }
    }
  }

  private void assertSums(Program program, INDArray y, double[] expected, long... to) {
    Map<String, INDArray> in = Map.of("y", y, "to", Nd4j.createFromArray(to));
    memory.use(
        () -> {
          INDArray sums = program.run(in, memory).get("sums");
          assertClose(expected, Backend.doubles(sums), 0, "sums");
          return null;
        });
  }
}
