package org.eglr.internal.samediff.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.eglr.internal.samediff.Backend;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Scores and choices of one step (eq. 12-14) against plain Java, without a host that corrects. */
class StepScoresTest {

  private static final int WIDTH = 4;
  private static final float MASKED = -1e9f;
  private static final double BORDER = 1e-5; // what rounding may do to a sum of probabilities
  private static final Reasoning REASONING =
      new Reasoning(1, 1, 0.8, 1.6, ReasoningToken.CONTEXT_AWARE, QueryUpdate.REPLACE, true);
  private static final double SHARPER =
      REASONING.baseTemperature() / REASONING.recommendingTemperature();

  private final SameDiff sd = SameDiff.create();

  @ParameterizedTest
  @CsvSource({"1, 2", "1, 9", "2, 2", "5, 3", "16, 40", "64, 300"})
  void scores_and_choices(int lists, int pool) {
    SplittableRandom random = new SplittableRandom(lists);
    float[] z = gaussians(random, pool * lists * WIDTH);
    float[] query = gaussians(random, lists * WIDTH);
    float[] gone = new float[lists * pool];
    int[] left = new int[lists]; // stays, be it at the front, at the back or in between
    int[] taken = new int[lists];
    double[] draw = new double[lists];
    StepControls controls = new StepControls(lists);
    for (int b = 0; b < lists; b++) {
      left[b] = random.nextInt(pool);
      for (int j = 0; j < pool; j++) {
        gone[b * pool + j] = j != left[b] && random.nextInt(3) == 0 ? MASKED : 0;
      }
      taken[b] = left[b] == 0 ? pool - 1 : 0;
      controls.taken(b, taken[b]);
      if (b % 5 == 4) {
        controls.fixed(b, left[b]);
      } else {
        draw[b] = b % 4 == 0 ? 0x1p-53 : b % 4 == 1 ? 1 - BORDER : random.nextDouble();
        controls.draw(b, draw[b]);
      }
    }
    StepScores scores = new StepScores(sd, WIDTH, REASONING, false);
    scores.add(sd.placeHolder("query", DataType.FLOAT, -1, WIDTH), "");
    Map<String, INDArray> in = new HashMap<>();
    in.put("z", Backend.array(DataType.FLOAT, z, pool, lists, WIDTH));
    in.put("query", Backend.array(DataType.FLOAT, query, lists, WIDTH));
    in.put("gone", Backend.array(DataType.FLOAT, gone, lists, pool));
    Map<String, INDArray> out;
    try (StepConstants constants = new StepConstants()) {
      in.put("number", constants.numbers(pool));
      in.put("triangle", constants.triangle(pool));
      controls.enter(controls.array(), false, in);
      out = sd.output(in, "scored", "probability", "goneNow", "greedy", "drawn");
    }
    float[] greedy = Backend.floats(out.get("greedy"));
    float[] drawn = Backend.floats(out.get("drawn"));
    StepOutcome outcome = new StepOutcome(drawn, lists, SHARPER);
    for (int i = 0; i < greedy.length; i++) {
      assertEquals(greedy[i], drawn[i], "both begin alike");
    }
    for (int b = 0; b < lists; b++) {
      gone[b * pool + taken[b]] += MASKED;
      double[] logits = new double[pool];
      for (int j = 0; j < pool; j++) {
        for (int i = 0; i < WIDTH; i++) {
          logits[j] += (double) z[(j * lists + b) * WIDTH + i] * query[b * WIDTH + i];
        }
        logits[j] = logits[j] / Math.sqrt(WIDTH) / REASONING.baseTemperature();
        logits[j] += gone[b * pool + j];
      }
      double[] flat = softmax(logits, 1);
      double[] sharp = softmax(logits, SHARPER);
      String where = "list " + b;
      assertRow(logits, out.get("scored").slice(b), where);
      assertRow(sharp, out.get("probability").slice(b), where);
      double entropy = 0;
      int best = 0;
      for (int j = 0; j < pool; j++) {
        entropy -= flat[j] > 0 ? flat[j] * Math.log(flat[j]) : 0;
        best = logits[j] > logits[best] ? j : best;
        assertEquals(gone[b * pool + j], Backend.floats(out.get("goneNow").slice(b))[j], where);
      }
      assertEquals(entropy, outcome.entropy(b), 1e-5, where);
      assertEquals(best, outcome.best(b).item(), where);
      assertEquals(Math.log(sharp[best]), outcome.best(b).logProbability(), 1e-5, where);
      int item = outcome.drawn(b).item();
      if (b % 5 == 4) {
        assertEquals(left[b], item, where);
      } else {
        assertReached(sharp, item, draw[b], where);
      }
      assertEquals(Math.log(sharp[item]), outcome.drawn(b).logProbability(), 1e-4, where);
    }
  }

  /** The item is available, and the probabilities up to it reach the draw, those before do not. */
  private static void assertReached(double[] probability, int item, double draw, String where) {
    double before = 0;
    for (int j = 0; j < item; j++) {
      before += probability[j];
    }
    assertTrue(probability[item] > 0, where);
    assertTrue(before < draw + BORDER && draw < before + probability[item] + BORDER, where);
  }

  private static void assertRow(double[] expected, INDArray row, String where) {
    float[] actual = Backend.floats(row);
    for (int j = 0; j < expected.length; j++) {
      double scale = Math.max(1, Math.abs(expected[j]));
      assertEquals(expected[j], actual[j], 1e-5 * scale, where);
    }
  }

  private static double[] softmax(double[] logits, double factor) {
    double[] p = new double[logits.length];
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      p[j] = Math.exp(factor * (logits[j] - most));
      sum += p[j];
    }
    for (int j = 0; j < p.length; j++) {
      p[j] /= sum;
    }
    return p;
  }

  private static float[] gaussians(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
