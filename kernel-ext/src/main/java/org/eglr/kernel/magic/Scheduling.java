package org.eglr.kernel.magic;

import org.eglr.train.LearningRateSchedule;
import org.eglr.train.TrainingOptions;
import picocli.CommandLine.Option;

/** How the learning rate goes over a training. */
final class Scheduling {

  @Option(
      names = "--schedule",
      description = "the learning rate after the warm-up: CONSTANT, or COSINE down to almost 0")
  private LearningRateSchedule.Shape shape = LearningRateSchedule.constant().shape();

  @Option(names = "--warmUpSteps", description = "steps over which the learning rate grows")
  private int warmUpSteps = LearningRateSchedule.constant().warmUpSteps();

  <T extends TrainingOptions<T>> T configure(T options) {
    return options.schedule(new LearningRateSchedule(shape, warmUpSteps));
  }
}
