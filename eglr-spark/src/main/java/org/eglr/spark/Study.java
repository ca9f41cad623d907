package org.eglr.spark;

import java.io.Serializable;
import org.eglr.experiment.Experiment;

/** An experiment that each executor makes for itself, its data with it. */
@FunctionalInterface
public interface Study extends Serializable {

  /**
   * The experiment: the same whenever and wherever it is made, so from files that all see, or from
   * a simulator's seed; without a folder.
   */
  Experiment experiment();
}
