package org.eglr.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eglr.Eglr;
import org.eglr.Evaluator;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.internal.learn.Fingerprint;
import org.eglr.rerank.LearnedReranker;
import org.eglr.train.TrainingLog;

/** A world in which systems are trained and measured; what is done is kept and found again. */
final class Bench {

  private final World world;
  private final PaperSize size;
  private final RunStore store;
  private final Splits data;
  private final ListSet measured;
  private final ListSet tuned;
  private final String hash;
  private final Evaluator untrained;
  private final RunProgress progress;
  private final Map<Long, Evaluator> evaluators = new HashMap<>();

  Bench(World world, PaperSize size, RunStore store, RunProgress progress) {
    this.world = world;
    this.size = size;
    this.store = store;
    this.progress = progress;
    Splits all = world.splits();
    int most = world.lists() == 0 ? size.lists() : Math.min(size.lists(), world.lists());
    ListSet train = all.train().range(0, Math.min(most, all.train().size()));
    ListSet valid = all.valid().range(0, Math.min(most, all.valid().size()));
    data = new Splits(all.log(), train, valid, all.test());
    ListSet test = data.test();
    measured = test.range(0, Math.min(size.measured(world), test.size()));
    tuned = valid.range(0, Math.min(size.tuned(), valid.size()));
    untrained = size.of(Evaluator.builder(data.schema())).build();
    hash = Fingerprint.of(train) + "; " + Fingerprint.of(valid) + "; " + Fingerprint.of(measured);
  }

  World world() {
    return world;
  }

  PaperSize size() {
    return size;
  }

  Splits data() {
    return data;
  }

  /** The lists that are measured on. */
  ListSet measured() {
    return measured;
  }

  /** The validation lists that settings are chosen by. */
  ListSet tuned() {
    return tuned;
  }

  /** An evaluator of the size, for what asks for settings and no judgement. */
  Evaluator untrained() {
    return untrained;
  }

  /** What the data are known by. */
  String hash() {
    return hash;
  }

  /** The evaluator of a seed, which teaches and judges all systems of that seed. */
  synchronized Evaluator evaluator(long seed) {
    return evaluators.computeIfAbsent(seed, this::evaluatorFromStore);
  }

  private Evaluator evaluatorFromStore(long seed) {
    Evaluator made = size.of(Evaluator.builder(data.schema())).seed(seed).build();
    Path file = store.model("evaluator", key(made.settings() + evaluatorText(), seed));
    if (Files.exists(file)) {
      return Evaluator.load(file);
    }
    long start = System.nanoTime();
    made.train(data, t -> t.epochs(size.evaluatorEpochs()));
    made.save(file);
    progress.say(world, "evaluator, seed " + seed, (System.nanoTime() - start) / 1e9);
    return made;
  }

  private String evaluatorText() {
    return "; " + size.evaluatorEpochs() + " epochs";
  }

  /** What a system of a seed reached; trained if that is not known yet. */
  Run run(PaperSystem system, long seed) {
    return store.get(label("run", seed), key(system, seed), () -> train(system, seed));
  }

  private Run train(PaperSystem system, long seed) {
    long start = System.nanoTime();
    PaperSystem.Trained trained = system.train(this, seed);
    save(trained, store.model("model", key(system, seed)));
    Measuring measuring = new Measuring(trained.reranker(), evaluator(seed));
    Run run = measuring.run(measured);
    Run chosenBy = measuring.run(tuned);
    double worth = chosenBy.mean(system.taught() ? Measuring.SCORE : Measuring.LABELS);
    Map<String, Double> numbers = new LinkedHashMap<>();
    TrainingLog log = trained.log();
    numbers.put(Measuring.SECONDS, log == null ? 0 : log.seconds());
    numbers.put(Measuring.STEPS, log == null ? 0.0 : log.steps().size());
    numbers.put(Measuring.WORTH, worth);
    progress.say(world, system.name() + ", seed " + seed, (System.nanoTime() - start) / 1e9);
    return run.with(numbers);
  }

  private static void save(PaperSystem.Trained trained, Path file) {
    if (trained.reranker() instanceof Eglr eglr) {
      eglr.save(file);
    } else if (trained.reranker() instanceof LearnedReranker learned) {
      learned.save(file);
    }
  }

  /** The trained system itself; of kinds whose models are not kept, trained anew. */
  org.eglr.Reranker trained(PaperSystem system, long seed) {
    run(system, seed);
    Path file = store.model("model", key(system, seed));
    return Files.exists(file) ? system.load(file, this, seed) : system.train(this, seed).reranker();
  }

  /** Runs by seed; what is missing is trained, several at a time where that is faster. */
  Map<Long, Run> runs(PaperSystem system, long... seeds) {
    Map<Long, Run> found = new LinkedHashMap<>();
    for (long seed : seeds) {
      found.put(seed, run(system, seed));
    }
    return found;
  }

  /** Trains what is not there yet. */
  void prepare(List<? extends PaperSystem> systems, long... seeds) {
    Parallel tasks = new Parallel(size.width() <= Parallel.NARROW);
    for (long seed : seeds) {
      for (PaperSystem system : systems) {
        if (!store.has(label("run", seed), key(system, seed))) {
          progress.expect(1);
          evaluator(seed); // before those that wait for it
          tasks.add(() -> run(system, seed));
        }
      }
    }
    tasks.run();
  }

  /** What could be won here, found again by the data. */
  Run headroom(Supplier<Run> make) {
    String text = untrained.settings() + evaluatorText();
    return store.get("headroom-" + world.preset(), "headroom; " + key(text, 1), make);
  }

  /** A measurement of a trained system beside its run, found again as that. */
  Run further(String what, PaperSystem system, long seed, Supplier<Run> make) {
    return store.get(label(what, seed), what + "; " + key(system, seed), make);
  }

  /** Without the system's name: the same settings are the same run under every name. */
  private String label(String what, long seed) {
    return what + "-" + world.preset() + "-seed" + seed;
  }

  private String key(PaperSystem system, long seed) {
    return key(
        system.settings(this) + "; evaluator: " + untrained.settings() + evaluatorText(), seed);
  }

  private String key(String settings, long seed) {
    return settings + "; seed " + seed + "; " + hash;
  }
}
