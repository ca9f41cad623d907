package org.eglr.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eglr.internal.work.Workers;

/**
 * Does one piece of work a line read from standard input and answers with one line of JSON; the
 * benchmark runs it beside another worker and lets them take turns. Lines:
 *
 * <ul>
 *   <li>{@code open N K M REQUESTS}: makes a model and requests; leaves model.eglr and
 *       requests.json in the folder. Answers {@code {"workers": n, "groups": n, "groupSize": n}}:
 *       threads and the batch of a GRPO step. What follows works on them.
 *   <li>{@code choices COUNT}: {@code {"items": [[..]], "reasoning": [..]}} of the first requests
 *   <li>{@code rerank-one}, {@code rerank-many}, {@code api-one}, {@code decode-one}, {@code
 *       decode-one-uncached}, {@code grpo-step}, {@code evaluator-step}, each with a number of
 *       repeats: {@code {"ns": [..]}}, nanoseconds of each
 *   <li>{@code collect}: collects garbage; {@code {"heap": bytes}} in use
 * </ul>
 *
 * What goes wrong is answered with {@code {"error": message}}.
 */
public final class BenchWorker {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Scale scale;
  private final Path folder;
  private final PrintStream log;
  private Workload open;

  /**
   * @param folder for the files of the open workload
   * @param log gets the stack traces of what goes wrong
   */
  BenchWorker(Scale scale, Path folder, PrintStream log) {
    this.scale = scale;
    this.folder = folder;
    this.log = log;
  }

  /** Arguments: the scale ("full" or "small") and the folder for files. */
  public static void main(String[] args) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err); // whatever a library prints must not get between the answers
    if (args.length != 2) {
      System.err.println("usage: BenchWorker full|small FOLDER");
      System.exit(2);
    }
    BenchWorker worker = new BenchWorker(Scale.named(args[0]), Path.of(args[1]), System.err);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(worker.answer(line));
      answers.flush();
    }
    System.exit(0); // the training threads wait for turns that will not come
  }

  /** The answer to one line, as one line. */
  String answer(String line) throws IOException {
    try {
      return MAPPER.writeValueAsString(work(line.strip().split("\\s+")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return MAPPER.writeValueAsString(Map.of("error", "interrupted"));
    } catch (RuntimeException | IOException | OutOfMemoryError e) {
      e.printStackTrace(log);
      return MAPPER.writeValueAsString(Map.of("error", line + ": " + e.getMessage()));
    }
  }

  private Map<String, Object> work(String[] words) throws IOException, InterruptedException {
    switch (words[0]) {
      case "open" -> {
        return open(
            new Workload.Size(
                number(words, 1), number(words, 2), number(words, 3), number(words, 4)));
      }
      case "collect" -> {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return Map.of("heap", heap);
      }
      case "choices" -> {
        List<GreedyLists.Choice> choices = opened().choices(number(words, 1));
        return Map.of(
            "items", choices.stream().map(GreedyLists.Choice::items).toList(),
            "reasoning", choices.stream().map(GreedyLists.Choice::reasoning).toList());
      }
      default -> {
        return Map.of("ns", time(words[0], words));
      }
    }
  }

  private long[] time(String what, String[] words) throws InterruptedException {
    return switch (what) {
      case "rerank-one" -> opened().one(number(words, 1));
      case "rerank-many" -> opened().many(number(words, 1));
      case "api-one" -> opened().api(number(words, 1));
      case "decode-one" -> opened().decode(number(words, 1), true);
      case "decode-one-uncached" -> opened().decode(number(words, 1), false);
      case "grpo-step" -> opened().grpoSteps(number(words, 1));
      case "evaluator-step" -> opened().evaluatorSteps(number(words, 1));
      default -> throw new IllegalArgumentException("no such work");
    };
  }

  private Map<String, Object> open(Workload.Size size) throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
    open = new Workload(scale, size, folder);
    return Map.of(
        "workers", Workers.shared().size(),
        "groups", Math.min(scale.groups(), size.requests()),
        "groupSize", scale.groupSize());
  }

  private Workload opened() {
    if (open == null) {
      throw new IllegalStateException("nothing is open: open N K M REQUESTS comes first");
    }
    return open;
  }

  private static int number(String[] words, int index) {
    if (index >= words.length || !words[index].matches("\\d{1,9}")) {
      throw new IllegalArgumentException("word %d must be a number".formatted(index + 1));
    }
    return Integer.parseInt(words[index]);
  }
}
