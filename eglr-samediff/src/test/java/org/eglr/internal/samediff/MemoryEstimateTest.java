package org.eglr.internal.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.Decoding;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.internal.samediff.step.StepGraph;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What a replay takes of the device's memory: the estimate that cuts its parts is not too small.
 */
class MemoryEstimateTest {

  private static final Reasoning REASONING =
      new Reasoning(2, -1, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.REPLACE, true);

  /** Large calls are how a GPU is fed. */
  @AfterEach
  void callsAsUsual() {
    System.clearProperty(Calls.PROPERTY);
  }

  @ParameterizedTest
  @CsvSource({"16, 10, 10, 64", "64, 10, 10, 64", "64, 100, 10, 64", "32, 40, 30, 32"})
  void replay(int width, int pool, int length, int lists) {
    Settings settings = new Settings(width, 4, 1, 4 * width, 4, 8, false, REASONING, 1);
    Architecture architecture = new Architecture(RandomRequests.SCHEMA, settings);
    Weights weights = architecture.generator();
    Request request = RandomRequests.request(new SplittableRandom(1), pool, length);
    float[] z = new FeatureMlp(architecture, architecture.evaluator()).candidates(request);
    Trajectory list = Decoding.decode(architecture, weights, z, pool, length, Chooser.GREEDY);
    assertEquals(3 * length, list.length());
    List<Trajectory> all = java.util.Collections.nCopies(lists, list);
    double[] coefficient = new double[lists];
    Arrays.fill(coefficient, 1);
    try (var graph = new ReplayGraph(architecture, weights, REASONING, DataType.FLOAT)) {
      graph.gradient(
          new ReplayBatch(pool, new int[] {pool}, lists, List.of(), all, coefficient), z);
      long tokens = (long) lists * list.length();
      double taken = (double) graph.floatsInUse() / tokens;
      double estimate = ReplayGraph.floatsPerToken(settings, pool, list.length());
      assertTrue(taken <= estimate, taken + " of " + estimate);
      assertTrue(taken >= estimate / 3, taken + " of " + estimate);
    }
  }

  /**
   * Whatever the lengths of a part's lists, which all are filled up to its longest: a quarter of
   * the memory is enough, and no array is longer than 2^31 - 1.
   */
  @Test
  void parts_of_the_fitting_size_fit() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 5_000; i++) {
      int heads = 1 << random.nextInt(4);
      int width = heads * Math.max(4, random.nextInt(1024 / heads));
      Settings settings = new Settings(width, heads, 1, 4 * width, 4, 8, false, REASONING, 1);
      int pool = 1 + random.nextInt(5_000);
      int shortest = 1 + random.nextInt(60);
      int longest = shortest + random.nextInt(120);
      long memory = 1L << random.nextInt(33, 40);
      long fitting = ReplayGraph.fitting(memory, settings, pool, shortest, longest);
      long tokens = random.nextInt(shortest, longest + 1); // of a part's longest list
      long lists = fitting / tokens;
      long floats = ReplayGraph.floatsPerToken(settings, pool, (int) tokens);
      assertTrue(lists * tokens * floats * Float.BYTES <= memory / 4, settings + ", " + pool);
      long places = lists * 9 / 8;
      long seen = StepGraph.room((int) tokens);
      long[] lengths = {
        tokens * places * 4 * width,
        (tokens + 1) * places * pool,
        tokens * places * seen * heads,
        (pool + 1) * places * width,
        seen * places * width
      };
      for (long length : lengths) {
        assertTrue(length <= Integer.MAX_VALUE, settings + ", " + pool + ": " + length);
      }
    }
  }

  /** The marks' batch: three parts on a card of 80 GB, two on one of 141. */
  @Test
  void a_card_of_known_memory() {
    Settings settings = new Settings(512, 4, 2, 2048, 16, 16, false, REASONING, 1);
    long tokens = 16_384L * 30;
    assertEquals(3, 1 + tokens / ReplayGraph.fitting(79L << 30, settings, 10, 30, 30));
    assertEquals(2, 1 + tokens / ReplayGraph.fitting(139L << 30, settings, 10, 30, 30));
  }

  @ParameterizedTest
  @CsvSource({"16, 10, 1", "64, 10, 2", "64, 50, 2", "32, 30, 3"})
  void evaluator(int width, int length, int layers) {
    System.setProperty(Calls.PROPERTY, "large");
    Settings settings = new Settings(width, 4, layers, 4 * width, 4, 8, false, REASONING, 1);
    Architecture architecture = new Architecture(RandomRequests.SCHEMA, settings);
    Weights weights = architecture.evaluator();
    int[] lengths = new int[32];
    Arrays.fill(lengths, length);
    int items = lengths.length * length;
    ListBatch lists = ListBatch.unlabelled(lengths);
    try (var graph = new EvaluatorGraph(architecture, weights, false, DataType.FLOAT)) {
      graph.score(lists, new float[items * width]);
      assertEstimate(graph, items, EvaluatorGraph.floatsPerToken(architecture, false, length));
    }
    ListBatch labelled =
        new ListBatch(lengths.length, length, lengths, new boolean[items], new float[items]);
    try (var graph = new EvaluatorGraph(architecture, weights, true, DataType.FLOAT)) {
      graph.train(labelled, new float[items * architecture.inputWidth()], lengths.length);
      assertEstimate(graph, items, EvaluatorGraph.floatsPerToken(architecture, true, length));
    }
  }

  private static void assertEstimate(Graph graph, long tokens, double estimate) {
    double taken = (double) graph.arenaBytes() / Float.BYTES / tokens;
    assertTrue(taken <= estimate, taken + " of " + estimate);
    assertTrue(taken >= estimate / 4, taken + " of " + estimate);
  }
}
