package org.eglr.internal.decode;

import java.util.Arrays;

/** A list while it is written, one entropy, reasoning token or item at a time. */
final class OpenList {

  private final ListTask task;
  private final int[] order;
  private final int[] steps;
  private final double[] before;
  private final double[] after;
  private final boolean[] available;
  private final float[] row;
  private float[] tokens = new float[0];
  private int reasoned;
  private int position;
  private double logProbability;

  OpenList(ListTask task) {
    this.task = task;
    order = new int[task.length()];
    steps = new int[task.length()];
    before = new double[task.length()];
    after = new double[task.length()];
    available = new boolean[task.pool()];
    row = new float[task.pool()];
    Arrays.fill(available, true);
  }

  ListTask task() {
    return task;
  }

  boolean finished() {
    return position == order.length;
  }

  /** Takes note of the decision entropy; whether to reason before the next item (section 4.3). */
  boolean hesitates(double nats, double threshold, int budget) {
    if (steps[position] == 0) {
      before[position] = nats;
    }
    after[position] = nats;
    if (task.watcher() != null) {
      task.watcher().entropy(position, nats);
    }
    return steps[position] < budget && nats > threshold;
  }

  /**
   * Takes note of a reasoning token.
   *
   * @param weights rows of candidates' weights; null for a plain token or where nobody watches
   */
  void reason(float[] vectors, int from, int width, float[] weights, int weightsFrom) {
    if (tokens.length < (reasoned + 1) * width) {
      tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, 2 * width));
    }
    System.arraycopy(vectors, from, tokens, reasoned * width, width);
    reasoned++;
    steps[position]++;
    if (task.watcher() != null) {
      task.watcher().attention(weights == null ? null : row(weights, weightsFrom));
    }
  }

  /**
   * Chooses the next item.
   *
   * @param probability rows of the candidates' probabilities; this list's begins at {@code from}
   * @param logits likewise; times {@code sharper} they are the probabilities' logarithms but for a
   *     constant
   */
  int choose(float[] probability, float[] logits, double sharper, int from) {
    int item = task.chooser().choose(position, row(probability, from), available);
    if (item < 0 || item >= available.length || !available[item]) {
      throw new IllegalArgumentException(
          "candidate %d of %d is not available for position %d"
              .formatted(item, available.length, position));
    }
    order[position] = item;
    int best = Chooser.GREEDY.choose(position, row, available);
    // holds where the item's own probability is too small for a float
    logProbability += Math.log(row[best]) + sharper * (logits[from + item] - logits[from + best]);
    available[item] = false;
    if (task.watcher() != null) {
      task.watcher().choice(position, item, row);
    }
    position++;
    return item;
  }

  private float[] row(float[] values, int from) {
    System.arraycopy(values, from, row, 0, row.length);
    return row;
  }

  Trajectory trajectory(int width) {
    float[] written = Arrays.copyOf(tokens, reasoned * width);
    return new Trajectory(order, steps, written, before, after, logProbability);
  }
}
