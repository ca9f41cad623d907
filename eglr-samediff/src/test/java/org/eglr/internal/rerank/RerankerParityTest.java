package org.eglr.internal.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eglr.ListScore;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.internal.model.Parity;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.rerank.Cmr;
import org.eglr.rerank.Dlcm;
import org.eglr.rerank.EgRerank;
import org.eglr.rerank.LatentR3;
import org.eglr.rerank.Prm;
import org.eglr.rerank.ReaRec;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.Seq2Slate;
import org.eglr.rerank.SetRank;
import org.eglr.rerank.StreamRec;
import org.eglr.rerank.TrainingStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Every model's lists, scores and losses against src/test/python/reranker_scores.py, in double. */
class RerankerParityTest {

  private static final double TOLERANCE = 1e-9;
  private static final int POOL = 6; // the requests' pools are smaller: padding says nothing
  private static final int SLOTS = 4;

  private static final Schema SCHEMA =
      new Schema(
          List.of(),
          List.of(new Scaling("of the user", 0, 1)),
          List.of(),
          List.of(new Scaling("first", 0, 1), new Scaling("second", 0, 1)));

  /** With the settings of the script; its CMR has a dial to a field that nobody asks for here. */
  private static final Map<String, RerankerModel> MODELS =
      Map.ofEntries(
          Map.entry("dlcm", new Dlcm(3, 2)),
          Map.entry("prm", new Prm(4, 2, 2, 3)),
          Map.entry("setrank", new SetRank(4, 2, 2, 3, 0)),
          Map.entry("setrank-induced", new SetRank(4, 2, 2, 3, 2)),
          Map.entry("seq2slate", new Seq2Slate(3, Seq2Slate.Loss.CROSS_ENTROPY)),
          Map.entry("seq2slate-hinge", new Seq2Slate(3, Seq2Slate.Loss.HINGE)),
          Map.entry("eg-rerank", new EgRerank(3, 2, 0.1, 0.01, 0.1, EgRerank.Judge.SHARED)),
          Map.entry("eg-rerank-own", new EgRerank(3, 2, 0.1, 0.01, 0.1, EgRerank.Judge.OWN)),
          Map.entry("cmr", new Cmr(3, 2, 1, 0.3, "")),
          Map.entry("cmr-dial", new Cmr(3, 2, 1, 0.3, "category")),
          Map.entry("rearec", new ReaRec(4, 2, 2, 0.8, 1.5, 1, 0.5, 0)),
          Map.entry("stream-rec", new StreamRec(4, 2, 2, 3, 2)),
          Map.entry("latentr3", new LatentR3(4, 2, 2, 2, 0.5)));

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in =
        RerankerParityTest.class.getResourceAsStream("/org/eglr/rerankers.json")) {
      JsonNode all = new ObjectMapper().readTree(in);
      assertEquals(MODELS.size(), all.size());
      return StreamSupport.stream(all.spliterator(), false);
    }
  }

  private static ModelSpec spec(JsonNode reference) {
    return new ModelSpec(SCHEMA, MODELS.get(reference.get("model").asText()), 2, 3, null, 1);
  }

  /** The script and the model must ask for the same parameters. */
  private static Weights weights(ModelSpec spec, JsonNode reference) {
    Map<String, String> expected = new TreeMap<>();
    reference
        .get("weights")
        .properties()
        .forEach(entry -> expected.put(entry.getKey(), entry.getValue().get("shape").toString()));
    Map<String, String> found = new TreeMap<>();
    spec.parameters()
        .forEach(p -> found.put(p.name(), Arrays.toString(p.shape()).replace(" ", "")));
    assertEquals(expected, found);
    Weights weights = spec.firstWeights();
    for (Tensor tensor : weights.all()) {
      float[] values = Parity.floats(reference.get("weights").get(tensor.name()).get("values"));
      System.arraycopy(values, 0, tensor.data(), 0, tensor.data().length);
    }
    return weights;
  }

  private static Request request(JsonNode given) {
    int pool = given.get("x").size();
    float[] items = new float[2 * pool];
    for (int i = 0; i < pool; i++) {
      System.arraycopy(Parity.floats(given.get("x").get(i)), 0, items, 2 * i, 2);
    }
    float user = (float) given.get("x").get(0).get(2).asDouble();
    return new Request(
        SCHEMA,
        new int[0],
        new float[] {user},
        new int[0],
        items,
        pool,
        given.get("length").asInt(),
        IntStream.range(0, pool).mapToObj(String::valueOf).toArray(String[]::new));
  }

  private static Map<String, Double> dials(JsonNode reference) {
    JsonNode dial = reference.get("dial");
    return dial.isNull() ? Map.of() : Map.of(Cmr.DIAL, dial.asDouble());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makes_the_same_lists(JsonNode reference) {
    ModelSpec spec = spec(reference);
    Weights weights = weights(spec, reference);
    List<ListRow> lists = new ArrayList<>();
    reference
        .get("requests")
        .forEach(given -> lists.add(ListRow.served(request(given), dials(reference))));
    GraphShape shape = shape(spec, GraphShape.SERVING);
    try (BatchGraph graph = new BatchGraph(spec, shape, DataType.DOUBLE, false)) {
      graph.update(weights);
      new ListRows(graph, lists).fill(weights, false, 0);
      for (int l = 0; l < lists.size(); l++) {
        JsonNode made = reference.get("made").get(l);
        int pool = lists.get(l).request().pool();
        if (spec.scoring()) {
          double[] all = graph.forward(BatchGraph.SCORES).get(BatchGraph.SCORES);
          double[] scores = Arrays.copyOfRange(all, l * POOL, l * POOL + pool);
          assertArrayEquals(Parity.doubles(made.get("scores")), scores, TOLERANCE);
          continue;
        }
        Map<String, double[]> found = graph.forward(BatchGraph.ITEMS, BatchGraph.PROBABILITY);
        for (int k = 0; k < lists.get(l).length(); k++) {
          int row = k * shape.batch() + l;
          assertEquals(made.get("order").get(k).asInt(), (int) found.get(BatchGraph.ITEMS)[row]);
          double[] shares =
              Arrays.copyOfRange(found.get(BatchGraph.PROBABILITY), row * POOL, row * POOL + pool);
          assertArrayEquals(
              Parity.doubles(made.get("shares").get(k)), shares, TOLERANCE, "place " + k);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void has_the_same_losses(JsonNode reference) {
    ModelSpec spec = spec(reference);
    Weights weights = weights(spec, reference);
    for (int stage = 0; stage < reference.get("losses").size(); stage++) {
      TrainingStage trained = spec.stages().get(stage);
      boolean logged = trained.credit() == null;
      List<ListRow> lists = new ArrayList<>();
      for (JsonNode given : reference.get("requests")) {
        Request request = request(given);
        boolean[] clicked = new boolean[request.pool()];
        for (int i = 0; i < clicked.length; i++) {
          clicked[i] = given.get("clicks").get(i).asInt() == 1;
        }
        ListRow row =
            new ListRow(
                request,
                clicked,
                logged,
                0,
                5,
                dials(reference),
                spec.scoring() ? null : Parity.ints(given.get("order")),
                Parity.doubles(given.get("weights")),
                Parity.doubles(given.get("before")),
                Map.of());
        lists.add(trained.trainsEvaluator() ? row.ofShown() : row);
      }
      try (BatchGraph graph = new BatchGraph(spec, shape(spec, stage), DataType.DOUBLE, false)) {
        graph.update(weights);
        new ListRows(graph, lists).fill(weights, false, 1.0 / lists.size());
        double loss = graph.forward(BatchGraph.LOSS).get(BatchGraph.LOSS)[0];
        assertEquals(
            reference.get("losses").get(stage).asDouble(), loss, TOLERANCE, "stage " + stage);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void its_own_evaluator_expects_the_same_clicks(JsonNode reference) {
    ModelSpec spec = spec(reference);
    assertEquals(spec.ownEvaluator().isPresent(), !reference.get("judged").isEmpty());
    if (spec.ownEvaluator().isEmpty()) {
      return;
    }
    Weights weights = weights(spec, reference);
    List<Request> requests = new ArrayList<>();
    List<int[]> orders = new ArrayList<>();
    for (JsonNode given : reference.get("requests")) {
      requests.add(request(given));
      orders.add(Parity.ints(given.get("order")));
    }
    try (OwnJudge judge = new OwnJudge(spec, weights)) {
      List<ListScore> scores = judge.score(requests, orders);
      for (int l = 0; l < scores.size(); l++) {
        double[] expected = Parity.doubles(reference.get("judged").get(l));
        assertArrayEquals(
            expected, scores.get(l).clickProbabilities(), 1e-6, "in single precision");
        assertEquals(DoubleStream.of(expected).sum(), scores.get(l).value(), 1e-5);
      }
    }
  }

  /** A list more than there are: it repeats the first and counts nothing. */
  private static GraphShape shape(ModelSpec spec, int stage) {
    return new GraphShape(3, POOL, spec.scorer(stage) == null ? SLOTS : 0, stage);
  }
}
