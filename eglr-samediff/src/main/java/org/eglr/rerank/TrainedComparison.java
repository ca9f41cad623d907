package org.eglr.rerank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eglr.Evaluator;
import org.eglr.Progress;
import org.eglr.Reranker;
import org.eglr.Rerankers;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.internal.check.Setting;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import org.eglr.rerank.RerankerKind.Need;

/**
 * Trains re-rankers of the {@link RerankerCatalog} by several seeds and measures them on the same
 * lists:
 *
 * <pre>{@code
 * var result = TrainedComparison.of(data).evaluator(evaluator).seeds(1, 2, 3)
 *     .add("initial").add("ctr").add("lambdamart").add("eglr").run();
 * result.comparison().differences()
 * }</pre>
 *
 * <p>Each is trained by its default options. What is compared is the mean over seeds of each list's
 * values: its errors are those over users, of these runs; {@link Result#bySeed} shows how far seeds
 * lie apart.
 */
public final class TrainedComparison {

  /** What is left out of the seeds: it would be the same each time. */
  private record Entry(String name, RerankerKind kind, Reranker ready) {}

  private final Splits data;
  private final List<Entry> entries = new ArrayList<>();
  private Evaluator evaluator;
  private ListSet measured;
  private long[] seeds = {1};
  private Progress progress = (share, secondsLeft, what) -> {};

  private TrainedComparison(Splits data) {
    this.data = data;
    measured = data.test();
  }

  /**
   * What was found.
   *
   * @param comparison one report a re-ranker, in the order in which they were added
   * @param bySeed by name, one report a seed; one alone of what no seed decides
   */
  public record Result(Comparison comparison, Map<String, List<Report>> bySeed) {}

  /** A comparison on the test lists, with seed 1. */
  public static TrainedComparison of(Splits data) {
    return new TrainedComparison(data);
  }

  /** A trained evaluator, for those that need one; it judges the lists of all others, too. */
  public TrainedComparison evaluator(Evaluator value) {
    evaluator = value;
    return this;
  }

  /** The lists to measure on; not null, default the test lists. */
  public TrainedComparison on(ListSet lists) {
    Setting.require(lists != null, "on", null, "lists");
    measured = lists;
    return this;
  }

  /** Of the trainings; at least one, each once; default 1 alone. */
  public TrainedComparison seeds(long... values) {
    Setting.require(values.length > 0, "seeds", "none", "at least one");
    Setting.require(
        Arrays.stream(values).distinct().count() == values.length,
        "seeds",
        Arrays.toString(values),
        "each seed once");
    seeds = values.clone();
    return this;
  }

  /** Is told what is being trained; not null, default one that does nothing. */
  public TrainedComparison progress(Progress value) {
    Setting.require(value != null, "progress", null, "a Progress");
    progress = value;
    return this;
  }

  /**
   * Adds a kind of the catalogue.
   *
   * @throws IllegalArgumentException if there is no such kind, naming all, or it is there already
   */
  public TrainedComparison add(String kind) {
    return add(new Entry(kind, RerankerCatalog.named(kind), null));
  }

  /** Adds a re-ranker that is trained already, under a name. */
  public TrainedComparison add(String name, Reranker trained) {
    return add(new Entry(name, null, trained));
  }

  private TrainedComparison add(Entry entry) {
    if (entries.stream().anyMatch(other -> other.name().equals(entry.name()))) {
      throw new IllegalArgumentException("'%s' is named twice".formatted(entry.name()));
    }
    entries.add(entry);
    return this;
  }

  /**
   * Trains and measures; the first one added is the one that others are compared to.
   *
   * @throws IllegalArgumentException if none was added
   * @throws IllegalStateException if one needs an evaluator and there is none that is trained
   * @throws CancellationException if the thread was interrupted
   */
  public Result run() {
    Setting.require(!entries.isEmpty(), "add", "none", "at least one re-ranker");
    for (Entry entry : entries) {
      if (entry.kind() != null) {
        entry.kind().make(inputs(seeds[0])); // what cannot be made is refused before any training
      }
    }
    long start = System.nanoTime();
    Map<String, List<Report>> bySeed = new LinkedHashMap<>();
    List<Report> means = new ArrayList<>();
    for (int e = 0; e < entries.size(); e++) {
      List<Report> runs = new ArrayList<>();
      Entry entry = entries.get(e);
      int count = varies(entry) ? seeds.length : 1;
      for (int s = 0; s < count; s++) {
        double share = (e + (double) s / count) / entries.size();
        double seconds = (System.nanoTime() - start) / 1e9;
        double left = share == 0 ? Double.NaN : seconds / share * (1 - share);
        progress.at(share, left, entry.name() + (count == 1 ? "" : ", seed " + seeds[s]));
        runs.add(measure(entry, seeds[s]));
        if (Thread.interrupted()) {
          throw new CancellationException(
              "the comparison was stopped while it was at its re-rankers");
        }
      }
      bySeed.put(entry.name(), List.copyOf(runs));
      means.add(Report.mean(runs).named(entry.name()));
    }
    return new Result(new Comparison(means), bySeed);
  }

  private RerankerInputs inputs(long seed) {
    return new RerankerInputs(data, Optional.ofNullable(evaluator), seed);
  }

  /** Whether the seed decides anything. */
  private boolean varies(Entry entry) {
    return entry.kind() != null
        && (entry.kind().learns() || entry.kind().make(inputs(1)) instanceof RandomOrder);
  }

  private Report measure(Entry entry, long seed) {
    if (entry.kind() == null) {
      return entry.ready().evaluate(measured);
    }
    Reranker made = entry.kind().trained(inputs(seed));
    boolean judges = entry.kind().needs(Need.EVALUATOR) || entry.kind().needs(Need.TRUTH);
    return evaluator == null || !evaluator.trained() || judges && !(made instanceof Mmr)
        ? made.evaluate(measured)
        : Rerankers.judged(made, evaluator).evaluate(measured);
  }
}
