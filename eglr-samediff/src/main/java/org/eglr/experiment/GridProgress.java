package org.eglr.experiment;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.eglr.Progress;

/** How far the whole grid is: runs that are done, and the shares of those that go on. */
final class GridProgress {

  private final Progress listener;
  private final int total;
  private final int before;
  private final long start = System.nanoTime();
  private final Map<Trial, Double> running = new HashMap<>();
  private int done;

  /**
   * @param before runs of the total that need not be done again
   */
  GridProgress(Progress listener, int total, int before) {
    this.listener = listener;
    this.total = total;
    this.before = before;
  }

  synchronized void at(Trial trial, double share) {
    running.put(trial, share);
    tell();
  }

  synchronized void done(Trial trial) {
    running.remove(trial);
    done++;
    tell();
  }

  private void tell() {
    double worked = done + running.values().stream().mapToDouble(share -> share).sum();
    double left = total - before - worked;
    double seconds = (System.nanoTime() - start) / 1e9;
    String now =
        running.keySet().stream()
            .map(trial -> trial.cell().label() + ", seed " + trial.seed())
            .collect(Collectors.joining(" and "));
    listener.at(
        total == 0 ? 1 : (before + worked) / total,
        worked > 0 ? seconds / worked * left : Double.NaN,
        "run %d of %d%s"
            .formatted(
                Math.min(total, before + done + 1), total, now.isEmpty() ? "" : " · " + now));
  }
}
