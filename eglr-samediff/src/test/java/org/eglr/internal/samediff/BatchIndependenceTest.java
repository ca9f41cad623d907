package org.eglr.internal.samediff;

import static org.eglr.internal.model.Numbers.assertClose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.Decoding;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Padding and batch mates change nothing: a batch's numbers are those of its lists alone. */
class BatchIndependenceTest {

  private static final Reasoning REASONING =
      new Reasoning(2, 0.9, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, true);

  @Test
  void replay_of_lists_and_pools_of_different_sizes() {
    for (long seed = 0; seed < 6; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Architecture architecture = RandomRequests.architecture(REASONING, false, seed);
      Weights evaluator = RandomRequests.spread(architecture.evaluator(), 3);
      Weights weights = architecture.generator();
      FeatureMlp mlp = new FeatureMlp(architecture, evaluator);
      int count = 4;
      int[] pools = new int[count];
      float[][] z = new float[count][];
      List<Trajectory> lists = new ArrayList<>();
      double[] coefficient = random.doubles(count).map(c -> c - 0.5).toArray();
      for (int r = 0; r < count; r++) {
        pools[r] = 3 + random.nextInt(6);
        int length = 2 + random.nextInt(pools[r] - 1);
        Request request = RandomRequests.request(random, pools[r], Math.min(length, pools[r]));
        z[r] = mlp.candidates(request);
        Chooser chooser = Chooser.sampling(CounterRandom.stream(seed, r));
        lists.add(
            Decoding.decode(architecture, weights, z[r], pools[r], request.length(), chooser));
      }
      // one graph for all: used before with other shapes, it must give the same
      ReplayGraph graph = new ReplayGraph(architecture, weights, REASONING, DataType.DOUBLE);
      Map<String, double[]> together = gradient(graph, pools, z, lists, coefficient);
      Map<String, double[]> sum = new HashMap<>();
      for (int r = 0; r < count; r++) {
        gradient(
                graph,
                new int[] {pools[r]},
                new float[][] {z[r]},
                List.of(lists.get(r)),
                new double[] {coefficient[r]})
            .forEach(
                (name, gradient) -> {
                  double[] total = sum.computeIfAbsent(name, n -> new double[gradient.length]);
                  for (int i = 0; i < total.length; i++) {
                    total[i] += gradient[i];
                  }
                });
      }
      String where = "seed " + seed + ": ";
      sum.forEach((name, g) -> assertClose(g, together.get(name), 1e-9, where + name));
      gradient(graph, pools, z, lists, coefficient)
          .forEach((name, g) -> assertClose(together.get(name), g, 1e-12, where + name));
    }
  }

  private static Map<String, double[]> gradient(
      ReplayGraph graph, int[] pools, float[][] z, List<Trajectory> lists, double[] coefficient) {
    int pool = IntStream.of(pools).max().orElseThrow();
    int block = pool * 8; // the models of RandomRequests are 8 wide
    float[] padded = new float[pools.length * block];
    java.util.Arrays.fill(padded, 7); // padding must not be looked at
    for (int r = 0; r < pools.length; r++) {
      System.arraycopy(z[r], 0, padded, r * block, z[r].length);
    }
    ReplayBatch batch = new ReplayBatch(pool, pools, 1, List.of(), lists, coefficient);
    return graph.gradient(batch, padded).gradients();
  }

  @Test
  void evaluator_scores_of_lists_of_different_lengths() {
    SplittableRandom random = new SplittableRandom(3);
    Architecture architecture = RandomRequests.architecture(REASONING, false, 3);
    EvaluatorGraph graph =
        new EvaluatorGraph(architecture, architecture.evaluator(), false, DataType.DOUBLE);
    int d = architecture.settings().width();
    int[] lengths = {3, 6, 1, 4};
    float[] z = new float[4 * 6 * d];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextGaussian();
    }
    EvaluatorEngine.Scores together = graph.score(ListBatch.unlabelled(lengths), z);
    for (int b = 0; b < lengths.length; b++) {
      float[] own = java.util.Arrays.copyOfRange(z, b * 6 * d, b * 6 * d + lengths[b] * d);
      EvaluatorEngine.Scores alone = graph.score(ListBatch.unlabelled(new int[] {lengths[b]}), own);
      double[] part = java.util.Arrays.copyOfRange(together.click(), b * 6, b * 6 + lengths[b]);
      assertClose(alone.click(), part, 1e-12, "click logits of list " + b);
      assertClose(alone.value(), new double[] {together.value()[b]}, 1e-12, "value of list " + b);
    }
  }

  /** No reward stands out: nothing is to be learned, and nothing becomes NaN. */
  @Test
  void zero_advantages_give_a_zero_gradient() {
    Architecture architecture = RandomRequests.architecture(REASONING, false, 1);
    Weights weights = architecture.generator();
    SplittableRandom random = new SplittableRandom(1);
    Request request = RandomRequests.request(random, 5, 5);
    float[] z = new FeatureMlp(architecture, architecture.evaluator()).candidates(request);
    Trajectory list = Decoding.decode(architecture, weights, z, 5, 5, Chooser.GREEDY);
    ReplayGraph graph = new ReplayGraph(architecture, weights, REASONING, DataType.DOUBLE);
    gradient(graph, new int[] {5}, new float[][] {z}, List.of(list), new double[1])
        .forEach((name, g) -> assertClose(new double[g.length], g, 0, name));
  }
}
