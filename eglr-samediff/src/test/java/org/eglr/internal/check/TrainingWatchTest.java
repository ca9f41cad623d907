package org.eglr.internal.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a warning is given, and what it says. */
class TrainingWatchTest {

  private final TrainingWatch watch = new TrainingWatch();

  private List<String> run(int steps, Map<String, Double> values) {
    List<String> said = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      said.addAll(watch.step(values));
    }
    return said;
  }

  private static Map<String, Double> healthy() {
    return Map.of(
        "flat groups", 0.3,
        "near-flat groups", 0.1,
        "largest advantage", 2.6,
        "input order", 0.1,
        "truth agreement", 0.2);
  }

  @Test
  void a_healthy_run_and_an_evaluator_s_have_none() {
    assertEquals(List.of(), run(100, healthy()));
    assertEquals(List.of(), run(100, Map.of("loss", 1.0)));
  }

  @Test
  void nothing_is_said_of_a_few_steps() {
    assertEquals(
        List.of(),
        run(TrainingWatch.WINDOW - 1, Map.of("flat groups", 1.0, "near-flat groups", 0.0)));
    assertEquals(1, run(1, Map.of("flat groups", 1.0, "near-flat groups", 0.0)).size());
  }

  @Test
  void each_is_said_once() {
    assertEquals(
        List.of(
            "65 % of the groups of steps 1 to 20 had no or hardly any spread of reward, so that"
                + " little can be learned: raise groupSize, set an entropyBonus, or choose a reward"
                + " that tells lists apart"),
        run(200, Map.of("flat groups", 0.25, "near-flat groups", 0.4)));
  }

  @Test
  void of_advantages_order_and_truth() {
    run(20, healthy());
    Map<String, Double> bad =
        Map.of(
            "flat groups", 0.0,
            "near-flat groups", 0.0,
            "largest advantage", 42.0,
            "input order", 0.9,
            "truth agreement", -0.25);
    List<String> said = run(20, bad);
    assertEquals(3, said.size(), said.toString());
    String all = String.join("\n", said);
    for (String part :
        new String[] {
          "the largest advantage of steps ",
          "set scaleByDeviation(true)",
          "% of the lists of steps ",
          "kept the order of their input",
          "lists of higher reward were truly worse in steps ",
          "train the evaluator on more lists"
        }) {
      assertEquals(true, all.contains(part), part + " is not in " + all);
    }
    assertEquals(List.of(), run(100, bad));
  }
}
