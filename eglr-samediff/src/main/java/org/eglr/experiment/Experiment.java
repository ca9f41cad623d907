package org.eglr.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eglr.Evaluator;
import org.eglr.Progress;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.internal.check.Setting;
import org.eglr.internal.learn.Fingerprint;

/**
 * Trains and measures a model for every combination of settings and every seed:
 *
 * <pre>{@code
 * var result = Experiment.of(data)
 *     .fix("width", 32).fix("grpo.epochs", 2)
 *     .vary("maxSteps", 0, 1, 2)
 *     .vary("token", ReasoningToken.PLAIN, ReasoningToken.CONTEXT_AWARE)
 *     .seeds(1, 2, 3, 4, 5)
 *     .folder(Path.of("runs/tokens"))
 *     .run();
 * }</pre>
 *
 * <p>Settings have the names of the builders' methods, those of both trainings with the stage
 * before them ({@code evaluator.epochs}, {@code grpo.epochs}). A seed decides the evaluator's and
 * the generator's weights and draws; runs with the same seed and the same evaluator settings share
 * one evaluator, trained once, which gives the numbers that training it in each would.
 */
public final class Experiment {

  /** The widest that was measured; what is wider keeps cores busy by itself, and takes memory. */
  private static final int NARROW = 64;

  private final Splits data;
  private final Grid grid = new Grid();
  private List<Long> seeds = List.of(7L);
  private ListSet measured;
  private final Set<Baseline> baselines = EnumSet.noneOf(Baseline.class); // in their order
  private Evaluator evaluator;
  private Path folder;
  private int parallel;
  private Progress progress = (share, secondsLeft, what) -> {};

  private Experiment(Splits data) {
    this.data = data;
    measured = data.test();
  }

  /** An experiment that trains on the training lists, chooses weights on the validation lists. */
  public static Experiment of(Splits data) {
    return new Experiment(data);
  }

  /**
   * Gives a setting another value than its default, in all runs.
   *
   * @param name the Java name: {@code width}, {@code grpo.epochs}
   * @param value number, constant, text of one, or {@link Choice}
   * @throws IllegalArgumentException if there is no such setting, naming the nearest, or the value
   *     is of another type
   */
  public Experiment fix(String name, Object value) {
    grid.fix(name, value);
    return this;
  }

  /**
   * Tries several values of a setting; the first of each is the row that others are compared to.
   */
  public Experiment vary(String name, Object... values) {
    grid.vary(name, values);
    return this;
  }

  /**
   * Adds a named combination of settings; all variants are rows of one column.
   *
   * @param settings by name, as {@link #fix} takes them; they keep this map's order
   */
  public Experiment variant(String label, Map<String, ?> settings) {
    grid.variant(label, settings);
    return this;
  }

  /**
   * Also measures lists that are sorted by what each seed's evaluator thinks of every item alone
   * ({@link org.eglr.Rerankers#sortedAlone}), the baseline to beat: as the first row, which the
   * others are compared to. Its evaluator has the fixed settings.
   */
  public Experiment sortedAlone() {
    baselines.add(Baseline.SORTED_ALONE);
    return this;
  }

  /**
   * Also measures each pool in the order that it was given in ({@link
   * org.eglr.Rerankers#initialOrder}): as the first row, which the others are compared to. Where
   * {@link #sortedAlone} is asked for, too, it is the second.
   */
  public Experiment initialOrder() {
    baselines.add(Baseline.INITIAL_ORDER);
    return this;
  }

  /** Seeds, each for every combination; at least one, default 7 alone. */
  public Experiment seeds(long... values) {
    Setting.require(values.length > 0, "seeds", "none", "at least one");
    List<Long> given = Arrays.stream(values).boxed().toList();
    Setting.require(
        given.stream().distinct().count() == given.size(), "seeds", given, "each seed once");
    seeds = given;
    return this;
  }

  /** The lists that runs are measured on; default the test lists. */
  public Experiment on(ListSet lists) {
    data.schema().requireSame(lists.schema());
    measured = lists;
    return this;
  }

  /**
   * Takes a trained evaluator, and its sizes, for all runs, instead of one a seed; settings of the
   * evaluator then have no effect and are refused.
   */
  public Experiment evaluator(Evaluator shared) {
    evaluator = shared;
    return this;
  }

  /**
   * Keeps each finished run's values of each list in a file of a folder, and does not do again what
   * is there. Values and seeds may be added later; other data or other fixed settings are refused.
   */
  public Experiment folder(Path path) {
    folder = path;
    return this;
  }

  /**
   * Runs at a time; at least 0, default 0: one a core where models are up to 64 wide and computed
   * in Java, whose small batches leave cores idle; otherwise one. The numbers do not depend on it.
   *
   * <p>Four small runs side by side on two cores took 0.81, 0.75 and 0.79 of the time that they
   * took one after the other, at widths 16, 32 and 64: medians of four rounds in which other
   * programs took less than 8 % of the machine. {@code org.eglr.bench.SideBySide 4 16 32 64}
   * measures it.
   */
  public Experiment parallel(int runs) {
    Setting.require(runs >= 0 && runs <= 1024, "parallel", runs, "0 to 1024");
    parallel = runs;
    return this;
  }

  /** Watches the whole grid; called by one thread at a time, not always the same. */
  public Experiment progress(Progress listener) {
    progress = listener;
    return this;
  }

  /**
   * Does all runs that are not done yet. An interrupt ends it in good order: the runs that are
   * finished count.
   *
   * @throws IllegalArgumentException if settings are out of range, before the first run begins
   * @throws java.util.concurrent.CancellationException if it was stopped before the first row had a
   *     run
   */
  public ExperimentResult run() {
    List<Cell> cells = cells();
    return ExperimentResult.of(cells, seeds, done(cells, trials(cells)), measured);
  }

  /**
   * Does one part of the runs, for machines that divide the work: each calls this with another
   * index, in a {@link #folder} of its own or one that all see. Where all files lie in one folder,
   * {@link #run} has nothing left to do but the table, which is the one that a single machine
   * makes. Runs that share an evaluator are of the same part.
   *
   * @param index of the part, 0 to parts - 1
   * @param parts at least 1; of more than there are evaluators some are empty
   * @return runs of this part that are finished
   * @throws IllegalArgumentException as {@link #run}, or if there is no folder
   */
  public int runPart(int index, int parts) {
    Setting.require(parts >= 1, "parts", parts, "at least 1");
    Setting.require(index >= 0 && index < parts, "index", index, "0 to " + (parts - 1));
    Setting.require(folder != null, "folder", "none", "one, in which the runs are kept");
    List<Cell> cells = cells();
    List<Trial> all = trials(cells);
    List<Object> together = all.stream().map(this::together).distinct().toList();
    List<Trial> own =
        all.stream().filter(t -> together.indexOf(together(t)) % parts == index).toList();
    return done(cells, own).size();
  }

  /** Equal where runs share an evaluator that one of them trains. */
  private Object together(Trial trial) {
    return evaluator == null ? trial.evaluatorText() : trial;
  }

  private List<Cell> cells() {
    if (measured.size() == 0) {
      throw new DataException("there are no lists to measure on");
    }
    List<Cell> cells = new ArrayList<>();
    baselines.forEach(baseline -> cells.add(grid.of(baseline)));
    cells.addAll(grid.cells());
    cells.forEach(this::check);
    return cells;
  }

  private List<Trial> trials(List<Cell> cells) {
    List<Trial> all = new ArrayList<>();
    for (long seed : seeds) { // so that an evaluator is let go soon
      for (int row = 0; row < cells.size(); row++) {
        all.add(new Trial(row, cells.get(row), seed));
      }
    }
    return all;
  }

  /** The results of runs, after those that are open have been done. */
  private Map<Trial, TrialResult> done(List<Cell> cells, List<Trial> all) {
    RunFolder store = folder == null ? null : open(cells);
    Map<Trial, TrialResult> finished = new LinkedHashMap<>();
    if (store != null) {
      all.forEach(trial -> store.read(trial).ifPresent(found -> finished.put(trial, found)));
    }
    List<Trial> open = all.stream().filter(trial -> !finished.containsKey(trial)).toList();
    Evaluators evaluators = new Evaluators(data, evaluator, open);
    GridRun run =
        new GridRun(
            new TrialRun(data, measured, evaluators),
            evaluators,
            store,
            new GridProgress(progress, all.size(), finished.size()),
            finished);
    return run.run(open, parallel == 0 ? usualParallel(cells) : parallel);
  }

  private void check(Cell cell) {
    TrialRun.check(data, cell, evaluator);
    if (evaluator != null && !cell.text(NamedSetting::concernsEvaluator).isEmpty()) {
      throw new IllegalArgumentException(
          "a trained evaluator is given, so that '%s' would have no effect; leave one of them out"
              .formatted(cell.text(NamedSetting::concernsEvaluator)));
    }
  }

  private RunFolder open(List<Cell> cells) {
    for (Cell cell : cells) {
      cell.settings()
          .forEach(
              (setting, choice) -> {
                if (!choice.lasting()) {
                  throw new IllegalArgumentException(
                      "a value of '%s' has no lasting name for the folder; give it one: Choice.of(\"name\", value)"
                          .formatted(setting.name()));
                }
              });
    }
    Map<String, String> manifest = new LinkedHashMap<>();
    manifest.put("format", "1");
    manifest.put("training lists", Fingerprint.of(data.train()));
    manifest.put("validation lists", Fingerprint.of(data.valid()));
    manifest.put("measured lists", Fingerprint.of(measured));
    manifest.put("fixed settings", grid.fixedText());
    manifest.put("default settings", Defaults.fingerprint(data.schema()));
    manifest.put(
        "evaluator",
        Optional.ofNullable(evaluator)
            .map(given -> Arrays.deepHashCode(probes(given)) + "")
            .orElse("one a seed"));
    return new RunFolder(folder, manifest, measured.size());
  }

  /** What an evaluator says of some lists tells it from others. */
  private Object[] probes(Evaluator given) {
    ListSet few = measured.range(0, Math.min(50, measured.size()));
    return given.clickProbabilities(few).toArray();
  }

  private int usualParallel(List<Cell> cells) {
    int cores = Runtime.getRuntime().availableProcessors();
    boolean narrow =
        cells.stream().allMatch(cell -> TrialRun.isNarrow(data, cell, evaluator, NARROW));
    return narrow ? cores : 1;
  }
}
