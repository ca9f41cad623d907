package org.eglr.internal.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.DecoderRendering;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.Given;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.Numbers;
import org.eglr.internal.model.RandomLists;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoders of one and more layers against a rendering of their equations in double. */
class DecoderLayersTest {

  private static final double TOLERANCE = 1e-4;
  private static final double STEP = 1e-5;
  private static final int ENTRIES = 4;

  static Stream<Architecture> architectures() {
    List<Architecture> all = new ArrayList<>();
    for (int layers : new int[] {1, 2, 3}) {
      for (Reasoning reasoning :
          List.of(
              reasoning(0, ReasoningToken.NONE, QueryUpdate.REPLACE),
              reasoning(2, ReasoningToken.CONTEXT_AWARE, QueryUpdate.REPLACE),
              reasoning(2, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL),
              reasoning(2, ReasoningToken.PLAIN, QueryUpdate.RESIDUAL),
              reasoning(2, ReasoningToken.PLAIN, QueryUpdate.GATED),
              reasoning(2, ReasoningToken.CONTEXT_AWARE, QueryUpdate.GATED))) {
        all.add(RandomRequests.architecture(reasoning, layers, false, 10 * layers));
      }
    }
    return all.stream();
  }

  private static Reasoning reasoning(int budget, ReasoningToken token, QueryUpdate query) {
    return new Reasoning(budget, 1.2, 0.8, 1.5, token, query, true);
  }

  private static double[][] rows(float[] z, int pool) {
    double[] all = Numbers.doubles(z);
    int width = z.length / pool;
    double[][] rows = new double[pool][];
    Arrays.setAll(rows, j -> Arrays.copyOfRange(all, j * width, (j + 1) * width));
    return rows;
  }

  private static void assertSame(
      DecoderRendering.Written expected, Trajectory actual, String where) {
    assertArrayEquals(expected.order(), actual.order(), where);
    assertArrayEquals(expected.steps(), actual.steps(), where);
    assertArrayEquals(expected.entropyBefore(), actual.entropyBefore(), TOLERANCE, where);
    assertArrayEquals(expected.entropyAfter(), actual.entropyAfter(), TOLERANCE, where);
    double scale = Math.max(1, Math.abs(expected.logProbability()));
    assertEquals(expected.logProbability(), actual.logProbability(), TOLERANCE * scale, where);
  }

  /** Greedy and given lists, with a cache and without, and beams, which copy theirs. */
  @ParameterizedTest
  @MethodSource("architectures")
  void lists_are_those_of_the_equations(Architecture architecture) {
    int compared = 0;
    for (long seed = 0; seed < 3; seed++) {
      Weights weights = RandomLists.weights(architecture, seed);
      DecoderRendering rendering = new DecoderRendering(architecture, weights);
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < 4; i++) {
        ListTask task = RandomLists.task(random, Chooser.GREEDY);
        float[] z = task.candidates().all();
        int[] given = Arrays.copyOf(RandomRequests.permutation(random, task.pool()), task.length());
        for (int[] order : new int[][] {null, given}) {
          var list = rendering.write(rows(z, task.pool()), task.length(), order, null);
          if (list.closest() < TOLERANCE) {
            continue; // rounding may choose another one
          }
          Chooser chooser = order == null ? Chooser.GREEDY : Chooser.forced(order);
          var asked = new ListTask(task.candidates(), task.length(), chooser, null);
          for (CpuDecoder decoder :
              List.of(
                  new CpuDecoder(architecture, weights),
                  CpuDecoder.withoutCache(architecture, weights))) {
            assertSame(list, decoder.decode(List.of(asked, asked)).get(1), "seed " + seed);
          }
          if (order == null) {
            BeamSearch one = new BeamSearch(architecture, weights, 1);
            assertSame(list, one.search(task.candidates(), task.length()).get(0), "beam");
          }
          compared++;
        }
        List<Trajectory> beams =
            new BeamSearch(architecture, weights, 3).search(task.candidates(), task.length());
        for (Trajectory beam : beams) {
          var again =
              rendering.write(rows(z, task.pool()), task.length(), beam.order(), beam.steps());
          assertEquals(again.logProbability(), beam.logProbability(), 2e-4, "of a beam");
        }
      }
    }
    assertTrue(compared > 12, compared + " lists");
  }

  /** Derivatives by every parameter, the largest among them, against central differences. */
  @ParameterizedTest
  @MethodSource("architectures")
  void gradients_are_those_of_the_equations(Architecture architecture) {
    Weights weights = RandomLists.weights(architecture, 5);
    SplittableRandom random = new SplittableRandom(5);
    int[] pools = {5, 6};
    int pool = 6;
    float[] candidates = new float[2 * pool * 8];
    List<ListTask> tasks = new ArrayList<>();
    for (int r = 0; r < 2; r++) {
      ListTask task = RandomLists.task(random, pools[r], 3 + r);
      System.arraycopy(task.candidates().all(), 0, candidates, r * pool * 8, pools[r] * 8);
      Chooser chooser = Chooser.sampling(CounterRandom.stream(5, r));
      tasks.add(new ListTask(task.candidates(), task.length(), chooser, null));
    }
    List<Trajectory> lists = new CpuDecoder(architecture, weights).decode(tasks);
    double[] coefficient = {0.7, -1.1};
    ReplayBatch batch = new ReplayBatch(pool, pools, 1, List.of(), lists, coefficient);
    Map<String, double[]> gradients;
    try (var replay = new CpuReplay(architecture, weights)) {
      gradients = replay.gradient(batch, candidates).gradients();
      double[][] choices = replay.choices(batch, candidates);
      for (int b = 0; b < 2; b++) {
        assertEquals(
            lists.get(b).logProbability(), DoubleStream.of(choices[b]).sum(), 1e-4, "choices");
      }
    }
    DecoderRendering rendering = new DecoderRendering(architecture, weights);
    int deep = 0;
    for (Tensor tensor : weights.all()) {
      double[] values = rendering.weight(tensor.name());
      double[] gradient = gradients.get(tensor.name());
      int largest = 0;
      for (int i = 0; i < gradient.length; i++) {
        largest = Math.abs(gradient[i]) > Math.abs(gradient[largest]) ? i : largest;
      }
      double scale = Math.max(1e-2, Math.abs(gradient[largest]));
      for (int entry = 0; entry < ENTRIES; entry++) {
        int i = entry == 0 ? largest : random.nextInt(gradient.length);
        double value = values[i];
        values[i] = value + STEP;
        double up = loss(rendering, tasks, lists, coefficient);
        values[i] = value - STEP;
        double slope = (up - loss(rendering, tasks, lists, coefficient)) / (2 * STEP);
        values[i] = value;
        assertEquals(slope, gradient[i], 3e-4 * scale, tensor.name() + "[" + i + "]");
      }
      deep += tensor.name().matches("layer[23]\\.[qkvo]\\.weight") && scale > 1e-2 ? 1 : 0;
    }
    assertEquals(4 * (architecture.settings().decoderLayers() - 1), deep, "further layers learn");
  }

  private static double loss(
      DecoderRendering rendering,
      List<ListTask> tasks,
      List<Trajectory> lists,
      double[] coefficient) {
    double sum = 0;
    for (int b = 0; b < lists.size(); b++) {
      ListTask task = tasks.get(b);
      Trajectory list = lists.get(b);
      double[][] z = rows(task.candidates().all(), task.pool());
      sum +=
          coefficient[b]
              * rendering.write(z, task.length(), list.order(), list.steps()).logProbability();
    }
    return sum;
  }

  /** All candidates' vectors get the bias of the last layer of features: what it hands back. */
  @ParameterizedTest
  @MethodSource("architectures")
  void candidates_get_what_tokens_and_scores_owe_them(Architecture of) {
    Reasoning reasoning = of.settings().reasoning();
    int layers = of.settings().decoderLayers();
    Architecture architecture = RandomRequests.architecture(reasoning, layers, true, 3);
    Weights weights = RandomRequests.spread(architecture.generator(), 3);
    SplittableRandom random = new SplittableRandom(3);
    RandomLists.gain(weights, random);
    Request request = RandomRequests.request(random, 6, 4);
    float[] z = new FeatureMlp(architecture, weights).candidates(request);
    ListTask task =
        new ListTask(Given.candidates(z, 6), 4, Chooser.sampling(CounterRandom.stream(7)), null);
    FeatureRows features = new FeatureRows(architecture);
    float[] x = new float[6 * features.width()];
    features.fill(request, 6, weights, x, 0);
    Trajectory list = new CpuDecoder(architecture, weights).decode(List.of(task)).get(0);
    double[] actual;
    try (var replay = new CpuReplay(architecture, weights)) {
      var batch = new ReplayBatch(6, new int[] {6}, 1, List.of(), List.of(list), new double[] {1});
      actual = replay.gradient(batch, x).gradients().get("features.fc2.bias");
    }
    DecoderRendering rendering = new DecoderRendering(architecture, weights);
    double[] expected = new double[8];
    for (int i = 0; i < 8; i++) {
      double[] sides = new double[2];
      for (int side = 0; side < 2; side++) {
        double[][] moved = rows(z, 6);
        for (double[] candidate : moved) {
          candidate[i] += side == 0 ? STEP : -STEP;
        }
        sides[side] = rendering.write(moved, 4, list.order(), list.steps()).logProbability();
      }
      expected[i] = (sides[0] - sides[1]) / (2 * STEP);
    }
    Numbers.assertClose(expected, actual, 1e-3, "features.fc2.bias");
  }
}
