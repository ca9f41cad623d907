package org.eglr.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eglr.decode.EntropyProfile;
import org.junit.jupiter.api.Test;

class TrainingLogTest {

  private static final EntropyProfile PROFILE =
      new EntropyProfile(
          new double[] {2.1524, 0},
          new double[] {2, 0},
          new double[] {1, 0},
          new double[] {0.9, 0},
          new double[] {2, 0});

  private static final List<TrainingStep> STEPS =
      List.of(
          new TrainingStep(1, 2, 0.5, Map.of("loss", 2.0), Optional.of(PROFILE)),
          new TrainingStep(2, 2, 1.0, Map.of("loss", 1.23456), Optional.empty()));

  /** What a cell prints: what came out, not every step. */
  @Test
  void it_says_in_a_line_what_came_out() {
    assertEquals(
        "grpo: 2 steps in 1.0 s, interrupted, loss 1.235",
        new TrainingLog("grpo", STEPS, List.of(), true, 1.0).toString());
    Validation first = new Validation(0, Map.of("reward", 0.5), true);
    Validation kept = new Validation(1, Map.of("reward", 0.75), true);
    Validation worse = new Validation(2, Map.of("reward", 0.25), false);
    assertEquals(
        "grpo: 2 steps in 1.0 s; kept: step 1, reward 0.7500\ngroups have no spread",
        new TrainingLog(
                "grpo",
                STEPS,
                List.of(first, kept, worse),
                false,
                1.0,
                List.of("groups have no spread"))
            .toString());
  }

  @Test
  void a_profile_says_its_numbers() {
    assertEquals(
        "entropy before 2.152 0.000, after 2.000 0.000; relative before 1.000 0.000,"
            + " after 0.900 0.000; reasoning steps 2.000 0.000",
        PROFILE.toString());
  }
}
