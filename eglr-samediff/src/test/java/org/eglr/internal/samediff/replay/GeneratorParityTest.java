package org.eglr.internal.samediff.replay;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.Decoding;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.Parity;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.evaluator.EvaluatorParityTest;
import org.eglr.reasoning.Reasoning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Decoding, log-probability and GRPO gradient (eq. 10-14, 19) against the PyTorch reference. */
class GeneratorParityTest {

  static Stream<Arguments> cases() {
    return StreamSupport.stream(Parity.ROOT.get("cases").spliterator(), false)
        .flatMap(
            c ->
                Stream.of(DataType.FLOAT, DataType.DOUBLE)
                    .flatMap(
                        type ->
                            Stream.of(false, true)
                                .map(
                                    train ->
                                        Arguments.of(c.get("name").asText(), c, type, train))));
  }

  @ParameterizedTest(name = "{0}, {2}, train features {3}")
  @MethodSource("cases")
  void replay(String name, JsonNode reference, DataType type, boolean trainFeatures) {
    Reasoning reasoning = Parity.reasoning(reference);
    Architecture architecture = Parity.architecture(reasoning, trainFeatures);
    Weights weights = Parity.load(architecture.generator(), Parity.ROOT.get("generator"));
    List<Request> requests = Parity.requests(reference, reference.get("length").asInt());
    int batch = requests.size();

    List<Trajectory> lists = new ArrayList<>();
    double[] coefficient = new double[batch];
    for (int b = 0; b < batch; b++) {
      int[] forced = Parity.ints(reference.get("forced").get(b));
      Trajectory list = decode(architecture, weights, requests.get(b), Chooser.forced(forced));
      assertArrayEquals(Parity.ints(reference.get("forcedSteps").get(b)), list.steps());
      assertClose(
          Parity.doubles(reference.get("forcedEntropyBefore").get(b)),
          list.entropyBefore(),
          1e-4,
          "entropy before (eq. 14)");
      assertClose(
          Parity.doubles(reference.get("forcedEntropyAfter").get(b)),
          list.entropyAfter(),
          1e-4,
          "entropy after (eq. 14)");
      lists.add(list);
      coefficient[b] = -reference.get("coefficient").get(b).asDouble() / batch;
    }
    assertClose(
        Parity.doubles(reference.get("forcedLogProbability")),
        lists.stream().mapToDouble(Trajectory::logProbability).toArray(),
        1e-4,
        "log-probability");

    boolean exact = type == DataType.DOUBLE;
    ReplayGraph graph = new ReplayGraph(architecture, weights, reasoning, type);
    int pool = reference.get("pool").asInt();
    int[] pools = requests.stream().mapToInt(Request::pool).toArray();
    ReplayBatch replayed = new ReplayBatch(pool, pools, 1, List.of(), lists, coefficient);
    float[] inputs = inputs(architecture, requests, pool, trainFeatures);
    // Without trainFeatures z enters the graph in float32.
    double tolerance = exact && trainFeatures ? 1e-9 : 1e-4;
    assertClose(
        Parity.doubles(reference.get("forcedLogProbability")),
        graph.logProbabilities(replayed, inputs),
        tolerance,
        "eq. 19, list");

    ReplayEngine.Result result = graph.gradient(replayed, inputs);
    assertClose(
        new double[] {reference.get("loss").asDouble()},
        new double[] {result.loss()},
        tolerance,
        "eq. 19, loss");
    assertEquals(
        weights.dense().stream().map(Tensor::name).collect(Collectors.toSet()),
        result.gradients().keySet());
    result
        .gradients()
        .forEach(
            (parameter, gradient) ->
                assertClose(
                    Parity.doubles(reference.get("gradients").get(parameter)),
                    gradient,
                    tolerance,
                    parameter));
    if (trainFeatures) {
      RowGradients rows = new RowGradients(weights);
      FeatureRows features = new FeatureRows(architecture);
      for (int b = 0; b < batch; b++) {
        int offset = b * pool * features.width();
        features.scatter(requests.get(b), requests.get(b).pool(), result.features(), offset, rows);
      }
      rows.tables()
          .forEach(
              (table, values) ->
                  assertClose(
                      Parity.doubles(reference.get("gradients").get(table)),
                      EvaluatorParityTest.full(values, weights.get(table)),
                      Math.max(tolerance, 1e-6),
                      table));
    }
  }

  static Stream<Arguments> greedy() {
    return StreamSupport.stream(Parity.ROOT.get("cases").spliterator(), false)
        .map(c -> Arguments.of(c.get("name").asText(), c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("greedy")
  void greedy_lists_and_probabilities_at_every_token(String name, JsonNode reference) {
    Reasoning reasoning = Parity.reasoning(reference);
    Architecture architecture = Parity.architecture(reasoning, true);
    Weights weights = Parity.load(architecture.generator(), Parity.ROOT.get("generator"));
    List<Request> requests = Parity.requests(reference, reference.get("length").asInt());
    int pool = reference.get("pool").asInt();
    for (int b = 0; b < requests.size(); b++) {
      JsonNode expected = reference.get("greedy").get(b);
      Request request = requests.get(b);
      Trajectory list = decode(architecture, weights, request, Chooser.GREEDY);
      assertArrayEquals(Parity.ints(expected.get("items")), list.order(), "items");
      assertArrayEquals(Parity.ints(expected.get("steps")), list.steps(), "reasoning steps");
      assertClose(
          Parity.doubles(expected.get("entropyBefore")), list.entropyBefore(), 1e-4, "before");
      assertClose(Parity.doubles(expected.get("entropyAfter")), list.entropyAfter(), 1e-4, "after");
      assertClose(
          new double[] {expected.get("logProbability").asDouble()},
          new double[] {list.logProbability()},
          1e-4,
          "log-probability");

      ReplayGraph graph = new ReplayGraph(architecture, weights, reasoning, DataType.DOUBLE);
      int[] pools = {request.pool()};
      graph.logProbabilities(
          new ReplayBatch(pool, pools, 1, List.of(), List.of(list), new double[1]),
          inputs(architecture, List.of(request), pool, true));
      assertProbabilities(expected.get("scores"), request.pool(), reasoning, list, graph);
    }
  }

  /** eq. 12, 13: at every token a softmax of the reference's scores over what is left. */
  private static void assertProbabilities(
      JsonNode scores, int pool, Reasoning reasoning, Trajectory list, ReplayGraph graph) {
    int t = 0;
    for (int k = 0; k < list.order().length; k++) {
      for (int m = 0; m <= list.steps()[k]; m++, t++) {
        double temperature =
            m < list.steps()[k]
                ? reasoning.reasoningTemperature()
                : reasoning.recommendingTemperature();
        double[] expected = new double[graph.probabilities(t).length];
        double sum = 0;
        for (int j = 0; j < expected.length; j++) {
          boolean left = j < pool;
          for (int i = 0; i < k; i++) {
            left &= list.order()[i] != j;
          }
          expected[j] = left ? Math.exp(scores.get(t).get(j).asDouble() / temperature) : 0;
          sum += expected[j];
        }
        for (int j = 0; j < expected.length; j++) {
          expected[j] /= sum;
        }
        assertClose(expected, graph.probabilities(t), 1e-9, "probabilities at token " + t);
      }
    }
  }

  private static Trajectory decode(
      Architecture architecture, Weights weights, Request request, Chooser chooser) {
    float[] z = features(architecture, weights).candidates(request);
    return Decoding.decode(architecture, weights, z, request.pool(), request.length(), chooser);
  }

  /** The generator's own extractor in the reference, whichever side owns it here. */
  private static FeatureMlp features(Architecture architecture, Weights weights) {
    if (architecture.settings().trainFeatures()) {
      return new FeatureMlp(architecture, weights);
    }
    return new FeatureMlp(
        architecture, Parity.load(architecture.evaluator(), generatorFeatures(architecture)));
  }

  /** The reference's generator features in the evaluator's place. */
  private static JsonNode generatorFeatures(Architecture architecture) {
    com.fasterxml.jackson.databind.node.ObjectNode state = Parity.ROOT.get("evaluator").deepCopy();
    Parity.ROOT
        .get("generator")
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().startsWith("features.")) {
                state.set(entry.getKey(), entry.getValue());
              }
            });
    return state;
  }

  private static float[] inputs(
      Architecture architecture, List<Request> requests, int pool, boolean trainFeatures) {
    Architecture own = architecture;
    Weights weights =
        trainFeatures
            ? Parity.load(own.generator(), Parity.ROOT.get("generator"))
            : Parity.load(own.evaluator(), generatorFeatures(own));
    FeatureRows rows = new FeatureRows(own);
    FeatureMlp mlp = new FeatureMlp(own, weights);
    int width = trainFeatures ? rows.width() : mlp.width();
    float[] all = new float[requests.size() * pool * width];
    for (int b = 0; b < requests.size(); b++) {
      int offset = b * pool * width;
      if (trainFeatures) {
        rows.fill(requests.get(b), requests.get(b).pool(), weights, all, offset);
      } else {
        float[] z = mlp.candidates(requests.get(b));
        System.arraycopy(z, 0, all, offset, z.length);
      }
    }
    return all;
  }
}
