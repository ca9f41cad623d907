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

  /** Whatever the memory: nothing that a part of the fitting size has is longer than 2^31 - 1. */
  @Test
  void replays_have_no_array_that_cannot_be_counted() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      int heads = 1 << random.nextInt(4);
      int width = heads * Math.max(4, random.nextInt(1024 / heads));
      Settings settings = new Settings(width, heads, 1, 4 * width, 4, 8, false, REASONING, 1);
      int pool = 1 + random.nextInt(5_000);
      int shortest = 1 + random.nextInt(60);
      int longest = shortest + random.nextInt(120);
      long tokens = ReplayGraph.fitting(settings, pool, shortest, longest);
      long lists = tokens / shortest * 9 / 8; // all of the shortest, but for one
      long seen = StepGraph.room(longest);
      long[] lengths = {
        longest * lists * 4 * width,
        longest * lists * pool,
        longest * lists * seen * heads,
        (pool + 1) * lists * width,
        seen * lists * width
      };
      for (long length : lengths) {
        assertTrue(length <= Integer.MAX_VALUE, settings + ", " + pool + ": " + length);
      }
    }
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
