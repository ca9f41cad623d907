package org.eglr.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eglr.data.Schema;
import org.eglr.data.sim.Simulator;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.junit.jupiter.api.Test;

class DefaultsTest {

  private static final Schema SCHEMA =
      Simulator.adLike().lists(20).seed(1).log().split(0.8, 0.1, 0.1).schema();

  @Test
  void all_defaults_are_said() {
    String text = Defaults.text(SCHEMA);
    for (String part :
        new String[] {
          "members=3",
          "maxSteps=",
          "selectBy=" + new EvaluatorTraining().selectBy(),
          "reward=" + new GrpoTraining().reward(),
          "clipLow=" + new GrpoTraining().clipLow(),
          "learningRate=" + new GrpoTraining().learningRate()
        }) {
      assertTrue(text.contains(part), part + " in " + text);
    }
  }

  /** An object's own text would differ from process to process. */
  @Test
  void no_text_is_an_objects_own() {
    assertFalse(Defaults.text(SCHEMA).matches(".*@[0-9a-f]{5,}.*"));
    assertEquals(Defaults.fingerprint(SCHEMA), Defaults.fingerprint(SCHEMA));
  }
}
