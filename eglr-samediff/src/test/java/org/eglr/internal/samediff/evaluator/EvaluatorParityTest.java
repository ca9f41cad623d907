package org.eglr.internal.samediff.evaluator;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.eglr.internal.model.Numbers.doubles;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eglr.Engine;
import org.eglr.ListScore;
import org.eglr.data.Request;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.Parity;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.reasoning.ReasoningBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Features, evaluator and losses (eq. 6-9, 15-17) against the PyTorch reference. */
public class EvaluatorParityTest {

  private final JsonNode reference = Parity.ROOT.get("evaluatorCase");
  private final Architecture architecture =
      Parity.architecture(new ReasoningBuilder().build(), false);
  private final Weights weights =
      Parity.load(architecture.evaluator(), Parity.ROOT.get("evaluator"));
  private final List<Request> requests = Parity.requests(reference, 5);
  private final int batch = requests.size();

  /** Large calls are how a GPU is fed. */
  @AfterEach
  void callsAsUsual() {
    System.clearProperty(Calls.PROPERTY);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, small", "DOUBLE, small", "FLOAT, large", "DOUBLE, large"})
  void losses_and_gradients(DataType type, String calls) {
    System.setProperty(Calls.PROPERTY, calls);
    double tolerance = type == DataType.DOUBLE ? 1e-9 : 1e-4;
    EvaluatorGraph graph = new EvaluatorGraph(architecture, weights, true, type);
    EvaluatorEngine.Result result = graph.train(lists(), rows(), batch);

    assertClose(one("clickLoss"), new double[] {result.clickLoss()}, tolerance, "eq. 15");
    assertClose(one("valueLoss"), new double[] {result.valueLoss()}, tolerance, "eq. 16");
    JsonNode gradients = reference.get("gradients");
    assertEquals(
        weights.dense().stream().map(Tensor::name).collect(Collectors.toSet()),
        result.gradients().keySet());
    result
        .gradients()
        .forEach(
            (name, gradient) ->
                assertClose(Parity.doubles(gradients.get(name)), gradient, tolerance, name));
    // Feature rows leave the graph in float32 whatever its type.
    RowGradients rows = new RowGradients(weights);
    FeatureRows features = new FeatureRows(architecture);
    for (int b = 0; b < batch; b++) {
      features.scatter(requests.get(b), 5, result.features(), b * 5 * features.width(), rows);
    }
    rows.tables()
        .forEach(
            (name, table) ->
                assertClose(
                    Parity.doubles(gradients.get(name)),
                    full(table, weights.get(name)),
                    Math.max(tolerance, 1e-6),
                    name));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, small", "DOUBLE, small", "FLOAT, large", "DOUBLE, large"})
  void scores_of_given_candidates(DataType type, String calls) {
    System.setProperty(Calls.PROPERTY, calls);
    double tolerance = type == DataType.DOUBLE ? 1e-6 : 1e-4; // z is float32
    FeatureMlp mlp = new FeatureMlp(architecture, weights);
    float[] z = new float[batch * 5 * mlp.width()];
    for (int b = 0; b < batch; b++) {
      System.arraycopy(mlp.candidates(requests.get(b)), 0, z, b * 5 * mlp.width(), 5 * mlp.width());
    }
    assertClose(Parity.doubles(reference.get("z")), doubles(z), 1e-5, "z (eq. 9)");

    EvaluatorGraph graph = new EvaluatorGraph(architecture, weights, false, type);
    EvaluatorEngine.Scores scores = graph.score(lists(), z);
    assertClose(Parity.doubles(reference.get("click")), scores.click(), tolerance, "click");
    assertClose(Parity.doubles(reference.get("value")), scores.value(), tolerance, "value");
  }

  /** eq. 18: the DCG of click probabilities, and the odds of the listwise head (eq. 16). */
  @Test
  void rewards() {
    FeatureMlp mlp = new FeatureMlp(architecture, weights);
    List<EvaluatorScorer.Candidate> lists =
        requests.stream()
            .map(r -> new CandidateVectors(r, mlp::candidates))
            .map(c -> new EvaluatorScorer.Candidate(c, new int[] {0, 1, 2, 3, 4}))
            .toList();
    try (EvaluatorScorer scorer = new EvaluatorScorer(Engine.JAVA, architecture, weights)) {
      List<ListScore> scores = scorer.score(lists);
      double[] dcg = scores.stream().mapToDouble(ListScore::dcg).toArray();
      assertClose(Parity.doubles(reference.get("reward")), dcg, 1e-4, "eq. 18");
      double[] odds =
          Arrays.stream(Parity.doubles(reference.get("value"))).map(Math::exp).toArray();
      double[] values = scores.stream().mapToDouble(ListScore::value).toArray();
      assertClose(odds, values, 1e-4, "list value");
    }
  }

  private ListBatch lists() {
    double[] clicks = Parity.doubles(reference.get("clicks"));
    boolean[] clicked = new boolean[clicks.length];
    for (int i = 0; i < clicks.length; i++) {
      clicked[i] = clicks[i] > 0;
    }
    int[] lengths = new int[batch];
    Arrays.fill(lengths, 5);
    return new ListBatch(batch, 5, lengths, clicked, Parity.floats(reference.get("utility")));
  }

  private float[] rows() {
    FeatureRows features = new FeatureRows(architecture);
    float[] x = new float[batch * 5 * features.width()];
    for (int b = 0; b < batch; b++) {
      features.fill(requests.get(b), 5, weights, x, b * 5 * features.width());
    }
    return x;
  }

  private double[] one(String name) {
    return new double[] {reference.get(name).asDouble()};
  }

  public static double[] full(RowGradients.Table table, Tensor tensor) {
    double[] full = new double[tensor.data().length];
    for (int slot = 0; slot < table.used(); slot++) {
      for (int i = 0; i < table.width(); i++) {
        full[table.row(slot) * table.width() + i] = table.values()[slot * table.width() + i];
      }
    }
    return full;
  }
}
