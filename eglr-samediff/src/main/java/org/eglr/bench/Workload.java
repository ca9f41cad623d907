package org.eglr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eglr.Eglr;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.train.TrainingListener;

/**
 * A model and its requests of one size, and every kind of work on them that is timed. Each training
 * has a copy of the weights, so that decoding always sees the first ones.
 */
final class Workload implements AutoCloseable {

  /** More than anyone asks for: the runs end when they are closed. */
  private static final int ENDLESS = 1_000_000;

  private final Path model;
  private final List<Request> requests;
  private final GreedyLists greedy;
  private final SteppedTraining grpo;
  private final SteppedTraining evaluator;
  private Eglr api;
  private GreedyLists uncached;
  private int next;

  /** Candidates, items, reasoning tokens before each item, and number of requests. */
  record Size(int pool, int length, int maxSteps, int requests) {}

  /**
   * Makes model and requests and leaves both in the folder for others.
   *
   * @param folder gets model.eglr and requests.json
   */
  Workload(Scale scale, Size size, Path folder) throws IOException {
    RandomLists lists = new RandomLists(scale, size.requests(), size.pool());
    ListSet asked = lists.shown(size.length());
    ListSet shown = lists.shown(size.pool());
    Files.createDirectories(folder);
    model = folder.resolve("model.eglr");
    GreedyLists.create(model, lists.schema(), scale.settings(lists.schema(), size.maxSteps()));
    Exchange.write(folder.resolve("requests.json"), shown);
    requests = IntStream.range(0, asked.size()).mapToObj(asked::request).toList();
    greedy = new GreedyLists(model, true);
    ListSet few = asked.range(0, Math.min(scale.groups(), asked.size()));
    grpo = new SteppedTraining("GRPO", grpo(few, scale.groupSize()));
    evaluator = new SteppedTraining("evaluator training", evaluator(shown));
  }

  private Consumer<TrainingListener> grpo(ListSet lists, int group) {
    return listener ->
        Eglr.load(model)
            .trainGenerator(
                lists,
                t ->
                    t.steps(ENDLESS)
                        .batchSize(lists.size())
                        .groupSize(group)
                        .learningRate(1e-4)
                        .listener(listener));
  }

  private Consumer<TrainingListener> evaluator(ListSet lists) {
    return listener ->
        Eglr.load(model)
            .trainEvaluator(
                lists,
                t ->
                    t.epochs(10_000).batchSize(lists.size()).learningRate(1e-3).listener(listener));
  }

  /** The greedy lists of the first requests, one by one. */
  List<GreedyLists.Choice> choices(int count) {
    return requests.stream().limit(count).map(this::rerank).toList();
  }

  /** Features and decoding of one request after another, each timed. */
  long[] one(int repeats) {
    return Stopwatch.each(repeats, i -> rerank(following()).reasoning());
  }

  /** Features and decoding of all requests. */
  long[] many(int repeats) {
    return Stopwatch.each(repeats, i -> greedy.rerank(requests).size());
  }

  /** What a caller of {@link Eglr#rerank(Request)} waits for: the list, its scores, its trace. */
  long[] api(int repeats) {
    if (api == null) {
      api = Eglr.load(model);
    }
    return Stopwatch.each(repeats, i -> api.rerank(following()).order()[0]);
  }

  /** Decoding one request from ready vectors. */
  long[] decode(int repeats, boolean cached) {
    if (!cached && uncached == null) {
      uncached = new GreedyLists(model, false);
    }
    GreedyLists used = cached ? greedy : uncached;
    List<CandidateVectors> known = requests.stream().map(greedy::candidates).toList();
    return Stopwatch.each(repeats, i -> used.decode(known.get(i % known.size())).reasoning());
  }

  long[] grpoSteps(int steps) throws InterruptedException {
    return grpo.time(steps);
  }

  long[] evaluatorSteps(int steps) throws InterruptedException {
    return evaluator.time(steps);
  }

  @Override
  public void close() {
    grpo.close();
    evaluator.close();
    greedy.close();
    if (uncached != null) {
      uncached.close();
    }
  }

  private GreedyLists.Choice rerank(Request request) {
    return greedy.rerank(List.of(request)).get(0);
  }

  private Request following() {
    next = (next + 1) % requests.size();
    return requests.get(next);
  }
}
