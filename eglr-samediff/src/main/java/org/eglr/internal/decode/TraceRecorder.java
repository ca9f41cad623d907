package org.eglr.internal.decode;

import java.util.ArrayList;
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
  public void attention(double[] weights) {
    attention.add(weights == null ? new float[0] : floats(weights));
  }

  @Override
  public void choice(int position, int item, double[] probability) {
    decisions.add(
        new Decision(
            position,
            item,
            pool - position,
            entropy.stream().mapToDouble(Double::doubleValue).toArray(),
            attention.toArray(float[][]::new),
            floats(probability)));
    entropy.clear();
    attention.clear();
  }

  public Trace trace() {
    return new Trace(decisions);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
