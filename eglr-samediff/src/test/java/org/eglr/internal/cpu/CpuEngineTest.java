package org.eglr.internal.cpu;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.PairEffects;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.Decoding;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.ListItems;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.RandomLists;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The plain-Java engine against the SameDiff graphs in double, which finite differences and the
 * peer decide on.
 */
class CpuEngineTest {

  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({
    "1, NONE",
    "2, NONE",
    "3, MATCH",
    "4, MATCH",
    "5, FACTORS",
    "6, DIFFERENCES",
    "7, ALL",
    "8, ALL"
  })
  void evaluator_losses_and_gradients(long seed, PairEffects effects) {
    SplittableRandom random = new SplittableRandom(seed);
    Reasoning none = new Reasoning(0, 1, 1, 1, ReasoningToken.NONE, QueryUpdate.REPLACE, false);
    Architecture architecture =
        effects == PairEffects.NONE
            ? architecture(none, true, seed)
            : RandomRequests.architecture(effects, 4, seed);
    Weights weights =
        RandomRequests.withPairs(RandomRequests.spread(architecture.evaluator(), 2), random);
    FeatureRows features = new FeatureRows(architecture);
    int count = 7;
    int[] lengths = random.ints(count, 1, seed == 8 ? 25 : 10).toArray(); // beyond kernels' reach
    int longest = Arrays.stream(lengths).max().orElseThrow();
    boolean[] clicked = new boolean[count * longest];
    for (int i = 0; i < clicked.length; i++) {
      clicked[i] = random.nextBoolean();
    }
    List<Request> requests = new ArrayList<>();
    float[] utility = new float[count];
    float[] x = new float[count * longest * features.width()];
    Arrays.fill(x, 7); // padding must not be looked at
    for (int b = 0; b < count; b++) {
      utility[b] = (float) (3 * random.nextDouble());
      Request request = RandomRequests.request(random, Math.max(2, lengths[b]), lengths[b]);
      features.fill(request, lengths[b], weights, x, b * longest * features.width());
      requests.add(request);
    }
    ListBatch lists =
        new ListBatch(count, longest, lengths, clicked, utility, ListItems.shown(requests));
    EvaluatorEngine.Result expected;
    try (var graph = new EvaluatorGraph(architecture, weights, true, DataType.DOUBLE)) {
      expected = graph.train(lists, x, 20);
    }
    try (var cpu = new CpuEvaluator(architecture, weights, true)) {
      for (int twice = 0; twice < 2; twice++) { // buffers are used again
        EvaluatorEngine.Result actual = cpu.train(lists, x, 20);
        assertEquals(expected.clickLoss(), actual.clickLoss(), 1e-5);
        assertEquals(expected.valueLoss(), actual.valueLoss(), 1e-5);
        assertEquals(expected.gradients().keySet(), actual.gradients().keySet());
        expected
            .gradients()
            .forEach((name, g) -> assertClose(g, actual.gradients().get(name), TOLERANCE, name));
        assertClose(expected.features(), actual.features(), TOLERANCE, "features");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void evaluator_scores(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Reasoning none = new Reasoning(0, 1, 1, 1, ReasoningToken.NONE, QueryUpdate.REPLACE, false);
    Architecture architecture = architecture(none, false, seed);
    Weights weights = architecture.evaluator();
    int[] lengths = random.ints(9, 1, 12).toArray();
    ListBatch lists = ListBatch.unlabelled(lengths);
    float[] z = new float[lists.size() * lists.length() * architecture.settings().width()];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextGaussian();
    }
    try (var graph = new EvaluatorGraph(architecture, weights, false, DataType.DOUBLE);
        var cpu = new CpuEvaluator(architecture, weights, false)) {
      EvaluatorEngine.Scores expected = graph.score(lists, z);
      EvaluatorEngine.Scores actual = cpu.score(lists, z);
      assertClose(expected.value(), actual.value(), TOLERANCE, "values");
      for (int b = 0; b < lengths.length; b++) {
        int from = b * lists.length();
        assertClose(
            Arrays.copyOfRange(expected.click(), from, from + lengths[b]),
            Arrays.copyOfRange(actual.click(), from, from + lengths[b]),
            TOLERANCE,
            "click logits");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, CONTEXT_AWARE, REPLACE, 2, -1, false",
    "2, CONTEXT_AWARE, RESIDUAL, 3, -1, true",
    "3, CONTEXT_AWARE, RESIDUAL, 2, 1.2, false",
    "4, CONTEXT_AWARE, REPLACE, 4, 0.9, true",
    "5, PLAIN, REPLACE, 2, -1, true",
    "6, PLAIN, RESIDUAL, 2, 0.9, false",
    "7, NONE, REPLACE, 2, -1, true",
    "8, NONE, RESIDUAL, 0, -1, false",
    "9, CONTEXT_AWARE, GATED, 3, 1.2, true",
    "10, CONTEXT_AWARE, GATED, 2, -1, false",
    "11, PLAIN, GATED, 2, 0.9, true",
    "12, PLAIN, GATED, 0, -1, false"
  })
  void grpo_loss_and_gradient_through_reasoning_tokens(
      long seed,
      ReasoningToken token,
      QueryUpdate query,
      int steps,
      double threshold,
      boolean trainFeatures) {
    SplittableRandom random = new SplittableRandom(seed);
    Reasoning reasoning = new Reasoning(steps, threshold, 0.8, 1.5, token, query, true);
    Architecture architecture = architecture(reasoning, trainFeatures, seed);
    Weights evaluator = RandomRequests.spread(architecture.evaluator(), 3);
    Weights weights = architecture.generator();
    weights.setFrom(evaluator);
    RandomLists.gain(weights, random);
    int group = 3;
    int[] pools = random.ints(4, 2, 9).toArray();
    int pool = Arrays.stream(pools).max().orElseThrow();
    int width = architecture.settings().width();
    FeatureRows features = new FeatureRows(architecture);
    int columns = trainFeatures ? features.width() : width;
    float[] candidates = new float[pools.length * pool * columns];
    Arrays.fill(candidates, 7); // padding must not be looked at
    List<Trajectory> lists = new ArrayList<>();
    for (int r = 0; r < pools.length; r++) {
      int length = 1 + random.nextInt(pools[r]);
      Request request = RandomRequests.request(random, pools[r], length);
      float[] z = new FeatureMlp(architecture, evaluator).candidates(request);
      int offset = r * pool * columns;
      if (trainFeatures) {
        features.fill(request, pools[r], weights, candidates, offset);
      } else {
        System.arraycopy(z, 0, candidates, offset, z.length);
      }
      for (int g = 0; g < group; g++) {
        Chooser chooser = Chooser.sampling(CounterRandom.stream(seed, r, g));
        lists.add(Decoding.decode(architecture, weights, z, pools[r], length, chooser));
      }
    }
    assertEquals(reasoning.budget() > 0, lists.stream().mapToInt(Trajectory::reasoning).sum() > 0);
    double[] coefficient =
        IntStream.range(0, lists.size()).mapToDouble(b -> random.nextGaussian()).toArray();
    ReplayBatch batch = new ReplayBatch(pool, pools, group, List.of(), lists, coefficient);

    ReplayEngine.Result expected;
    try (var graph = new ReplayGraph(architecture, weights, reasoning, DataType.DOUBLE)) {
      expected = graph.gradient(batch, candidates);
    }
    try (var cpu = new CpuReplay(architecture, weights)) {
      for (int twice = 0; twice < 2; twice++) { // buffers are used again
        ReplayEngine.Result actual = cpu.gradient(batch, candidates);
        assertEquals(expected.loss(), actual.loss(), 1e-4);
        assertEquals(expected.gradients().keySet(), actual.gradients().keySet());
        expected
            .gradients()
            .forEach((name, g) -> assertClose(g, actual.gradients().get(name), TOLERANCE, name));
        assertEquals(trainFeatures, actual.features() != null);
        if (trainFeatures) {
          assertClose(expected.features(), actual.features(), TOLERANCE, "features");
        }
      }
    }
    assertTrue(expected.gradients().size() > 10);
    otherLosses(architecture, weights, reasoning, batch, candidates, random);
  }

  /** Of weights that did not write the lists, whose reasoning tokens both engines make anew. */
  private static void otherLosses(
      Architecture architecture,
      Weights weights,
      Reasoning reasoning,
      ReplayBatch batch,
      float[] candidates,
      SplittableRandom random) {
    for (Tensor tensor : weights.all()) {
      for (int i = 0; i < tensor.data().length; i++) {
        tensor.data()[i] += (float) (0.05 * random.nextGaussian());
      }
    }
    try (var graph = new ReplayGraph(architecture, weights, reasoning, DataType.DOUBLE, true);
        var cpu = new CpuReplay(architecture, weights)) {
      double[][] logs = graph.choices(batch, candidates);
      double[][] own = cpu.choices(batch, candidates);
      double[][] before = new double[logs.length][];
      double[][] reference = new double[logs.length][];
      for (int b = 0; b < logs.length; b++) {
        assertClose(logs[b], own[b], TOLERANCE, "log-probabilities");
        before[b] = Arrays.stream(logs[b]).map(l -> l + 0.3 * random.nextGaussian()).toArray();
        reference[b] = Arrays.stream(logs[b]).map(l -> l + 0.3 * random.nextGaussian()).toArray();
      }
      PolicyLoss loss = new PolicyLoss(true, 0.2, 0.28, before, 0.7, reference, 0.4);
      ReplayEngine.Result expected = graph.gradient(batch, candidates, loss);
      ReplayEngine.Result actual = cpu.gradient(batch, candidates, loss);
      assertEquals(expected.loss(), actual.loss(), 1e-3);
      expected
          .gradients()
          .forEach((name, g) -> assertClose(g, actual.gradients().get(name), 2e-3, name));
      if (expected.features() != null) {
        assertClose(expected.features(), actual.features(), 2e-3, "features");
      }
      // ratios of 1, no divergence: the gradient of eq. 19
      PolicyLoss ones = new PolicyLoss(true, 0.2, 0.2, own, 0, null, 0);
      PolicyLoss plain = new PolicyLoss(false, 0, 0, own, 0, null, 0);
      ReplayEngine.Result ratios = cpu.gradient(batch, candidates, ones);
      cpu.gradient(batch, candidates, plain)
          .gradients()
          .forEach((name, g) -> assertClose(g, ratios.gradients().get(name), 1e-5, name));
    }
  }

  /** Widths that fill no vector, or one and a bit. */
  private static Architecture architecture(Reasoning reasoning, boolean trainFeatures, long seed) {
    int heads = seed % 2 == 0 ? 4 : 3;
    Settings settings = new Settings(heads * 6, heads, 2, 36, 3, 4, trainFeatures, reasoning, seed);
    return new Architecture(RandomRequests.SCHEMA, settings);
  }
}
