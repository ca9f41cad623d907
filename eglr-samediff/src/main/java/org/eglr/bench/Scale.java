package org.eglr.bench;

import java.util.List;
import org.eglr.Eglr;
import org.eglr.PairEffects;
import org.eglr.Settings;
import org.eglr.data.Schema;
import org.eglr.reasoning.QueryUpdate;

/**
 * The size of the benchmark's model and of its batches.
 *
 * @param width model width d
 * @param feedForward width of the feed-forward parts
 * @param heads attention heads
 * @param layers Transformer layers of the evaluator
 * @param userIds ids of each categorical user field
 * @param itemIds ids of each categorical item field; items have one dense value besides
 * @param groups requests of a GRPO step
 * @param groupSize lists sampled for each of them
 */
record Scale(
    int width,
    int feedForward,
    int heads,
    int layers,
    List<Integer> userIds,
    List<Integer> itemIds,
    int groups,
    int groupSize) {

  /** The defaults of the PyTorch reference. */
  static final Scale FULL =
      new Scale(64, 256, 4, 2, List.of(1000, 10), List.of(5000, 50, 200), 32, 8);

  /** For many steps in little time. */
  static final Scale SMALL = new Scale(16, 32, 2, 1, List.of(20, 5), List.of(60, 10, 10), 4, 4);

  /** The scale of a name, "full" or "small". */
  static Scale named(String name) {
    return switch (name) {
      case "full" -> FULL;
      case "small" -> SMALL;
      default -> throw new IllegalArgumentException("scale '" + name + "'; allowed: full, small");
    };
  }

  /** A model that makes exactly {@code maxSteps} reasoning tokens before every item. */
  Settings settings(Schema schema, int maxSteps) {
    return Eglr.builder(schema)
        .width(width)
        .feedForward(feedForward)
        .heads(heads)
        .evaluatorLayers(layers)
        .pairEffects(PairEffects.NONE) // the reference has none
        .members(1) // it is one evaluator
        .trainFeatures(true) // as the reference does
        .reasoning(
            r ->
                r.maxSteps(maxSteps)
                    .entropyThreshold(-1)
                    .baseTemperature(1)
                    .query(QueryUpdate.RESIDUAL))
        .seed(1)
        .settings();
  }
}
