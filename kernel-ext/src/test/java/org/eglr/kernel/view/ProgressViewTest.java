package org.eglr.kernel.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.kernel.Content;
import org.eglr.kernel.Samples;
import org.eglr.train.TrainingLog;
import org.eglr.train.Validation;
import org.junit.jupiter.api.Test;

class ProgressViewTest {

  @Test
  void showsPaceOfTheLastStepsAndTimeLeft() {
    // The first 100 steps take 1 s each, the next 100 a tenth: 10 steps/s, 200 left, 20 s.
    var steps =
        IntStream.rangeClosed(1, 200)
            .mapToObj(i -> Samples.step(i, 400, i <= 100 ? i : 100 + 0.1 * (i - 100)))
            .toList();
    String text = ProgressView.of(steps, List.of()).data().get(Content.TEXT);
    assertTrue(text.startsWith("[##########..........] step 200 of 400 · "), text);
    assertTrue(text.contains("10.00 steps/s · 20.0 s left") || text.contains("10 steps/s"), text);
  }

  @Test
  void theFirstStepNeedsNoPace() {
    String text =
        ProgressView.of(List.of(Samples.step(1, 10, 0)), List.of()).data().get(Content.TEXT);
    assertEquals("[##..................] step 1 of 10", text.lines().findFirst().orElseThrow());
  }

  @Test
  void showsWarningsWhileAndAfterItTrains() {
    var steps = List.of(Samples.step(60, 100, 6));
    var live = ProgressView.of(steps, List.of(), List.of("a < b: do c")).data();
    assertTrue(live.get(Content.TEXT).endsWith("\nWarning: a < b: do c"), live.toString());
    assertTrue(live.get(Content.HTML).contains("Warning: a &lt; b: do c"), live.toString());
    var log = new TrainingLog("grpo", steps, List.of(), false, 6, List.of("a < b: do c"));
    String text = TrainingView.of(log).content().data().get(Content.TEXT);
    assertTrue(text.contains("Warning: a < b: do c."), text);
  }

  @Test
  void showsTheBestValidation() {
    var validations =
        List.of(
            new Validation(25, Map.of("reward", 1.5), true),
            new Validation(50, Map.of("reward", 1.2), false));
    String text =
        ProgressView.of(List.of(Samples.step(60, 100, 6)), validations).data().get(Content.TEXT);
    assertTrue(text.endsWith("best validation (step 25): reward 1.500"), text);
  }
}
