package org.eglr.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eglr.Eglr;
import org.eglr.data.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker answers every line, and times what it says it does. */
class BenchWorkerTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int POOL = 6;
  private static final int LENGTH = 4;
  private static final int STEPS = 2;
  private static final int REQUESTS = 5;

  @TempDir Path folder;
  private BenchWorker worker;

  @BeforeEach
  void start() {
    worker = new BenchWorker(Scale.SMALL, folder, new PrintStream(OutputStream.nullOutputStream()));
  }

  private JsonNode ask(String line) throws IOException {
    String answer = worker.answer(line);
    assertEquals(1, answer.lines().count());
    return MAPPER.readTree(answer);
  }

  private JsonNode open() throws IOException {
    return ask("open %d %d %d %d".formatted(POOL, LENGTH, STEPS, REQUESTS));
  }

  @Test
  void everyWorkAnswersWithAsManyTimesAsAsked() throws IOException {
    assertTrue(open().get("workers").asInt() >= 1);
    for (String what :
        List.of(
            "rerank-one", "rerank-many", "api-one", "decode-one", "grpo-step", "evaluator-step")) {
      for (int repeats : new int[] {1, 3}) {
        JsonNode times = ask(what + " " + repeats).get("ns");
        assertEquals(repeats, times.size(), what);
        times.forEach(ns -> assertTrue(ns.asLong() > 0, what));
      }
    }
    assertTrue(ask("collect").get("heap").asLong() > 0);
  }

  @Test
  void decodingGoesWithoutTheCacheToo() throws IOException {
    open();
    assertEquals(2, ask("decode-one-uncached 2").get("ns").size());
  }

  @Test
  void choicesAreWholeListsWithTheFullBudgetAtEverySlot() throws IOException {
    open();
    JsonNode answer = ask("choices 3");
    assertEquals(3, answer.get("items").size());
    for (JsonNode items : answer.get("items")) {
      assertEquals(
          LENGTH, Arrays.stream(MAPPER.convertValue(items, int[].class)).distinct().count());
    }
    answer.get("reasoning").forEach(n -> assertEquals(LENGTH * STEPS, n.asInt()));
  }

  /** The files alone give the same lists: what another implementation reads is what was timed. */
  @Test
  void modelAndRequestsAreLeftForOthers() throws IOException {
    open();
    Eglr model = Eglr.load(folder.resolve("model.eglr"));
    JsonNode requests = MAPPER.readTree(folder.resolve("requests.json").toFile());
    JsonNode items = ask("choices " + REQUESTS).get("items");
    for (int b = 0; b < REQUESTS; b++) {
      Request request =
          new Request(
              model.schema(),
              MAPPER.convertValue(requests.get("user").get(b), int[].class),
              new float[0],
              flat(requests.get("item").get(b), 3),
              floats(requests.get("dense").get(b)),
              POOL,
              LENGTH,
              new String[POOL]);
      int[] expected = model.rerank(request).order();
      assertArrayEquals(expected, MAPPER.convertValue(items.get(b), int[].class), "list " + b);
      assertEquals(POOL, requests.get("clicked").get(b).size());
    }
  }

  @Test
  void trainingLeavesTheDecodersWeightsAlone() throws IOException {
    open();
    JsonNode before = ask("choices " + REQUESTS);
    ask("grpo-step 2");
    ask("evaluator-step 2");
    assertEquals(before, ask("choices " + REQUESTS));
  }

  @Test
  void anotherSizeCanBeOpened() throws IOException {
    open();
    ask("grpo-step 1");
    ask("open 8 3 0 2");
    JsonNode answer = ask("choices 2");
    assertEquals(3, answer.get("items").get(0).size());
    assertEquals(0, answer.get("reasoning").get(0).asInt());
  }

  @Test
  void errorsAreAnswers() throws IOException {
    assertTrue(ask("rerank-one 1").get("error").asText().contains("nothing is open"));
    assertTrue(ask("open 6 x 2 5").get("error").asText().contains("open 6 x 2 5: word 3"));
    open();
    assertTrue(ask("rerank-one").get("error").asText().contains("word 2 must be a number"));
    assertTrue(ask("dance 1").get("error").asText().contains("dance 1: no such work"));
    assertTrue(ask("open 3 4 0 2").has("error")); // longer than the pool
  }

  private static int[] flat(JsonNode rows, int width) {
    int[] values = new int[rows.size() * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(i / width).get(i % width).asInt();
    }
    return values;
  }

  private static float[] floats(JsonNode rows) {
    float[] values = new float[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows.get(i).get(0).asDouble();
    }
    return values;
  }
}
