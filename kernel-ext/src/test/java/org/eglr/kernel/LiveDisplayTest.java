package org.eglr.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {

  private final FakeHost host = new FakeHost();
  private final AtomicLong nanos = new AtomicLong();
  private final LiveDisplay live = new LiveDisplay(host, nanos::get);

  @Test
  void updatesFiveTimesASecondAndDrawsOnceASecond() {
    run(Samples.grpo(1000, false), 10_000_000); // 1000 steps of 10 ms: 10 s.
    assertEquals(2, host.shown.size());
    int lines = host.shown.get(0).size();
    int charts = host.shown.get(1).size();
    assertTrue(lines >= 49 && lines <= 52, "lines " + lines);
    assertTrue(charts >= 9 && charts <= 11, "charts " + charts);
  }

  @Test
  void aChartThatCannotBeShownDoesNotEndTheTraining() {
    FakeHost full =
        new FakeHost() {
          @Override
          public Display show(Content content) {
            if (content.data().containsKey(Content.PNG)) {
              throw new OutOfMemoryError("no room");
            }
            return super.show(content);
          }
        };
    LiveDisplay display = new LiveDisplay(full, nanos::get);
    for (int step = 1; step <= 3; step++) {
      nanos.addAndGet(10_000_000_000L);
      display.onStep(Samples.step(step, 3, 0.5));
    }
    assertEquals(
        "No chart: java.lang.OutOfMemoryError: no room",
        full.shown.get(1).get(0).data().get(Content.TEXT));
    assertTrue(full.text().contains("step 3 of 3"), full.text());
  }

  @Test
  void onASlowMachineItStaysCheap() {
    long line = 15_000_000;
    long chart = 300_000_000;
    AtomicLong spent = new AtomicLong();
    FakeHost slow =
        new FakeHost() {
          @Override
          public Display show(Content content) {
            Display shown = super.show(content);
            cost(content);
            return update -> {
              shown.update(update);
              cost(update);
            };
          }

          private void cost(Content content) {
            long cost = content.data().containsKey(Content.PNG) ? chart : line;
            nanos.addAndGet(cost);
            spent.addAndGet(cost);
          }
        };
    LiveDisplay display = new LiveDisplay(slow, nanos::get);
    int steps = 3000;
    for (int step = 1; step <= steps; step++) { // 300 s
      nanos.addAndGet(100_000_000);
      display.onStep(Samples.step(step, steps, 0.1 * step));
    }
    double share = spent.get() / (steps * 1e8);
    assertTrue(share < 0.03, "display costs " + share + " of training");
    int charts = slow.shown.get(1).size();
    assertTrue(charts >= 10, "charts " + charts);
    assertTrue(slow.shown.get(0).size() >= 100, "lines " + slow.shown.get(0).size());
  }

  @Test
  void oneTableAndOnePictureStay() {
    run(Samples.grpo(30, false), 1_000_000);
    assertEquals(2, host.shown.size());
    assertTrue(host.text().startsWith("Training of the generator (GRPO): 30 steps"), host.text());
    assertTrue(last(1).data().containsKey(Content.PNG));
  }

  @Test
  void eachOfSeveralStagesHasATableAndAPictureOfItsOwnSteps() {
    run(Samples.evaluator(40), 1_000_000_000);
    run(Samples.grpo(30, false), 1_000_000);
    assertEquals(4, host.shown.size());
    assertTrue(text(last(0)).startsWith("Training of the evaluator: 40 steps"), text(last(0)));
    Content first = host.shown.get(2).get(0);
    assertTrue(text(first).contains("step 1 of 30"), text(first));
    Content table = last(2);
    assertTrue(text(table).startsWith("Training of the generator (GRPO): 30 steps"), text(table));
    assertTrue(last(3).data().containsKey(Content.PNG));
    live.failed();
    assertEquals(table, last(2), "what has ended does not fail");
  }

  @Test
  void anInterruptedRunSaysWhatWasKept() {
    run(Samples.grpo(60, true), 1_000_000);
    assertTrue(host.text().contains("Stopped by hand after step 60"), host.text());
  }

  @Test
  void aFailedRunDoesNotLookAsIfItWentOn() {
    live.onStep(Samples.step(1, 10, 1));
    live.failed();
    assertEquals("Training failed after step 1.\n", host.text());
  }

  @Test
  void aRunThatFailsAtOnceShowsNothing() {
    live.failed();
    assertTrue(host.shown.isEmpty());
  }

  @Test
  void outsideOfANotebookItSaysSo() {
    var error = assertThrows(IllegalStateException.class, LiveDisplay::here);
    assertTrue(error.getMessage().contains("no notebook kernel"), error.getMessage());
  }

  private void run(TrainingLog log, long stepNanos) {
    int validation = 0;
    for (TrainingStep step : log.steps()) {
      nanos.addAndGet(stepNanos);
      live.onStep(step);
      if (validation < log.validations().size()
          && log.validations().get(validation).step() == step.step()) {
        live.onValidation(log.validations().get(validation++));
      }
    }
    live.onEnd(log);
  }

  private static String text(Content content) {
    return content.data().get(Content.TEXT).toString();
  }

  private Content last(int output) {
    return host.shown.get(output).get(host.shown.get(output).size() - 1);
  }
}
