package org.eglr.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
 * stay; of a run of several stages, of each. From Java: {@code eglr.trainGenerator(data, t ->
 * t.listener(LiveDisplay.here()))}.
 */
public final class LiveDisplay implements TrainingListener {

  private static final long LINE_NANOS = 200_000_000;
  private static final long CHART_NANOS = 1_000_000_000;

  /** What took long to show waits so many times as long for the next, to cost below 3 %, ... */
  private static final int CHART_SHARE = 60;

  private static final int LINE_SHARE = 100;

  /** ... but no longer than this: the first drawings are slow and the following ones are not. */
  private static final long FIRST_CHARTS_WAIT = 5 * CHART_NANOS;

  private static final int FIRST_CHARTS = 2;
  private static final long CHART_WAIT = 20 * CHART_NANOS;
  private static final long LINE_WAIT = 10 * LINE_NANOS;

  private final Host host;
  private final LongSupplier clock;
  private final List<TrainingStep> steps = new ArrayList<>();
  private final List<Validation> validations = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Display line;
  private Display chart;
  private long nextLine;
  private long nextChart;
  private int charts;

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
      showLine(ProgressView.of(steps, validations, warnings));
      long spent = clock.getAsLong() - now;
      nextLine = now + wait(spent * LINE_SHARE, LINE_NANOS, LINE_WAIT);
    }
    now = clock.getAsLong();
    if (now >= nextChart && steps.size() > 1) {
      showChart(() -> LiveChart.of(steps, validations).draft());
      long spent = clock.getAsLong() - now;
      long most = charts++ < FIRST_CHARTS ? FIRST_CHARTS_WAIT : CHART_WAIT;
      nextChart = now + wait(spent * CHART_SHARE, CHART_NANOS, most);
    }
  }

  private static long wait(long wished, long least, long most) {
    return Math.min(most, Math.max(least, wished));
  }

  @Override
  public void onValidation(Validation validation) {
    validations.add(validation);
  }

  @Override
  public void onWarning(String sentence) {
    warnings.add(sentence);
    nextLine = 0; // to be seen with the next step
  }

  @Override
  public void onEnd(TrainingLog log) {
    showLine(TrainingView.of(log).content());
    if (log.steps().size() > 1) {
      showChart(() -> LiveChart.of(log.steps(), log.validations()).content());
    }
    beginAnew();
  }

  /** A stage that follows has measurements, a table and a picture of its own. */
  private void beginAnew() {
    steps.clear();
    validations.clear();
    warnings.clear();
    line = null;
    chart = null;
    nextLine = 0;
    nextChart = clock.getAsLong() + CHART_NANOS;
    charts = 0;
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

  /** A picture that fails, for want of memory say, is not worth the training: it goes on. */
  private void showChart(Supplier<Content> drawing) {
    try {
      putChart(Uninterrupted.get(drawing));
    } catch (Throwable failure) {
      putChart(Content.text("No chart: " + failure));
    }
  }

  private void putChart(Content content) {
    if (chart == null) {
      chart = host.show(content);
    } else {
      chart.update(content);
    }
  }
}
