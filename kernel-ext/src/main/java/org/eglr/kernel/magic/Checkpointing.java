package org.eglr.kernel.magic;

import java.nio.file.Path;
import org.eglr.kernel.EglrError;
import org.eglr.train.TrainingOptions;
import picocli.CommandLine.Option;

/** Where a training keeps what it needs to go on after a restart. */
final class Checkpointing {

  private static final int USUAL_STEPS = 100;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "written while it trains, and where it ends or is stopped: --resume goes on")
  private Path checkpoint;

  @Option(
      names = "--every",
      paramLabel = "STEPS",
      description = "optimiser steps between checkpoints; 100 unless given")
  private Integer every;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "goes on with the run of this checkpoint, and writes it on unless --checkpoint names"
              + " another; model ('load' reads it from there), options and data must be those of the run")
  private Path resume;

  <T extends TrainingOptions<T>> T configure(T options) {
    Path file = checkpoint == null ? resume : checkpoint;
    if (file == null && every != null) {
      throw new EglrError("--every needs a file: --checkpoint FILE");
    }
    T chosen = resume == null ? options : options.resume(resume);
    return file == null ? chosen : chosen.checkpoint(file, every == null ? USUAL_STEPS : every);
  }
}
