package org.eglr.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.internal.ListWriter;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.Weights;
import org.eglr.internal.train.GrpoTrainer;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingStep;

/** A batch of random requests and a model with random weights: their content does not matter. */
final class BenchBatch implements AutoCloseable {

  private static final int LENGTH = 10;
  private static final int ITEMS = 4096;
  private static final int STEPS = 4;

  /** A reasoning token before every item, two at most: the work is the same for every weight. */
  private static final Reasoning REASONING =
      new Reasoning(2, -1, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.REPLACE, true);

  private final Engine engine;
  private final Architecture architecture;
  private final Weights evaluator;
  private final Weights generator;
  private final ListWriter writer;
  private final Size size;

  /** Model width, candidates of a request and lists of the batch. */
  record Size(int width, int pool, int lists) {}

  BenchBatch(Engine engine, Size size) {
    this.engine = engine;
    this.size = size;
    Settings settings =
        new Settings(size.width(), 4, 2, 4 * size.width(), 16, 16, false, REASONING, 1);
    architecture = new Architecture(schema(), settings);
    evaluator = architecture.evaluator();
    generator = architecture.generator();
    writer = new ListWriter(engine, architecture, evaluator, generator);
  }

  /** Nanoseconds to write a greedy list for every request, features included. */
  long generate() {
    ListSet lists = lists(size.lists());
    List<Request> requests = IntStream.range(0, lists.size()).mapToObj(lists::request).toList();
    long start = System.nanoTime();
    writer.best(requests);
    return System.nanoTime() - start;
  }

  /** Milliseconds of a GRPO step: the median of those after the first. */
  double grpoStep() {
    int requests = Math.max(1, size.lists() / GpuBenchmark.GROUP);
    GrpoTraining options =
        new GrpoTraining().steps(STEPS).batchSize(requests).groupSize(GpuBenchmark.GROUP);
    Weights trained = generator.copy();
    List<TrainingStep> steps =
        new GrpoTrainer(engine, architecture, evaluator, trained, options)
            .train(lists(requests))
            .steps();
    return IntStream.range(1, steps.size())
        .mapToDouble(s -> 1e3 * (steps.get(s).seconds() - steps.get(s - 1).seconds()))
        .sorted()
        .toArray()[(steps.size() - 1) / 2];
  }

  @Override
  public void close() {
    writer.close();
  }

  private ListSet lists(int count) {
    Schema schema = architecture.schema();
    String[] names = IntStream.range(0, ITEMS).mapToObj(String::valueOf).toArray(String[]::new);
    Entities users = Entities.of("users", new String[] {"0"}).categorical("user", names(1)).build();
    SplittableRandom random = new SplittableRandom(1);
    Entities items =
        Entities.of("items", names)
            .categorical("item", names)
            .dense("value", random.doubles(ITEMS, -1.7, 1.7).toArray())
            .build();
    ListLog.Builder log = ListLog.builder("benchmark", users, items);
    for (int list = 0; list < count; list++) {
      int first = random.nextInt(ITEMS);
      int[] pool = IntStream.range(first, first + size.pool()).map(i -> i % ITEMS).toArray();
      log.add(0, list, pool, new boolean[LENGTH]);
    }
    return log.build().encode(schema);
  }

  private static Schema schema() {
    return new Schema(
        List.of(new Vocabulary("user", List.of("0"))),
        List.of(),
        List.of(new Vocabulary("item", new ArrayList<>(List.of(names(ITEMS))))),
        List.of(new Scaling("value", 0, 1)));
  }

  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toArray(String[]::new);
  }
}
