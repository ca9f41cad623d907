package org.eglr.internal.learn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eglr.ModelFileException;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.Checkpoint;
import org.eglr.internal.store.CheckpointFile;
import org.eglr.internal.store.Condition;
import org.eglr.internal.store.RunLock;
import org.eglr.train.TrainingOptions;

/** Writes a run's state as often as its options ask, and begins with that of an earlier run. */
final class Checkpoints implements AutoCloseable {

  private static final int NEVER = -1;

  private final TrainingOptions<?> options;
  private final Architecture architecture;
  private final Weights evaluator;
  private final Weights generator;
  private final Supplier<List<Condition>> conditions;
  private final Map<String, String> stored = new LinkedHashMap<>();
  private int written = NEVER;
  private RunLock lock;
  private String own; // what the file holds, if it is this run's; null while there is none

  /**
   * @param generator null in the evaluator's training
   * @param conditions asked for only where a checkpoint is written or read
   */
  Checkpoints(
      TrainingOptions<?> options,
      Architecture architecture,
      Weights evaluator,
      Weights generator,
      Supplier<List<Condition>> conditions) {
    this.options = options;
    this.architecture = architecture;
    this.evaluator = evaluator;
    this.generator = generator;
    this.conditions = conditions;
  }

  /**
   * Takes over the state of an earlier run where the options name one.
   *
   * @throws ModelFileException if it is none of this run's, or no checkpoint could be written;
   *     nothing is changed then
   */
  void start(RunState run) {
    Path from = options.resumedFrom();
    if (from == null && options.checkpoint() == null) {
      return;
    }
    if (options.checkpoint() != null) {
      requireFolder();
      lock = RunLock.take(options.checkpoint());
      requireFree(from);
    }
    List<Condition> present = conditions.get();
    present.stream()
        .filter(condition -> !condition.value().equals(condition.usual()))
        .forEach(condition -> stored.put(condition.name(), condition.value()));
    if (from != null) {
      Checkpoint earlier =
          CheckpointFile.read(from, architecture, run.log().name(), present, run.log().total());
      (generator == null ? evaluator : generator).setFrom(earlier.trained());
      run.resume(earlier);
      written = same(from, options.checkpoint()) ? run.log().taken() : NEVER;
    }
  }

  /** Writes a checkpoint if it is time for one. */
  void afterStep(RunState run) {
    if (options.checkpoint() != null && run.log().taken() % options.checkpointEvery() == 0) {
      write(run);
    }
  }

  /** Writes a checkpoint of where the run ended or was interrupted. */
  void end(RunState run) {
    if (options.checkpoint() != null && run.log().taken() != written) {
      write(run);
    }
  }

  private void write(RunState run) {
    run.trained().store();
    Checkpoint checkpoint =
        new Checkpoint(
            architecture,
            stored,
            evaluator,
            generator,
            run.trained().state(),
            run.best().state(),
            run.reference(),
            run.log().state());
    String there = CheckpointFile.identity(options.checkpoint());
    if (there != null && !there.equals(own)) {
      throw replaced(checkpoint);
    }
    own = CheckpointFile.write(options.checkpoint(), checkpoint);
    written = run.log().taken();
  }

  /** Another program's file stays as it is, and what this run has learned is written beside it. */
  private ModelFileException replaced(Checkpoint checkpoint) {
    Path file = options.checkpoint();
    int number = 1;
    Path beside;
    do {
      beside = file.resolveSibling(file.getFileName() + "." + number++);
    } while (Files.exists(beside));
    CheckpointFile.write(beside, checkpoint);
    return new ModelFileException(
        ("checkpoint %s is not this run's any more: another program has written it meanwhile, and"
                + " it was left as it is; this run's state is in %s: go on with it by resume")
            .formatted(file, beside));
  }

  /** Says at once what would otherwise be found out after many steps. */
  private void requireFolder() {
    Path file = options.checkpoint();
    if (file != null) {
      CheckpointFile.requireWritable(file);
    }
  }

  private void requireFree(Path from) {
    Path file = options.checkpoint();
    own = same(from, file) ? CheckpointFile.identity(file) : null;
    if (own == null && Files.exists(file)) {
      throw new ModelFileException(
          ("checkpoint %s exists already and a new run would replace it: go on with it by"
                  + " resume, or name another file, or delete it")
              .formatted(file));
    }
  }

  /** Lets other runs write the file. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  private static boolean same(Path from, Path to) {
    return from != null
        && to != null
        && from.toAbsolutePath().normalize().equals(to.toAbsolutePath().normalize());
  }
}
