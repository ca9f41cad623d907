package org.eglr.rerank;

import java.util.List;
import org.eglr.internal.check.Setting;

/**
 * How an {@link AdaptiveModel} moves its activations for a request.
 *
 * @param rate length of a step of 1, as a share of the activation's own length; above 0, to 1
 * @param steps how far, in such steps; each 0 to 1000
 * @param search default PARALLEL
 */
public record Adaptation(double rate, List<Double> steps, Search search) {

  /** How several steps are tried. */
  public enum Search {
    /** Each from the first list, all at once. */
    PARALLEL,
    /** One after another, each from the best list so far. */
    CASCADE
  }

  public Adaptation {
    Setting.require(rate > 0 && rate <= 1, "rate", rate, "above 0, to 1");
    Setting.require(
        steps != null && steps.size() <= 64 && steps.stream().allMatch(s -> s >= 0 && s <= 1000),
        "steps",
        steps,
        "up to 64 numbers, each 0 to 1000");
    Setting.require(search != null, "search", search, "PARALLEL or CASCADE");
    steps = List.copyOf(steps);
  }
}
