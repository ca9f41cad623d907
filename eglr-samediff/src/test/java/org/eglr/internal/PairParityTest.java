package org.eglr.internal;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.PairEffects;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.ListItems;
import org.eglr.internal.model.Parity;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Whole evaluators with pair effects against src/test/python/evaluator_logits.py. */
class PairParityTest {

  private static final JsonNode ROOT = read();

  private static JsonNode read() {
    try (InputStream in = PairParityTest.class.getResourceAsStream("/org/eglr/pairs.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fewer channels are the first of all. */
  private static Weights weights(Architecture architecture) {
    Weights weights = architecture.evaluator();
    for (Tensor tensor : weights.all()) {
      float[] values = Parity.floats(ROOT.get("weights").get(tensor.name()).get("data"));
      System.arraycopy(values, 0, tensor.data(), 0, tensor.data().length);
    }
    return weights;
  }

  /** The request, its pool in the order of the list. */
  private static Request request(JsonNode reference) {
    int[] order = Parity.ints(reference.get("order"));
    JsonNode asked = reference.get("request");
    int[] ids = new int[2 * order.length];
    float[] values = new float[2 * order.length];
    for (int k = 0; k < order.length; k++) {
      System.arraycopy(Parity.ints(asked.get("items").get(order[k])), 0, ids, 2 * k, 2);
      System.arraycopy(Parity.floats(asked.get("values").get(order[k])), 0, values, 2 * k, 2);
    }
    return new Request(
        RandomRequests.SCHEMA,
        Parity.ints(asked.get("user")),
        Parity.floats(asked.get("userValues")),
        ids,
        values,
        order.length,
        order.length,
        IntStream.range(0, order.length).mapToObj(String::valueOf).toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(PairEffects.class)
  void click_logits_in_float32(PairEffects effects) {
    Architecture architecture = RandomRequests.architecture(effects, 2, 1);
    Weights weights = weights(architecture);
    for (Engine engine : Engine.values()) {
      try (EvaluatorScorer scorer = new EvaluatorScorer(engine, architecture, weights)) {
        for (JsonNode reference : ROOT.get("cases")) {
          Request request = request(reference);
          int[] order = IntStream.range(0, request.pool()).toArray();
          double[] p =
              scorer.score(List.of(request), List.of(order)).get(0).clickProbabilities();
          double[] logits = Arrays.stream(p).map(x -> Math.log(x / (1 - x))).toArray();
          double[] expected = Parity.doubles(reference.get("logits").get(effects.name()));
          assertClose(expected, logits, 1e-4, engine + ", list of " + p.length);
        }
      }
    }
  }

  /** A loss (eq. 15) without a click minus one with a click at k alone is the logit at k by K. */
  @ParameterizedTest
  @EnumSource(PairEffects.class)
  void click_logits_in_float64(PairEffects effects) {
    Architecture architecture = RandomRequests.architecture(effects, 2, 1);
    Weights weights = weights(architecture);
    FeatureRows features = new FeatureRows(architecture);
    EvaluatorGraph graph = new EvaluatorGraph(architecture, weights, true, DataType.DOUBLE);
    for (JsonNode reference : ROOT.get("cases")) {
      Request request = request(reference);
      int n = request.pool();
      float[] x = new float[n * features.width()];
      features.fill(request, n, weights, x, 0);
      double none = loss(graph, request, x, new boolean[n]);
      double[] logits = new double[n];
      for (int k = 0; k < n; k++) {
        boolean[] clicked = new boolean[n];
        clicked[k] = true;
        logits[k] = n * (none - loss(graph, request, x, clicked));
      }
      double[] expected = Parity.doubles(reference.get("logits").get(effects.name()));
      assertArrayEquals(expected, logits, 1e-9, effects + ", list of " + n);
    }
  }

  private static double loss(EvaluatorGraph graph, Request request, float[] x, boolean[] clicked) {
    ListBatch list =
        new ListBatch(
            1,
            clicked.length,
            new int[] {clicked.length},
            clicked,
            new float[] {1},
            ListItems.shown(List.of(request)));
    return graph.train(list, x, 1).clickLoss();
  }
}
