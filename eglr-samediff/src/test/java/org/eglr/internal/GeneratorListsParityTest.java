package org.eglr.internal;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eglr.PairEffects;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.internal.cpu.CpuDecoder;
import org.eglr.internal.cpu.CpuReplay;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.DecisionWatcher;
import org.eglr.internal.model.DecodingEngine;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.Parity;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.internal.samediff.step.GraphDecoder;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The generator's lists (eq. 10-14, section 4.3), reasoning as new models do and in the other
 * readings, with and without pair scores, against src/test/python/generator_lists.py.
 */
class GeneratorListsParityTest {

  private static final JsonNode ROOT = read();
  private static final double FLOAT32 = 1e-4;
  private static final double FLOAT64 = 1e-9;
  private static final List<String> KINDS = List.of("greedy", "forced");

  private static JsonNode read() {
    try (InputStream in =
        GeneratorListsParityTest.class.getResourceAsStream("/org/eglr/generator.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Arguments> cases() {
    return StreamSupport.stream(ROOT.get("cases").spliterator(), false)
        .map(reference -> Arguments.of(reference.get("name").asText(), reference));
  }

  private static Reasoning reasoning(JsonNode reference) {
    return new Reasoning(
        reference.get("maxSteps").asInt(),
        reference.get("threshold").asDouble(),
        reference.get("tau0").asDouble(),
        reference.get("alpha").asDouble(),
        ReasoningToken.valueOf(reference.get("token").asText()),
        QueryUpdate.valueOf(reference.get("query").asText()),
        reference.get("dynamic").asBoolean());
  }

  private static Architecture architecture(JsonNode reference) {
    PairEffects effects = PairEffects.valueOf(reference.get("pairs").asText());
    return new Architecture(
        RandomRequests.SCHEMA,
        new Settings(
            8,
            2,
            1,
            reference.get("layers").asInt(),
            12,
            3,
            4,
            true,
            reasoning(reference),
            effects,
            effects != PairEffects.NONE,
            1,
            1));
  }

  /** Fewer channels are the first of all. */
  private static Weights weights(Architecture architecture) {
    Weights weights = architecture.generator();
    for (Tensor tensor : weights.all()) {
      float[] values = Parity.floats(ROOT.get("weights").get(tensor.name()).get("data"));
      System.arraycopy(values, 0, tensor.data(), 0, tensor.data().length);
    }
    return weights;
  }

  private static List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    for (JsonNode asked : ROOT.get("requests")) {
      int pool = asked.get("items").size();
      requests.add(
          new Request(
              RandomRequests.SCHEMA,
              Parity.ints(asked.get("user")),
              Parity.floats(asked.get("userValues")),
              Parity.ints(asked.get("items")),
              Parity.floats(asked.get("values")),
              pool,
              asked.get("length").asInt(),
              IntStream.range(0, pool).mapToObj(String::valueOf).toArray(String[]::new)));
    }
    return requests;
  }

  /** Keeps all entropies, and the log-probabilities of what was chosen. */
  private static final class Seen implements DecisionWatcher {
    final List<Double> entropies = new ArrayList<>();
    final List<Double> choices = new ArrayList<>();

    @Override
    public void entropy(int position, double nats) {
      entropies.add(nats);
    }

    @Override
    public void attention(float[] weights) {}

    @Override
    public void choice(int position, int item, float[] probability) {
      choices.add(Math.log(probability[item]));
    }
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double sum(JsonNode values) {
    return DoubleStream.of(Parity.doubles(values)).sum();
  }

  /** Each request's most probable list, then its forced one; watchers are put into {@code seen}. */
  private static List<ListTask> tasks(Architecture architecture, Weights weights, List<Seen> seen) {
    FeatureMlp features = new FeatureMlp(architecture, weights);
    List<ListTask> tasks = new ArrayList<>();
    List<Request> requests = requests();
    for (int r = 0; r < requests.size(); r++) {
      CandidateVectors of = new CandidateVectors(requests.get(r), features::candidates);
      int[] forced = Parity.ints(ROOT.get("requests").get(r).get("forced"));
      for (Chooser chooser : List.of(Chooser.GREEDY, Chooser.forced(forced))) {
        Seen watcher = new Seen();
        seen.add(watcher);
        tasks.add(ListTask.of(of, chooser, watcher));
      }
    }
    return tasks;
  }

  private static List<JsonNode> expected(JsonNode reference) {
    List<JsonNode> lists = new ArrayList<>();
    for (JsonNode request : reference.get("lists")) {
      KINDS.forEach(kind -> lists.add(request.get(kind)));
    }
    return lists;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void lists_entropies_and_probabilities(String name, JsonNode reference) {
    Architecture architecture = architecture(reference);
    Weights weights = weights(architecture);
    try (DecodingEngine cpu = new CpuDecoder(architecture, weights);
        DecodingEngine uncached = CpuDecoder.withoutCache(architecture, weights)) {
      assertWritten(reference, cpu, "plain Java");
      assertWritten(reference, uncached, "plain Java without cache");
    }
    if (graphs(architecture)) {
      Reasoning reasoning = architecture.settings().reasoning();
      try (DecodingEngine graph = new GraphDecoder(architecture, weights, reasoning, 64)) {
        assertWritten(reference, graph, "SameDiff");
      }
    }
  }

  /** Whether SameDiff computes it: it refuses controls and further layers. */
  private static boolean graphs(Architecture architecture) {
    Settings settings = architecture.settings();
    return settings.decoderLayers() == 1 && !settings.reasoning().token().isControl();
  }

  private static void assertWritten(JsonNode reference, DecodingEngine engine, String where) {
    Architecture architecture = architecture(reference);
    List<Seen> seen = new ArrayList<>();
    List<Trajectory> lists = engine.decode(tasks(architecture, weights(architecture), seen));
    for (int i = 0; i < lists.size(); i++) {
      assertSame(expected(reference).get(i), lists.get(i), seen.get(i), where + ", list " + i);
    }
  }

  private static void assertSame(JsonNode expected, Trajectory list, Seen seen, String where) {
    int[] order = Parity.ints(expected.get("order"));
    assertArrayEquals(order, list.order(), where + ": order");
    double[] before = new double[order.length];
    double[] after = new double[order.length];
    int[] steps = new int[order.length];
    for (int k = 0; k < order.length; k++) {
      double[] measured = Parity.doubles(expected.get("entropies").get(k));
      steps[k] = measured.length - 1;
      before[k] = measured[0];
      after[k] = measured[steps[k]];
    }
    assertArrayEquals(steps, list.steps(), where + ": reasoning tokens");
    assertClose(before, list.entropyBefore(), FLOAT32, where + ": entropy before (eq. 14)");
    assertClose(after, list.entropyAfter(), FLOAT32, where + ": entropy after (eq. 14)");
    assertClose(
        Parity.doubles(expected.get("entropies")),
        doubles(seen.entropies),
        FLOAT32,
        where + ": all entropies (eq. 14)");
    assertClose(
        Parity.doubles(expected.get("choices")),
        doubles(seen.choices),
        FLOAT32,
        where + ": choices (eq. 12)");
    double sum = sum(expected.get("choices"));
    assertEquals(sum, list.logProbability(), FLOAT32 * -sum, where + ": log-probability");
  }

  /** The same lists, once written, with reasoning tokens made anew and as they were recorded. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void replayed_lists(String name, JsonNode reference) {
    Architecture architecture = architecture(reference);
    Weights weights = weights(architecture);
    List<Trajectory> lists;
    try (DecodingEngine cpu = new CpuDecoder(architecture, weights)) {
      lists = cpu.decode(tasks(architecture, weights, new ArrayList<>()));
    }
    List<Request> requests = requests();
    int[] pools = requests.stream().mapToInt(Request::pool).toArray();
    int pool = IntStream.of(pools).max().orElseThrow();
    FeatureRows features = new FeatureRows(architecture);
    float[] x = new float[pools.length * pool * features.width()];
    for (int r = 0; r < pools.length; r++) {
      features.fill(requests.get(r), pools[r], weights, x, r * pool * features.width());
    }
    double[] coefficient = DoubleStream.iterate(1, c -> c + 0.5).limit(lists.size()).toArray();
    ReplayBatch batch = new ReplayBatch(pool, pools, KINDS.size(), requests, lists, coefficient);
    try (ReplayEngine cpu = new CpuReplay(architecture, weights)) {
      assertReplayed(reference, cpu, batch, x, FLOAT32, "plain Java");
    }
    if (graphs(architecture)) {
      Reasoning reasoning = architecture.settings().reasoning();
      try (ReplayEngine graph = new ReplayGraph(architecture, weights, reasoning, DataType.FLOAT);
          ReplayEngine wide = new ReplayGraph(architecture, weights, reasoning, DataType.DOUBLE)) {
        assertReplayed(reference, graph, batch, x, FLOAT32, "SameDiff");
        assertReplayed(reference, wide, batch, x, FLOAT64, "SameDiff in float64");
      }
    }
  }

  private static void assertReplayed(
      JsonNode reference,
      ReplayEngine engine,
      ReplayBatch batch,
      float[] x,
      double tolerance,
      String where) {
    double[][] choices = engine.choices(batch, x);
    List<JsonNode> expected = expected(reference);
    double loss = 0;
    for (int i = 0; i < choices.length; i++) {
      JsonNode logs = expected.get(i).get("choices");
      assertClose(Parity.doubles(logs), choices[i], tolerance, where + ", list " + i);
      loss += batch.coefficient()[i] * sum(logs);
    }
    double found = engine.gradient(batch, x, PolicyLoss.ON_POLICY).loss();
    assertEquals(loss, found, tolerance * -loss, where + ": loss (eq. 19)");
  }

  /** A change of what new models do by default must reach the first case. */
  @Test
  void the_first_case_is_what_new_models_do() {
    Reasoning expected = new ReasoningBuilder().build();
    assertEquals(expected, reasoning(ROOT.get("cases").get(0)));
  }

  /** The cases are worth something: with every number of tokens up to the budget, and pairs. */
  @Test
  void lists_reason_here_and_there() {
    for (JsonNode reference : ROOT.get("cases")) {
      boolean[] found = new boolean[reference.get("maxSteps").asInt() + 1];
      for (JsonNode list : expected(reference)) {
        list.get("entropies").forEach(measured -> found[measured.size() - 1] = true);
      }
      boolean none = reference.get("token").asText().equals("NONE");
      boolean always = reference.get("threshold").asDouble() < 0;
      String name = reference.get("name").asText();
      assertEquals(!always, found[0], name);
      assertEquals(!none, found[found.length - 1], name);
    }
  }
}
