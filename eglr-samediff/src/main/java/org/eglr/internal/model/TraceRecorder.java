package org.eglr.internal.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eglr.decode.Decision;
import org.eglr.decode.Trace;

/** Writes down how a list was made. */
public final class TraceRecorder implements DecisionWatcher {

  private final int pool;
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Double> entropy = new ArrayList<>();
  private final List<float[]> attention = new ArrayList<>();

  public TraceRecorder(int pool) {
    this.pool = pool;
  }

  @Override
  public void entropy(int position, double nats) {
    entropy.add(nats);
  }

  @Override
  public void attention(float[] weights) {
    attention.add(weights == null ? new float[0] : Arrays.copyOf(weights, pool));
  }

  @Override
  public void choice(int position, int item, float[] probability) {
    decisions.add(
        new Decision(
            position,
            item,
            pool - position,
            entropy.stream().mapToDouble(Double::doubleValue).toArray(),
            attention.toArray(float[][]::new),
            Arrays.copyOf(probability, pool)));
    entropy.clear();
    attention.clear();
  }

  public Trace trace() {
    return new Trace(decisions);
  }
}
