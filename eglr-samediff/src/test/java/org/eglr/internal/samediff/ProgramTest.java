package org.eglr.internal.samediff;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
