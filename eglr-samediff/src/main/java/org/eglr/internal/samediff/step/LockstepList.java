package org.eglr.internal.samediff.step;

import java.util.Arrays;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.DecisionGate;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.Trajectory;

/** A list while it is written, one entropy, reasoning token or item at a time. */
final class LockstepList {

  private final ListTask task;
  private final long request;
  private final int[] order;
  private final int[] steps;
  private final double[] before;
  private final double[] after;
  private final boolean[] available;
  private int position;
  private double logProbability;

  /**
   * @param request identity of its request, for the gate
   */
  LockstepList(ListTask task, long request) {
    this.task = task;
    this.request = request;
    order = new int[task.length()];
    steps = new int[task.length()];
    before = new double[task.length()];
    after = new double[task.length()];
    available = new boolean[task.pool()];
    Arrays.fill(available, true);
  }

  ListTask task() {
    return task;
  }

  boolean finished() {
    return position == order.length;
  }

  /**
   * Takes note of the decision entropy; whether to reason before the next item (section 4.3).
   *
   * @param logits of the batch, of which this list is number b; only a gate that needs them copies
   *     them to the host
   */
  boolean hesitates(double nats, DecisionGate gate, HostRows logits, int b) {
    if (steps[position] == 0) {
      before[position] = nats;
    }
    after[position] = nats;
    if (task.watcher() != null) {
      task.watcher().entropy(position, nats);
    }
    double margin = gate.looksAtMargin() ? margin(logits.row(b, available.length)) : Double.NaN;
    int remaining = available.length - position;
    int step = steps[position];
    return gate.opens(position, step, nats, remaining, order.length, margin, request);
  }

  /** Gap between the first two probabilities at the base temperature. */
  private double margin(float[] logits) {
    int best = Chooser.GREEDY.choose(position, logits, available);
    double sum = 0;
    double second = 0;
    for (int i = 0; i < logits.length; i++) {
      if (available[i]) {
        double share = StrictMath.exp((double) logits[i] - logits[best]);
        sum += share;
        second = i == best ? second : Math.max(second, share);
      }
    }
    return (1 - second) / sum;
  }

  /** Tells the next step how this list, number b of its batch, chooses. */
  void ask(StepControls controls, int b) {
    if (task.chooser() instanceof Chooser.Sampling sampling) {
      controls.draw(b, sampling.draws().applyAsDouble(position));
    } else if (task.chooser() instanceof Chooser.Forced forced) {
      controls.fixed(b, forced.order()[position]);
    }
  }

  /** What a step made of that. */
  StepOutcome.Choice asked(StepOutcome outcome, int b) {
    return task.chooser() instanceof Chooser.Greedy ? outcome.best(b) : outcome.drawn(b);
  }

  boolean available(int item) {
    return item >= 0 && item < available.length && available[item];
  }

  /**
   * Takes note of a reasoning token.
   *
   * @param weights the candidates' weights; null for a plain token or where nobody watches
   */
  void reason(float[] weights) {
    steps[position]++;
    if (task.watcher() != null) {
      task.watcher().attention(weights);
    }
  }

  /**
   * Chooses the next item on the host, from the whole pool's numbers.
   *
   * @param probability the candidates' probabilities
   * @param logits times {@code sharper} they are the probabilities' logarithms but for a constant
   * @throws IllegalArgumentException if the chooser names a candidate that is not available
   */
  StepOutcome.Choice choose(float[] probability, float[] logits, double sharper) {
    int item = task.chooser().choose(position, probability, available);
    if (!available(item)) {
      throw new IllegalArgumentException(
          "candidate %d of %d is not available for position %d"
              .formatted(item, available.length, position));
    }
    int best = Chooser.GREEDY.choose(position, probability, available);
    // holds where the item's own probability is too small for a float
    double logProbability =
        StrictMath.log(probability[best]) + sharper * (logits[item] - logits[best]);
    return new StepOutcome.Choice(item, logProbability);
  }

  /**
   * Takes the next item, which is available.
   *
   * @param probability the candidates' probabilities; null where nobody watches
   */
  void take(StepOutcome.Choice choice, float[] probability) {
    int item = choice.item();
    order[position] = item;
    logProbability += choice.logProbability();
    available[item] = false;
    if (task.watcher() != null) {
      task.watcher().choice(position, item, probability);
    }
    position++;
  }

  Trajectory trajectory() {
    return new Trajectory(order, steps, new float[0], before, after, logProbability);
  }
}
