package org.eglr.internal.decode;

import java.util.Arrays;

/** One thread's buffers for writing a list: the key/value cache, scores and intermediate rows. */
public final class Workspace {

  private final int width;
  private final int heads;
  private final int capacity;
  private final int maxPool;
  final float[] positions;
  final float[] token;
  final float[] x;
  final float[] qkv;
  final float[] mixed;
  final float[] out;
  final float[] hidden;
  final float[] query;
  final double[] sum;
  private final float[] keys; // [d, capacity]: the loop over tokens is the inner one
  private final float[] values; // [capacity, d]
  private final float[] logits;
  private float[] columns; // candidates transposed, [d, pool]
  private final float[] scores;
  double[] probability;
  boolean[] available;
  float[] z;
  int pool;
  int tokens;

  Workspace(int width, int heads, int feedForward, int pool, int capacity, float[] positions) {
    this.positions = positions;
    this.width = width;
    this.heads = heads;
    this.capacity = capacity;
    this.maxPool = pool;
    token = new float[width];
    x = new float[width];
    qkv = new float[3 * width];
    mixed = new float[width];
    out = new float[width];
    hidden = new float[feedForward];
    query = new float[width];
    sum = new double[width];
    keys = new float[width * capacity];
    values = new float[capacity * width];
    logits = new float[capacity];
    columns = new float[width * pool];
    scores = new float[pool];
    probability = new double[pool];
    available = new boolean[pool];
  }

  /** Whether lists of this size fit. */
  public boolean fits(int candidates, int maxTokens) {
    return candidates == maxPool && maxTokens <= capacity;
  }

  /** Begins a list. */
  void start(float[] candidates, int size) {
    if (size != maxPool) {
      throw new IllegalArgumentException(
          "a workspace for %d candidates, used with %d".formatted(maxPool, size));
    }
    tokens = 0;
    pool = size;
    Arrays.fill(available, true);
    if (z != candidates) { // the lists of a group share their candidates
      z = candidates;
      for (int j = 0; j < pool; j++) {
        for (int i = 0; i < width; i++) {
          columns[i * pool + j] = z[j * width + i];
        }
      }
    }
  }

  /** Appends the token's key and value, and mixes the values so far into {@link #mixed}. */
  void attend() {
    int n = tokens++;
    for (int i = 0; i < width; i++) {
      keys[i * capacity + n] = qkv[width + i];
    }
    System.arraycopy(qkv, 2 * width, values, n * width, width);
    int headWidth = width / heads;
    float scale = (float) (1 / Math.sqrt(headWidth));
    Arrays.fill(mixed, 0);
    for (int h = 0; h < heads; h++) {
      int from = h * headWidth;
      Arrays.fill(logits, 0, tokens, 0);
      for (int i = from; i < from + headWidth; i++) {
        float q = qkv[i] * scale;
        int row = i * capacity;
        for (int t = 0; t < tokens; t++) {
          logits[t] += q * keys[row + t];
        }
      }
      softmax(logits, tokens);
      for (int t = 0; t < tokens; t++) {
        float weight = logits[t];
        int row = t * width;
        for (int i = from; i < from + headWidth; i++) {
          mixed[i] += weight * values[row + i];
        }
      }
    }
  }

  /** Scores all candidates by the query: z . e / sqrt(d). */
  void score() {
    Arrays.fill(scores, 0);
    float scale = (float) (1 / Math.sqrt(width));
    for (int i = 0; i < width; i++) {
      float q = query[i] * scale;
      int row = i * pool;
      for (int j = 0; j < pool; j++) {
        scores[j] += q * columns[row + j];
      }
    }
  }

  /** Entropy in nats of the choice between the remaining candidates (eq. 13, 14). */
  double entropy(double temperature) {
    double max = maxScore();
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < pool; j++) {
      if (available[j]) {
        double s = (scores[j] - max) / temperature;
        double e = Math.exp(s);
        sum += e;
        weighted += e * s;
      }
    }
    return Math.max(0, Math.log(sum) - weighted / sum);
  }

  /** Writes softmax(scores / temperature) over the remaining candidates (eq. 12). */
  void probabilities(double temperature) {
    double max = maxScore();
    double sum = 0;
    for (int j = 0; j < pool; j++) {
      double e = available[j] ? Math.exp((scores[j] - max) / temperature) : 0;
      probability[j] = e;
      sum += e;
    }
    for (int j = 0; j < pool; j++) {
      probability[j] /= sum;
    }
  }

  /** Takes a candidate from the pool. */
  void take(int item) {
    if (!available[item]) {
      throw new IllegalArgumentException("candidate " + item + " was taken before");
    }
    available[item] = false;
  }

  private double maxScore() {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < pool; j++) {
      if (available[j] && scores[j] > max) {
        max = scores[j];
      }
    }
    return max;
  }

  private static void softmax(float[] logits, int n) {
    float max = logits[0];
    for (int t = 1; t < n; t++) {
      max = Math.max(max, logits[t]);
    }
    float sum = 0;
    for (int t = 0; t < n; t++) {
      logits[t] = (float) Math.exp(logits[t] - max);
      sum += logits[t];
    }
    for (int t = 0; t < n; t++) {
      logits[t] /= sum;
    }
  }
}
