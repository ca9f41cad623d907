package org.eglr.gpu;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.Settings;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/** What the benchmark computes with: the model's sizes, random requests. */
final class BenchWorkload {

  /** Lists sampled per request of a GRPO step. */
  static final int GROUP = 8;

  static final int LENGTH = 10;
  private static final int ITEMS = 4096;
  private static final int HEADS = 4;
  private static final int EVALUATOR_LAYERS = 2;
  private static final int FEED_FORWARD = 4; // times the width
  private static final int POSITION = 16;
  private static final int EMBEDDING = 16;

  private static final int ALWAYS = -1; // entropy is above it

  /** Two reasoning tokens before every item: the work is the same for every weight. */
  private static final Reasoning REASONING =
      new Reasoning(2, ALWAYS, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.REPLACE, true);

  private BenchWorkload() {}

  /** By name, for a program that is to do the same work. */
  static Map<String, Number> sizes() {
    return Map.ofEntries(
        entry("group", GROUP),
        entry("length", LENGTH),
        entry("items", ITEMS),
        entry("heads", HEADS),
        entry("evaluatorLayers", EVALUATOR_LAYERS),
        entry("feedForward", FEED_FORWARD),
        entry("position", POSITION),
        entry("embedding", EMBEDDING),
        entry("reasoningTokens", REASONING.maxSteps()),
        entry("entropyThreshold", ALWAYS),
        entry("baseTemperature", REASONING.baseTemperature()),
        entry("exploration", REASONING.exploration()));
  }

  /** The generator shares the evaluator's features, frozen. */
  static Settings settings(int width) {
    return new Settings(
        width,
        HEADS,
        EVALUATOR_LAYERS,
        FEED_FORWARD * width,
        EMBEDDING,
        POSITION,
        false,
        REASONING,
        1);
  }

  /** A user field of one value, an item field of as many as there are items, a dense item value. */
  static Schema schema() {
    return new Schema(
        List.of(new Vocabulary("user", List.of("0"))),
        List.of(),
        List.of(new Vocabulary("item", List.of(names()))),
        List.of(new Scaling("value", 0, 1)));
  }

  /** Requests with neighbouring items from a random one on. */
  static ListSet lists(int count, int pool) {
    Entities users =
        Entities.of("users", new String[] {"0"}).categorical("user", new String[] {"0"}).build();
    SplittableRandom random = new SplittableRandom(1);
    Entities items =
        Entities.of("items", names())
            .categorical("item", names())
            .dense("value", random.doubles(ITEMS, -1.7, 1.7).toArray())
            .build();
    ListLog.Builder log = ListLog.builder("benchmark", users, items);
    for (int list = 0; list < count; list++) {
      int first = random.nextInt(ITEMS);
      int[] candidates = IntStream.range(first, first + pool).map(i -> i % ITEMS).toArray();
      log.add(0, list, candidates, new boolean[LENGTH]);
    }
    return log.build().encode(schema());
  }

  private static String[] names() {
    return IntStream.range(0, ITEMS).mapToObj(String::valueOf).toArray(String[]::new);
  }
}
