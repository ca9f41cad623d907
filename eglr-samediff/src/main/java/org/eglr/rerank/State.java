package org.eglr.rerank;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a {@link StepModel} carries from step to step.
 *
 * @param parts each [B, ..], in the model's own order
 */
public record State(List<SDVariable> parts) {

  public State {
    parts = List.copyOf(parts);
  }

  public static State of(SDVariable... parts) {
    return new State(List.of(parts));
  }

  /** The part at a place, from 0. */
  public SDVariable get(int part) {
    return parts.get(part);
  }

  /**
   * Of each list, one of two states.
   *
   * @param gate 1 where the other state is wanted, 0 where this one is: [B, 1]
   * @throws IllegalArgumentException if the states differ in their number of parts
   */
  public State blend(SDVariable gate, State other) {
    if (other.parts.size() != parts.size()) {
      throw new IllegalArgumentException(
          ("a state of %d parts cannot be blended with one of %d: only models whose state keeps"
                  + " its shape can reason in some lists and not in others")
              .formatted(parts.size(), other.parts.size()));
    }
    List<SDVariable> blended = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      blended.add(parts.get(p).add(other.parts.get(p).sub(parts.get(p)).mul(gate)));
    }
    return new State(blended);
  }
}
