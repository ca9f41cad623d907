package org.eglr.internal.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.eglr.PairEffects;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
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
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.internal.samediff.evaluator.EvaluatorParityTest;
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Gradients of both losses in double against central differences, embedding rows included. */
class FiniteDifferenceTest {

  private static final float STEP = 0x1p-16f;
  private static final double TOLERANCE = 2e-4;
  private static final int ENTRIES = 2;

  /** Large calls are how a GPU is fed. */
  @AfterEach
  void callsAsUsual() {
    System.clearProperty(Calls.PROPERTY);
  }

  @ParameterizedTest
  @CsvSource({
    "1, small, NONE",
    "2, large, NONE",
    "3, small, MATCH",
    "4, large, FACTORS",
    "5, small, DIFFERENCES",
    "6, small, ALL",
    "7, large, ALL"
  })
  void evaluator_loss_of_lists_of_different_lengths(long seed, String calls, PairEffects effects) {
    System.setProperty(Calls.PROPERTY, calls);
    SplittableRandom random = new SplittableRandom(seed);
    Architecture architecture = RandomRequests.architecture(effects, 2, seed);
    Weights weights =
        RandomRequests.withPairs(RandomRequests.spread(architecture.evaluator(), 2), random);
    FeatureRows features = new FeatureRows(architecture);
    EvaluatorGraph graph = new EvaluatorGraph(architecture, weights, true, DataType.DOUBLE);
    int[] lengths = {4, 2, 5};
    List<Request> requests = RandomRequests.requests(random, 3, 5, 5);
    boolean[] clicked = new boolean[15];
    for (int i = 0; i < clicked.length; i++) {
      clicked[i] = random.nextBoolean();
    }
    ListBatch lists =
        new ListBatch(3, 5, lengths, clicked, new float[] {0, 2.5f, 1}, ListItems.shown(requests));
    int block = 5 * features.width();

    EvaluatorEngine.Result[] last = new EvaluatorEngine.Result[1];
    DoubleSupplier loss =
        () -> {
          float[] x = new float[3 * block];
          for (int b = 0; b < 3; b++) {
            features.fill(requests.get(b), lengths[b], weights, x, b * block);
          }
          graph.update(weights);
          last[0] = graph.train(lists, x, 3);
          return last[0].clickLoss() + last[0].valueLoss();
        };
    loss.getAsDouble();
    RowGradients rows = new RowGradients(weights);
    for (int b = 0; b < 3; b++) {
      features.scatter(requests.get(b), lengths[b], last[0].features(), b * block, rows);
    }
    check(weights, last[0].gradients(), rows, loss, random);
  }

  @ParameterizedTest
  @CsvSource({
    "1, CONTEXT_AWARE, REPLACE, 2, -1",
    "2, CONTEXT_AWARE, RESIDUAL, 3, -1",
    "3, CONTEXT_AWARE, RESIDUAL, 2, 0.9",
    "4, PLAIN, REPLACE, 2, -1",
    "5, PLAIN, RESIDUAL, 2, 0.9",
    "6, NONE, REPLACE, 2, -1",
    "7, CONTEXT_AWARE, GATED, 3, 0.9",
    "8, PLAIN, GATED, 2, -1"
  })
  void grpo_loss_through_chains_of_reasoning_tokens(
      long seed, ReasoningToken token, QueryUpdate query, int steps, double threshold) {
    SplittableRandom random = new SplittableRandom(seed);
    Reasoning reasoning = new Reasoning(steps, threshold, 0.8, 1.5, token, query, true);
    Architecture architecture = RandomRequests.architecture(reasoning, true, seed);
    Weights weights = RandomRequests.spread(architecture.generator(), 3);
    RandomLists.gain(weights, random);
    List<Request> requests = new ArrayList<>();
    List<Trajectory> lists = new ArrayList<>();
    double[] coefficient = new double[4];
    for (int r = 0; r < 2; r++) {
      Request request = RandomRequests.request(random, 4 + 2 * r, 4);
      requests.add(request);
      float[] z = new FeatureMlp(architecture, weights).candidates(request);
      for (int g = 0; g < 2; g++) {
        coefficient[2 * r + g] = random.nextGaussian();
        Chooser chooser = Chooser.sampling(CounterRandom.stream(seed, r, g));
        lists.add(Decoding.decode(architecture, weights, z, request.pool(), 4, chooser));
      }
    }
    int chains = lists.stream().mapToInt(Trajectory::reasoning).sum();
    assertEquals(token != ReasoningToken.NONE, chains > 0, "reasoning tokens: " + chains);
    FeatureRows features = new FeatureRows(architecture);
    int block = 6 * features.width();
    int[] pools = {4, 6};
    ReplayGraph graph = new ReplayGraph(architecture, weights, reasoning, DataType.DOUBLE);
    ReplayBatch batch = new ReplayBatch(6, pools, 2, List.of(), lists, coefficient);
    float[][] last = new float[1][];

    DoubleSupplier loss =
        () -> {
          float[] x = new float[2 * block];
          for (int r = 0; r < 2; r++) {
            features.fill(requests.get(r), pools[r], weights, x, r * block);
          }
          graph.update(weights);
          last[0] = x;
          double[] logProbability = graph.logProbabilities(batch, x);
          return IntStream.range(0, 4).mapToDouble(b -> coefficient[b] * logProbability[b]).sum();
        };
    loss.getAsDouble();
    ReplayEngine.Result result = graph.gradient(batch, last[0]);
    RowGradients rows = new RowGradients(weights);
    for (int r = 0; r < 2; r++) {
      features.scatter(requests.get(r), pools[r], result.features(), r * block, rows);
    }
    check(weights, result.gradients(), rows, loss, random);

    // and the loss with ratios, some clipped, divergence and entropy bonus
    ReplayGraph other = new ReplayGraph(architecture, weights, reasoning, DataType.DOUBLE, true);
    double[][] before = moved(other.choices(batch, last[0]), random, 0.3);
    double[][] reference = moved(before, random, 0.3);
    PolicyLoss policy = new PolicyLoss(true, 0.2, 0.28, before, 0.7, reference, 0.4);
    DoubleSupplier of =
        () -> {
          float[] x = new float[2 * block];
          for (int r = 0; r < 2; r++) {
            features.fill(requests.get(r), pools[r], weights, x, r * block);
          }
          other.update(weights);
          last[0] = x;
          return other.gradient(batch, x, policy).loss();
        };
    of.getAsDouble();
    result = other.gradient(batch, last[0], policy);
    int clipped = 0;
    for (int b = 0; b < 4; b++) {
      for (int k = 0; k < 4; k++) {
        clipped += policy.clips(coefficient[b], b, k, result.choices()[b][k]) ? 1 : 0;
      }
    }
    assertTrue(clipped > 0 && clipped < 16, clipped + " of 16 choices are clipped");
    rows.clear();
    for (int r = 0; r < 2; r++) {
      features.scatter(requests.get(r), pools[r], result.features(), r * block, rows);
    }
    check(weights, result.gradients(), rows, of, random);
  }

  private static double[][] moved(double[][] logs, SplittableRandom random, double by) {
    return Arrays.stream(logs)
        .map(list -> Arrays.stream(list).map(log -> log + by * random.nextGaussian()).toArray())
        .toArray(double[][]::new);
  }

  /** Moves random entries of every parameter, the largest of its gradient among them. */
  private static void check(
      Weights weights,
      Map<String, double[]> dense,
      RowGradients rows,
      DoubleSupplier loss,
      SplittableRandom random) {
    for (Tensor tensor : weights.all()) {
      double[] gradient =
          tensor.table()
              ? EvaluatorParityTest.full(rows.tables().get(tensor.name()), tensor)
              : dense.get(tensor.name());
      double scale = 1e-3;
      int largest = 0;
      for (int i = 0; i < gradient.length; i++) {
        if (Math.abs(gradient[i]) > scale) {
          scale = Math.abs(gradient[i]);
          largest = i;
        }
      }
      for (int entry = 0; entry < Math.min(ENTRIES, gradient.length); entry++) {
        int i = entry == 0 ? largest : random.nextInt(gradient.length);
        float value = tensor.data()[i];
        tensor.data()[i] = value + STEP;
        double up = loss.getAsDouble();
        double width = tensor.data()[i];
        tensor.data()[i] = value - STEP;
        double down = loss.getAsDouble();
        width -= tensor.data()[i];
        tensor.data()[i] = value;
        double slope = (up - down) / width;
        assertTrue(
            Math.abs(slope - gradient[i]) <= TOLERANCE * scale,
            "%s[%d]: gradient %s, finite difference %s"
                .formatted(tensor.name(), i, gradient[i], slope));
      }
    }
  }
}
