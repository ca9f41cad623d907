package org.eglr.internal.learn;

import java.util.Map;
import org.eglr.internal.ListWriter;

/** Takes the steps of the generator's training (eq. 19). */
public interface GeneratorLearner extends Learner {

  /**
   * Takes one step up the advantage-weighted log-probability; none where all lists of every group
   * are worth the same.
   *
   * @param step the run's step, for messages
   * @throws IllegalStateException if the gradient's norm is not finite, or too large for Adam; the
   *     step was not taken then
   */
  Outcome step(int step, GrpoBatch batch);

  /** Has lists written with the present weights from here on. */
  void show(ListWriter writer);

  /**
   * What a step measured.
   *
   * @param loss eq. 19, or what took its place; with several updates their mean
   * @param norm the gradient's global norm before clipping; with several updates their mean
   * @param more named measurements of options that are on
   */
  record Outcome(double loss, double norm, Map<String, Double> more) {

    /** Of a step by eq. 19 alone. */
    public Outcome(double loss, double norm) {
      this(loss, norm, Map.of());
    }
  }
}
