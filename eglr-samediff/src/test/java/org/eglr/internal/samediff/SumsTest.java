package org.eglr.internal.samediff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SumsTest {

  private static final double MASKED = -1e9;

  /** What re-rankers' attention is computed by on a device, and what on a host. */
  @Test
  void shares_and_their_gradient_are_those_of_nd4js_softmax() {
    for (long seed = 0; seed < 10; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long[] shape = {2, 1 + random.nextInt(3), 1 + random.nextInt(4), 1 + random.nextInt(40)};
      INDArray x = array(random, true, shape);
      INDArray weight = array(random, false, shape);
      List<double[]> own = run(x, weight, (sd, v) -> Sums.softmax(sd, v, 3));
      List<double[]> of = run(x, weight, (sd, v) -> sd.nn().softmax(v, 3));
      for (int i = 0; i < own.size(); i++) {
        assertArrayEquals(of.get(i), own.get(i), 1e-12, "seed " + seed);
      }
    }
  }

  /** The shares, and the gradient of their weighted sum. */
  private static List<double[]> run(
      INDArray x, INDArray weight, BiFunction<SameDiff, SDVariable, SDVariable> softmax) {
    SameDiff sd = SameDiff.create();
    SDVariable v = sd.var("x", x);
    softmax.apply(sd, v).rename("shares").mul(sd.constant(weight)).sum().rename("loss");
    sd.setLossVariables("loss");
    INDArray shares = sd.output(Map.of(), "shares").get("shares");
    INDArray gradient = sd.calculateGradients(Map.of(), "x").get("x");
    return List.of(Backend.doubles(shares), Backend.doubles(gradient));
  }

  private static INDArray array(SplittableRandom random, boolean masks, long... shape) {
    int length =
        (int) IntStream.range(0, shape.length).mapToLong(i -> shape[i]).reduce(1, (a, b) -> a * b);
    double[] values = random.doubles(length, -3, 3).toArray();
    for (int i = 0; masks && i < length; i++) {
      boolean first = i % shape[shape.length - 1] == 0; // one of a row at least is there
      values[i] += !first && random.nextInt(4) == 0 ? MASKED : 0;
    }
    return Nd4j.createFromArray(values).reshape(shape).castTo(DataType.DOUBLE);
  }
}
