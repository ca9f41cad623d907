package org.eglr.internal.decode;

import java.util.Arrays;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.DenseLayer;
import org.eglr.internal.nn.Sinusoid;
import org.eglr.internal.nn.Weights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/**
 * Writes lists item by item (eq. 10-14) in plain Java with a key/value cache. Immutable and shared
 * between threads; each thread brings a {@link Workspace}.
 */
public final class ListDecoder {

  final int width;
  final int heads;
  private final int feedForward;
  private final DenseLayer token;
  private final DenseLayer queryKeyValue;
  private final DenseLayer output;
  private final DenseLayer expand;
  private final DenseLayer contract;
  private final float[] norm1;
  private final float[] shift1;
  private final float[] norm2;
  private final float[] shift2;
  private final DenseLayer position;
  private final int positionWidth;

  /** Takes over the generator's present weights. */
  public ListDecoder(Architecture architecture, Weights weights) {
    width = architecture.settings().width();
    heads = architecture.settings().heads();
    feedForward = architecture.settings().feedForward();
    positionWidth = architecture.settings().position();
    token = new DenseLayer(weights, "inp", 0, width);
    position = new DenseLayer(weights, "inp", width, width + positionWidth);
    queryKeyValue = DenseLayer.stacked(weights, "layer.q", "layer.k", "layer.v");
    output = new DenseLayer(weights, "layer.o");
    expand = new DenseLayer(weights, "layer.fc1");
    contract = new DenseLayer(weights, "layer.fc2");
    norm1 = weights.data("layer.ln1.weight").clone();
    shift1 = weights.data("layer.ln1.bias").clone();
    norm2 = weights.data("layer.ln2.weight").clone();
    shift2 = weights.data("layer.ln2.bias").clone();
  }

  /** Buffers for lists of one size; belongs to one thread. */
  public Workspace workspace(int pool, int length, Reasoning reasoning) {
    int capacity = length * (1 + reasoning.budget());
    float[] positions = Sinusoid.rows(capacity, positionWidth);
    return new Workspace(width, heads, feedForward, pool, capacity, positions);
  }

  /**
   * Writes one list.
   *
   * @param z candidate vectors, row-major [pool, d]
   * @param pool number of candidates
   * @param length number of items to choose
   * @param watcher sees entropies, weights and probabilities as they arise; may be null
   */
  public Trajectory decode(
      float[] z,
      int pool,
      int length,
      Reasoning reasoning,
      Chooser chooser,
      Workspace w,
      DecisionWatcher watcher) {
    w.start(z, pool);
    int budget = reasoning.budget();
    int[] order = new int[length];
    int[] steps = new int[length];
    double[] before = new double[length];
    double[] after = new double[length];
    float[] tokens = new float[length * budget * width];
    int reasoned = 0;
    double logProbability = 0;

    context(z, pool, w); // eq. 10
    step(w, null);
    for (int k = 0; k < length; k++) {
      double entropy = w.entropy(reasoning.baseTemperature()); // eq. 13, 14
      before[k] = entropy;
      if (watcher != null) {
        watcher.entropy(k, entropy);
      }
      while (steps[k] < budget && entropy > reasoning.entropyThreshold()) {
        reasoningToken(reasoning, w, watcher);
        System.arraycopy(w.token, 0, tokens, reasoned * width, width);
        reasoned++;
        steps[k]++;
        step(w, reasoning.query());
        entropy = w.entropy(reasoning.baseTemperature());
        if (watcher != null) {
          watcher.entropy(k, entropy);
        }
      }
      after[k] = entropy;
      w.probabilities(reasoning.recommendingTemperature()); // eq. 12
      int item = chooser.choose(k, w.probability, w.available);
      order[k] = item;
      logProbability += Math.log(w.probability[item]);
      if (watcher != null) {
        watcher.choice(k, item, w.probability);
      }
      w.take(item);
      if (k + 1 < length) {
        System.arraycopy(z, item * width, w.token, 0, width);
        step(w, null);
      }
    }
    return new Trajectory(
        order, steps, Arrays.copyOf(tokens, reasoned * width), before, after, logProbability);
  }

  /** The DeepSet context (eq. 10); summed in double so that the pool's order does not matter. */
  private void context(float[] z, int pool, Workspace w) {
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int j = 0; j < pool; j++) {
        sum += z[j * width + i];
      }
      w.token[i] = (float) sum;
    }
  }

  /** The next token: context-aware (section 4.3.1) or the query itself. */
  private void reasoningToken(Reasoning reasoning, Workspace w, DecisionWatcher watcher) {
    if (reasoning.token() == ReasoningToken.PLAIN) {
      System.arraycopy(w.query, 0, w.token, 0, width);
      if (watcher != null) {
        watcher.attention(null);
      }
      return;
    }
    w.probabilities(reasoning.reasoningTemperature());
    if (watcher != null) {
      watcher.attention(w.probability);
    }
    double[] sum = w.sum; // in double, so that the pool's order does not matter
    Arrays.fill(sum, 0);
    for (int j = 0; j < w.pool; j++) {
      double weight = w.probability[j];
      if (w.available[j]) {
        int row = j * width;
        for (int i = 0; i < width; i++) {
          sum[i] += weight * w.z[row + i];
        }
      }
    }
    for (int i = 0; i < width; i++) {
      w.token[i] = (float) sum[i];
    }
  }

  /**
   * Sends the token through the decoder layer (eq. 11) and scores the candidates.
   *
   * @param update what becomes of the query before; null for context and item tokens
   */
  private void step(Workspace w, QueryUpdate update) {
    float[] x = w.x;
    token.apply(w.token, 0, x);
    position.accumulate(w.positions, w.tokens * positionWidth, x);
    queryKeyValue.apply(x, 0, w.qkv);
    w.attend();
    output.apply(w.mixed, 0, w.out);
    add(x, w.out);
    normalise(x, norm1, shift1);
    expand.apply(x, 0, w.hidden);
    for (int i = 0; i < feedForward; i++) {
      w.hidden[i] = Math.max(0, w.hidden[i]);
    }
    contract.apply(w.hidden, 0, w.out);
    add(x, w.out);
    normalise(x, norm2, shift2);
    if (update == QueryUpdate.RESIDUAL) {
      float scale = (float) Math.sqrt(0.5);
      for (int i = 0; i < width; i++) {
        w.query[i] = (x[i] + w.query[i]) * scale;
      }
    } else {
      System.arraycopy(x, 0, w.query, 0, width);
    }
    w.score();
  }

  private static void add(float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += y[i];
    }
  }

  private static void normalise(float[] x, float[] gain, float[] shift) {
    double sum = 0;
    for (float v : x) {
      sum += v;
    }
    float mean = (float) (sum / x.length);
    double squares = 0;
    for (float v : x) {
      squares += (v - mean) * (v - mean);
    }
    float scale = (float) (1 / Math.sqrt(squares / x.length + 1e-5));
    for (int i = 0; i < x.length; i++) {
      x[i] = (x[i] - mean) * scale * gain[i] + shift[i];
    }
  }
}
