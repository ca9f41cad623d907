package org.eglr.kernel.chart;

import java.util.List;
import java.util.Optional;
import org.eglr.decode.EntropyProfile;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/**
 * A training run as one picture. Evaluator: its loss. GRPO: reward and reasoning steps over
 * optimiser steps, and the entropy by position of the lists sampled last.
 */
public final class LiveChart {

  private LiveChart() {}

  public static Picture of(List<TrainingStep> steps, List<Validation> validations) {
    if (steps.isEmpty() || !steps.get(0).values().containsKey("reward")) {
      return Picture.of(
          new LearningCurve(steps, validations, "loss")
              .chart("Loss", "loss (nats)", ChartSize.WIDE_PANEL));
    }
    LineChart reward =
        new LearningCurve(steps, validations, "reward")
            .chart("Reward", "reward (the evaluator's score)", ChartSize.PANEL);
    LineChart reasoning =
        new LearningCurve(steps, List.of(), "reasoning steps")
            .fromZero()
            .chart("Reasoning", "reasoning tokens per list", ChartSize.PANEL);
    Optional<EntropyProfile> last = steps.get(steps.size() - 1).profile();
    return last.isEmpty()
        ? Picture.of(reward, reasoning)
        : Picture.of(reward, entropy(last.get()), reasoning);
  }

  private static LineChart entropy(EntropyProfile profile) {
    return PositionCharts.entropy(
        "Entropy, sampled lists",
        "decision entropy (nats)",
        profile.before(),
        profile.after(),
        ChartSize.PANEL);
  }
}
