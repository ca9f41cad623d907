package org.eglr.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eglr.train.TrainingOptions;

/**
 * Where a fit keeps how far it is, on the driver: one checkpoint a stage.
 *
 * @param folder empty: none are kept
 * @param everySteps steps between checkpoints
 */
record FitCheckpoints(String folder, int everySteps) {

  static final String EVALUATOR = "evaluator.checkpoint";
  static final String GENERATOR = "generator.checkpoint";

  /** Options that write a stage's checkpoint, and go on with it if it is there. */
  <T extends TrainingOptions<T>> T of(String stage, T options) {
    if (folder.isEmpty()) {
      return options;
    }
    Path file = Path.of(folder).resolve(stage);
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "setting 'checkpointFolder' is '%s', which cannot be made".formatted(folder), e);
    }
    options.checkpoint(file, everySteps);
    return Files.exists(file) ? options.resume(file) : options;
  }
}
