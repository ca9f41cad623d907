package org.eglr.internal.learn;

import java.util.Map;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.train.GrpoTraining;

/** Which of a generator's parameters learn at a rate of their own. */
final class LearningRates {

  private LearningRates() {}

  /** Shares of the learning rate by name; 1 for what is not there. */
  static Map<String, Double> shares(Weights generator, GrpoTraining options) {
    boolean gated =
        generator.dense().stream().anyMatch(tensor -> tensor.name().equals(Architecture.GAIN));
    return gated && options.gainRate() != 1
        ? Map.of(Architecture.GAIN, options.gainRate())
        : Map.of();
  }
}
