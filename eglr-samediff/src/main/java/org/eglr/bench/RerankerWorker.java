package org.eglr.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.Evaluator;
import org.eglr.Reranker;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.rerank.LearnedReranker;
import org.eglr.rerank.RerankerCatalog;
import org.eglr.rerank.RerankerInputs;
import org.eglr.rerank.RerankerKind;
import org.eglr.rerank.RerankerKind.Need;
import org.eglr.rerank.Trainable;
import org.eglr.rerank.TruthSearch;
import org.eglr.train.TrainingLog;

/**
 * Trains and runs one re-ranker of the catalogue; the benchmark starts one such process for each,
 * so that its memory is its own. Does one piece of work a line read from standard input and answers
 * with one line of JSON:
 *
 * <ul>
 *   <li>{@code kinds}: {@code {"names": [..]}}
 *   <li>{@code open NAME LISTS}: simulates so many lists and trains the evaluator that it needs.
 *       {@code {"learns": bool, "about": text}}
 *   <li>{@code train}: by its default options. {@code {"steps": n, "seconds": s, "last_steps": n,
 *       "last_seconds": s}} of all stages and of the last; a re-ranker that learns nothing, or not
 *       step by step, has 0 steps
 *   <li>{@code rerank REPEATS}: {@code {"lists": n, "ns": [..]}}, nanoseconds for so many lists
 * </ul>
 *
 * What goes wrong is answered with {@code {"error": message}}.
 */
public final class RerankerWorker {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MEASURED = 256;

  private RerankerKind kind;
  private Splits data;
  private ListSet measured;
  private Reranker reranker;

  /** Answers lines until there are no more. */
  public static void main(String[] args) throws IOException {
    java.io.PrintStream answers = System.out;
    System.setOut(System.err); // whatever a library prints must not get between the answers
    RerankerWorker worker = new RerankerWorker();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(worker.answer(line));
      answers.flush();
    }
    System.exit(0); // threads of libraries wait for work that will not come
  }

  /** The answer to one line, as one line. */
  String answer(String line) throws IOException {
    try {
      return MAPPER.writeValueAsString(work(line.strip().split("\\s+")));
    } catch (RuntimeException | OutOfMemoryError e) {
      e.printStackTrace();
      return MAPPER.writeValueAsString(Map.of("error", line + ": " + e.getMessage()));
    }
  }

  private Map<String, Object> work(String[] words) {
    return switch (words[0]) {
      case "kinds" ->
          Map.of("names", RerankerCatalog.all().stream().map(RerankerKind::name).toList());
      case "open" -> open(words[1], Integer.parseInt(words[2]));
      case "train" -> train();
      case "rerank" -> Map.of("lists", measured.size(), "ns", rerank(Integer.parseInt(words[1])));
      default -> throw new IllegalArgumentException("no such work");
    };
  }

  private Map<String, Object> open(String name, int lists) {
    kind = RerankerCatalog.named(name);
    data = Simulator.adLike().lists(lists).seed(1).log().split(0.8, 0.1, 0.1);
    measured = data.test().sample(MEASURED, 1);
    Optional<Evaluator> evaluator = Optional.empty();
    if (kind.needs(Need.EVALUATOR)) {
      Evaluator made = Evaluator.builder(data.schema()).members(1).seed(1).build();
      made.train(data, t -> t.epochs(1));
      evaluator = Optional.of(made);
    }
    reranker = kind.make(new RerankerInputs(data, evaluator, 1));
    return Map.of("learns", kind.learns(), "about", kind.about());
  }

  private Map<String, Object> train() {
    if (!(reranker instanceof Trainable learner)) {
      return Map.of("steps", 0, "seconds", 0.0, "last_steps", 0, "last_seconds", 0.0);
    }
    TrainingLog all = learner.train(data);
    List<TrainingLog> stages =
        learner instanceof LearnedReranker learned
            ? List.copyOf(learned.logs().values())
            : List.of(all);
    TrainingLog last = stages.get(stages.size() - 1);
    return Map.of(
        "steps", all.steps().size(),
        "seconds", all.seconds(),
        "last_steps", last.steps().size(),
        "last_seconds", last.seconds());
  }

  private long[] rerank(int repeats) {
    List<Request> requests =
        IntStream.range(0, measured.size()).mapToObj(measured::request).toList();
    long[] times = new long[repeats];
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      if (reranker instanceof TruthSearch search) {
        search.orders(measured);
      } else {
        reranker.rerank(requests);
      }
      times[i] = System.nanoTime() - start;
    }
    return times;
  }
}
