package org.eglr.kernel.magic;

import org.eglr.train.LearningRateSchedule;
import org.eglr.train.TrainingOptions;
import picocli.CommandLine.Option;

/** How large the optimiser's steps are, in every training. */
final class StepSizes {

  @Option(names = "--learningRate", description = "Adam's step size")
  private double learningRate;

  @Option(names = "--clipNorm", description = "largest gradient norm; 0 turns it off")
  private double clipNorm;

  @Option(
      names = "--schedule",
      description = "the learning rate after the warm-up: CONSTANT, or COSINE down to almost 0")
  private LearningRateSchedule.Shape shape;

  @Option(names = "--warmUpSteps", description = "steps over which the learning rate grows")
  private int warmUpSteps;

  /** Those of a training's usual options, where a line does not say otherwise. */
  StepSizes(TrainingOptions<?> usual) {
    learningRate = usual.learningRate();
    clipNorm = usual.clipNorm();
    shape = usual.schedule().shape();
    warmUpSteps = usual.schedule().warmUpSteps();
  }

  <T extends TrainingOptions<T>> T configure(T options) {
    return options
        .learningRate(learningRate)
        .clipNorm(clipNorm)
        .schedule(new LearningRateSchedule(shape, warmUpSteps));
  }
}
