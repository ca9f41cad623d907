package org.eglr.internal.samediff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eglr.data.Request;
import org.eglr.internal.cpu.BeamSearch;
import org.eglr.internal.cpu.CpuDecoder;
import org.eglr.internal.cpu.CpuReplay;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.DecoderRendering;
import org.eglr.internal.model.DecodingEngine;
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
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.internal.samediff.step.GraphDecoder;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Both engines against a rendering of the gated reading's equations in double. */
class GatedReadingTest {

  private static final double TOLERANCE = 1e-4;

  static Stream<Reasoning> settings() {
    List<Reasoning> all = new ArrayList<>();
    for (ReasoningToken token :
        List.of(
            ReasoningToken.PLAIN,
            ReasoningToken.CONTEXT_AWARE,
            ReasoningToken.ZERO,
            ReasoningToken.MEAN)) {
      for (int budget : new int[] {0, 1, 3}) {
        for (double threshold : new double[] {-1, 1.2}) {
          all.add(new Reasoning(budget, threshold, 0.8, 1.5, token, QueryUpdate.GATED, true));
        }
      }
    }
    return all.stream();
  }

  /** Controls have none. */
  private static DecodingEngine graph(Architecture architecture, Weights weights) {
    Reasoning reasoning = architecture.settings().reasoning();
    return reasoning.token().isControl()
        ? new CpuDecoder(architecture, weights)
        : new GraphDecoder(architecture, weights, reasoning, 4);
  }

  private static double[][] rows(ListTask task) {
    double[][] rows = new double[task.pool()][];
    float[] z = task.candidates().all();
    int width = z.length / task.pool();
    for (int j = 0; j < rows.length; j++) {
      rows[j] = new double[width];
      for (int i = 0; i < width; i++) {
        rows[j][i] = z[j * width + i];
      }
    }
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

  /** Greedy and given lists, with and without a cache, and the only beam of a beam search. */
  @ParameterizedTest
  @MethodSource("settings")
  void lists_are_those_of_the_equations(Reasoning reasoning) {
    int compared = 0;
    int reasoned = 0;
    for (long seed = 0; seed < 5; seed++) {
      Architecture architecture = RandomRequests.architecture(reasoning, false, seed);
      Weights weights = RandomLists.weights(architecture, seed);
      DecoderRendering rendering = new DecoderRendering(architecture, weights);
      SplittableRandom random = new SplittableRandom(seed);
      List<ListTask> tasks = new ArrayList<>();
      List<DecoderRendering.Written> expected = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        ListTask task = RandomLists.task(random, Chooser.GREEDY);
        int[] order = Arrays.copyOf(RandomRequests.permutation(random, task.pool()), task.length());
        int[] given = i % 2 == 0 ? null : order;
        DecoderRendering.Written list = rendering.write(rows(task), task.length(), given, null);
        if (list.closest() > TOLERANCE) {
          Chooser chooser = given == null ? Chooser.GREEDY : Chooser.forced(order);
          tasks.add(new ListTask(task.candidates(), task.length(), chooser, null));
          expected.add(list);
        }
      }
      try (DecodingEngine cpu = new CpuDecoder(architecture, weights);
          DecodingEngine plain = CpuDecoder.withoutCache(architecture, weights);
          DecodingEngine graph = graph(architecture, weights)) {
        for (DecodingEngine engine : List.of(cpu, plain, graph)) {
          List<Trajectory> actual = engine.decode(tasks);
          for (int i = 0; i < expected.size(); i++) {
            assertSame(expected.get(i), actual.get(i), engine.getClass() + ", seed " + seed);
            reasoned += actual.get(i).reasoning();
            compared++;
          }
        }
      }
      for (int i = 0; i < tasks.size(); i++) {
        if (tasks.get(i).chooser() == Chooser.GREEDY) {
          assertSame(
              expected.get(i),
              new BeamSearch(architecture, weights, 1)
                  .search(tasks.get(i).candidates(), tasks.get(i).length())
                  .get(0),
              "beam");
        }
      }
    }
    assertTrue(compared > 50, "" + compared);
    assertEquals(reasoning.budget() > 0, reasoned > 0);
  }

  /**
   * A model of random weights but the gain, which starts at 0, decides as one without reasoning.
   */
  @ParameterizedTest
  @MethodSource("settings")
  void training_starts_at_the_lists_without_reasoning(Reasoning reasoning) {
    Reasoning none = new Reasoning(0, 1, 0.8, 1.5, ReasoningToken.NONE, QueryUpdate.REPLACE, true);
    for (long seed = 0; seed < 4; seed++) {
      Architecture architecture = RandomRequests.architecture(reasoning, false, seed);
      Architecture without = RandomRequests.architecture(none, false, seed);
      Weights weights = architecture.generator();
      assertArrayEquals(new float[8], weights.data("reasoning.gain"));
      SplittableRandom random = new SplittableRandom(seed);
      List<ListTask> tasks = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Chooser chooser = i < 3 ? Chooser.GREEDY : Chooser.sampling(CounterRandom.stream(seed, i));
        tasks.add(RandomLists.task(random, chooser));
      }
      try (DecodingEngine cpu = new CpuDecoder(architecture, weights);
          DecodingEngine cpuWithout = new CpuDecoder(without, without.generator());
          DecodingEngine graph = graph(architecture, weights);
          DecodingEngine graphWithout = new GraphDecoder(without, without.generator(), none, 4)) {
        for (DecodingEngine[] pair :
            new DecodingEngine[][] {{cpuWithout, cpu}, {graphWithout, graph}}) {
          List<Trajectory> expected = pair[0].decode(tasks);
          List<Trajectory> actual = pair[1].decode(tasks);
          for (int i = 0; i < tasks.size(); i++) {
            assertArrayEquals(expected.get(i).order(), actual.get(i).order());
            assertArrayEquals(expected.get(i).entropyBefore(), actual.get(i).entropyAfter(), 1e-6);
            assertEquals(expected.get(i).logProbability(), actual.get(i).logProbability(), 1e-5);
          }
        }
      }
    }
  }

  static Stream<Reasoning> fewer() {
    return settings().filter(r -> r.gate().equals(Gate.entropy(1.2)));
  }

  /** Every parameter's derivative, through the tokens, of both engines' replay. */
  @ParameterizedTest
  @MethodSource("fewer")
  void gradients_are_those_of_the_equations(Reasoning reasoning) {
    long seed = 5;
    Architecture architecture = RandomRequests.architecture(reasoning, false, seed);
    Weights weights = RandomLists.weights(architecture, seed);
    SplittableRandom random = new SplittableRandom(seed);
    int[] pools = {5, 7};
    int pool = 7;
    float[] candidates = new float[2 * pool * 8];
    List<ListTask> tasks = new ArrayList<>();
    for (int r = 0; r < 2; r++) {
      ListTask task = RandomLists.task(random, pools[r], 3 + r);
      System.arraycopy(task.candidates().all(), 0, candidates, r * pool * 8, pools[r] * 8);
      for (int g = 0; g < 2; g++) {
        Chooser chooser = Chooser.sampling(CounterRandom.stream(seed, r, g));
        tasks.add(new ListTask(task.candidates(), task.length(), chooser, null));
      }
    }
    List<Trajectory> lists;
    try (DecodingEngine cpu = new CpuDecoder(architecture, weights)) {
      lists = cpu.decode(tasks);
    }
    double[] coefficient = random.doubles(4, -1, 1).toArray();
    ReplayBatch batch = new ReplayBatch(pool, pools, 2, List.of(), lists, coefficient);
    Map<String, double[]> onCpu;
    Map<String, double[]> onGraph;
    double loss;
    try (var cpu = new CpuReplay(architecture, weights)) {
      onCpu = cpu.gradient(batch, candidates).gradients();
    }
    if (reasoning.token().isControl()) {
      onGraph = onCpu;
      loss = Double.NaN;
    } else {
      try (var graph = new ReplayGraph(architecture, weights, reasoning, DataType.DOUBLE)) {
        loss = graph.gradient(batch, candidates).loss();
        onGraph = graph.gradient(batch, candidates).gradients();
      }
    }
    DecoderRendering rendering = new DecoderRendering(architecture, weights);
    if (onGraph != onCpu) {
      assertEquals(loss(rendering, tasks, lists, coefficient), loss, 1e-6);
    }
    int moved = 0;
    for (Tensor tensor : weights.all()) {
      String name = tensor.name();
      double[] values = rendering.weight(name);
      double[] slopes = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        double value = values[i];
        double step = 1e-5;
        values[i] = value + step;
        double up = loss(rendering, tasks, lists, coefficient);
        values[i] = value - step;
        slopes[i] = (up - loss(rendering, tasks, lists, coefficient)) / (2 * step);
        values[i] = value;
      }
      double largest = Arrays.stream(slopes).map(Math::abs).max().orElseThrow();
      double scale = Math.max(1e-2, largest); // rounding, where a derivative is 0
      assertArrayEquals(
          slopes,
          onGraph.get(name),
          (onGraph == onCpu ? 3e-4 : 1e-5) * scale,
          name + " on the graph");
      assertArrayEquals(slopes, onCpu.get(name), 3e-4 * scale, name + " in plain Java");
      moved += name.equals("reasoning.gain") && largest > 1e-3 ? 1 : 0;
    }
    assertEquals(reasoning.budget() > 0 ? 1 : 0, moved, "the gain learns");
  }

  /** All candidates' vectors get the bias of the last layer of features: what it hands back. */
  @ParameterizedTest
  @MethodSource("fewer")
  void candidates_get_what_tokens_and_scores_owe_them(Reasoning reasoning) {
    Architecture architecture = RandomRequests.architecture(reasoning, true, 3);
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
    try (var decoder = new CpuDecoder(architecture, weights);
        var replay = new CpuReplay(architecture, weights)) {
      List<Trajectory> lists = decoder.decode(List.of(task));
      double[] actual =
          replay
              .gradient(new ReplayBatch(6, new int[] {6}, 1, List.of(), lists, new double[] {1}), x)
              .gradients()
              .get("features.fc2.bias");
      DecoderRendering rendering = new DecoderRendering(architecture, weights);
      double[] expected = new double[8];
      for (int i = 0; i < 8; i++) {
        double[] sides = new double[2];
        for (int side = 0; side < 2; side++) {
          double[][] moved = rows(task);
          for (double[] candidate : moved) {
            candidate[i] += side == 0 ? 1e-5 : -1e-5;
          }
          int[] order = lists.get(0).order();
          sides[side] = rendering.write(moved, 4, order, lists.get(0).steps()).logProbability();
        }
        expected[i] = (sides[0] - sides[1]) / 2e-5;
      }
      Numbers.assertClose(expected, actual, 1e-3, "features.fc2.bias");
    }
  }

  private static double loss(
      DecoderRendering rendering,
      List<ListTask> tasks,
      List<Trajectory> lists,
      double[] coefficient) {
    double sum = 0;
    for (int b = 0; b < lists.size(); b++) {
      Trajectory list = lists.get(b);
      sum +=
          coefficient[b]
              * rendering
                  .write(rows(tasks.get(b)), list.order().length, list.order(), list.steps())
                  .logProbability();
    }
    return sum;
  }
}
