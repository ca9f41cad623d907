package org.eglr.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.eglr.kernel.chart.LiveChart;
import org.eglr.kernel.view.ProgressView;
import org.eglr.kernel.view.TrainingView;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/**
 * Shows a training run in the notebook while it runs: a progress line with the current
 * measurements, and a chart, each updated in place. When the run ends, one table and one picture
 * stay. From Java: {@code eglr.trainGenerator(data, t -> t.listener(LiveDisplay.here()))}.
 */
public final class LiveDisplay implements TrainingListener {

  private static final long LINE_NANOS = 200_000_000;
  private static final long CHART_NANOS = 1_000_000_000;

  /** After a chart that took long to draw the next one waits so many times as long, ... */
  private static final int CHART_SHARE = 50;

  /** ... but no longer than this: the first drawing is slow and the following ones are not. */
  private static final long CHART_WAIT = 5 * CHART_NANOS;

  private final Host host;
  private final LongSupplier clock;
  private final List<TrainingStep> steps = new ArrayList<>();
  private final List<Validation> validations = new ArrayList<>();
  private Display line;
  private Display chart;
  private long nextLine;
  private long nextChart;

  LiveDisplay(Host host, LongSupplier clock) {
    this.host = host;
    this.clock = clock;
    this.nextChart = clock.getAsLong() + CHART_NANOS;
  }

  /**
   * A display in the running cell, for one run.
   *
   * @throws IllegalStateException outside of a notebook
   */
  public static LiveDisplay here() {
    return Notebook.host()
        .map(LiveDisplay::in)
        .orElseThrow(() -> new IllegalStateException("no notebook kernel has loaded EGLR"));
  }

  /** A display in the running cell of a kernel, for one run. */
  public static LiveDisplay in(Host host) {
    return new LiveDisplay(host, System::nanoTime);
  }

  @Override
  public void onStep(TrainingStep step) {
    steps.add(step);
    long now = clock.getAsLong();
    if (line == null || now >= nextLine) {
      nextLine = now + LINE_NANOS;
      showLine(ProgressView.of(steps, validations));
    }
    if (now >= nextChart && steps.size() > 1) {
      showChart(LiveChart.of(steps, validations).draft());
      long spent = clock.getAsLong() - now;
      nextChart = now + Math.min(CHART_WAIT, Math.max(CHART_NANOS, CHART_SHARE * spent));
    }
  }

  @Override
  public void onValidation(Validation validation) {
    validations.add(validation);
  }

  @Override
  public void onEnd(TrainingLog log) {
    showLine(TrainingView.of(log).content());
    if (log.steps().size() > 1) {
      showChart(LiveChart.of(log.steps(), log.validations()).content());
    }
  }

  /** Says that the run ended with an error; the last picture stays. */
  public void failed() {
    if (line != null) {
      int last = steps.get(steps.size() - 1).step();
      line.update(Content.text("Training failed after step " + last + "."));
    }
  }

  private void showLine(Content content) {
    if (line == null) {
      line = host.show(content);
    } else {
      line.update(content);
    }
  }

  private void showChart(Content content) {
    if (chart == null) {
      chart = host.show(content);
    } else {
      chart.update(content);
    }
  }
}
