package org.eglr.internal.samediff.step;

import static org.eglr.internal.model.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.Given;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.Parity;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The batched step graph (eq. 10-14) against the PyTorch reference. */
class GraphDecoderParityTest {

  static Stream<Arguments> cases() {
    return StreamSupport.stream(Parity.ROOT.get("cases").spliterator(), false)
        .map(c -> Arguments.of(c.get("name").asText(), c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void forced_and_greedy_lists(String name, JsonNode reference) {
    Architecture architecture = Parity.architecture(Parity.reasoning(reference), true);
    Weights weights = Parity.load(architecture.generator(), Parity.ROOT.get("generator"));
    FeatureMlp features = new FeatureMlp(architecture, weights);
    List<ListTask> tasks = new ArrayList<>();
    List<Request> requests = Parity.requests(reference, reference.get("length").asInt());
    for (int b = 0; b < requests.size(); b++) {
      Request request = requests.get(b);
      float[] z = features.candidates(request);
      int[] forced = Parity.ints(reference.get("forced").get(b));
      for (Chooser chooser : List.of(Chooser.forced(forced), Chooser.GREEDY)) {
        tasks.add(
            new ListTask(Given.candidates(z, request.pool()), request.length(), chooser, null));
      }
    }
    List<Trajectory> lists;
    try (GraphDecoder decoder =
        new GraphDecoder(architecture, weights, Parity.reasoning(reference), 64)) {
      lists = decoder.decode(tasks);
    }
    for (int b = 0; b < requests.size(); b++) {
      Trajectory forced = lists.get(2 * b);
      assertArrayEquals(Parity.ints(reference.get("forcedSteps").get(b)), forced.steps());
      close(reference.get("forcedEntropyBefore").get(b), forced.entropyBefore(), "before");
      close(reference.get("forcedEntropyAfter").get(b), forced.entropyAfter(), "after");
      close(reference.get("forcedLogProbability").get(b), forced, "log-probability");

      JsonNode expected = reference.get("greedy").get(b);
      Trajectory greedy = lists.get(2 * b + 1);
      assertArrayEquals(Parity.ints(expected.get("items")), greedy.order(), "items");
      assertArrayEquals(Parity.ints(expected.get("steps")), greedy.steps(), "reasoning steps");
      close(expected.get("entropyBefore"), greedy.entropyBefore(), "greedy before");
      close(expected.get("entropyAfter"), greedy.entropyAfter(), "greedy after");
      close(expected.get("logProbability"), greedy, "greedy log-probability");
    }
  }

  private static void close(JsonNode expected, Trajectory list, String what) {
    close(expected, new double[] {list.logProbability()}, what);
  }

  private static void close(JsonNode expected, double[] actual, String what) {
    assertClose(Parity.doubles(expected), actual, 1e-4, what);
  }
}
