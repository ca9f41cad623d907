package org.eglr.internal.cpu;

import java.util.Arrays;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.math.Logarithm;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.DecisionGate;
import org.eglr.internal.model.Trajectory;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/** A list that is being written: its key/value cache, scores, and what it has decided so far. */
final class OpenList {

  private static final Kernels K = Kernels.best();

  private final Reasoning reasoning;
  private final DecisionGate gate;
  private final boolean forgets; // reasoning tokens, once their item is chosen
  private final int width;
  private final int heads;

  private Candidates candidates;
  private int length;
  private long request;
  private int capacity; // tokens that fit, padded
  private final float[][] keys; // of each layer, [d, capacity]
  private final float[][] values; // [capacity, d]
  private float[] logits = new float[0];
  private final float[] query;
  private float[] scores = new float[0]; // before temperature, unscaled
  private float best;
  private double sum; // of the exponentials that the entropy was computed from
  private boolean queryIsReasoned;

  /** The token to be appended next: [d]. */
  final float[] token;

  /** What {@link #probabilities} wrote: [pool]. */
  float[] probability = new float[0];

  boolean[] available = new boolean[0];
  int tokens;
  int position;

  private int[] order = new int[0];
  private int[] steps = new int[0];
  private float[] reasoningTokens = new float[0];
  private int reasoned;
  private double[] before = new double[0];
  private double[] after = new double[0];
  private double logProbability;
  private double[] logOfCount = new double[0]; // the largest entropy of so many candidates

  OpenList(GeneratorNet net) {
    reasoning = net.reasoning;
    gate = new DecisionGate(reasoning);
    forgets = reasoning.gated();
    width = net.width;
    heads = net.heads;
    keys = new float[net.layers.length][0];
    values = new float[net.layers.length][0];
    query = new float[width];
    token = new float[width];
  }

  /**
   * Begins a list; its first token is the context (eq. 10).
   *
   * @param identity of its request, for the gate
   */
  void start(Candidates of, int items, long identity) {
    candidates = of;
    length = items;
    request = identity;
    int pool = of.pool;
    int budget = reasoning.budget();
    int most = K.padded(forgets ? items + budget : items * (1 + budget));
    if (logits.length < most) {
      for (int l = 0; l < keys.length; l++) {
        keys[l] = new float[most * width];
        values[l] = new float[most * width];
      }
      logits = new float[most];
    }
    capacity = most;
    if (scores.length < of.row) {
      scores = new float[of.row];
      probability = new float[of.row];
    }
    if (available.length != pool) {
      available = new boolean[pool];
    }
    if (logOfCount.length <= pool) {
      logOfCount = new double[pool + 1];
      Arrays.setAll(logOfCount, Logarithm::of);
    }
    Arrays.fill(available, true);
    if (order.length < items) {
      order = new int[items];
      steps = new int[items];
      before = new double[items];
      after = new double[items];
      reasoningTokens = new float[items * reasoning.budget() * width];
    }
    tokens = 0;
    position = 0;
    reasoned = 0;
    logProbability = 0;
    steps[0] = 0;
    queryIsReasoned = false;
    System.arraycopy(of.sum, 0, token, 0, width);
  }

  int pool() {
    return candidates.pool;
  }

  /** Where a token stands, for its position encoding: an item's reasoning stands at its place. */
  int place(int token) {
    return forgets ? Math.min(token, position) : token;
  }

  /** Appends the key and value of token n in a layer, and mixes the values so far. */
  void attend(int layer, int n, float[] qkv, int at, float[] context, int contextAt) {
    float[] keys = this.keys[layer];
    float[] values = this.values[layer];
    for (int i = 0; i < width; i++) {
      keys[i * capacity + n] = qkv[at + width + i];
    }
    System.arraycopy(qkv, at + 2 * width, values, n * width, width);
    int headWidth = width / heads;
    float scale = (float) (1 / Math.sqrt(headWidth));
    int seen = n + 1;
    int row = K.padded(seen);
    for (int h = 0; h < heads; h++) {
      int column = h * headWidth;
      K.multiply(
          1,
          row,
          headWidth,
          qkv,
          at + column,
          width,
          1,
          keys,
          column * capacity,
          capacity,
          logits,
          0,
          row,
          false);
      Arrays.fill(logits, seen, row, Kernels.MASKED);
      K.softmax(row, logits, 0, scale);
      K.multiply(
          1,
          headWidth,
          seen,
          logits,
          0,
          seen,
          1,
          values,
          column,
          width,
          context,
          contextAt + column,
          width,
          false);
    }
  }

  /**
   * Takes the layer's output and scores the candidates (eq. 11, 12).
   *
   * @param gain of reasoning, [d]; null without
   */
  void score(float[] output, int at, float[] gain) {
    if (queryIsReasoned && gain != null) {
      for (int i = 0; i < width; i++) {
        query[i] += gain[i] * output[at + i];
      }
    } else if (queryIsReasoned && reasoning.query() == QueryUpdate.RESIDUAL) {
      K.addScaled(width, 1, output, at, query, 0);
      K.scale(width, (float) Math.sqrt(0.5), query, 0);
    } else {
      System.arraycopy(output, at, query, 0, width);
    }
    int row = candidates.row;
    K.multiply(
        1, row, width, query, 0, width, 1, candidates.columns, 0, row, scores, 0, row, false);
    candidates.addPairs(order, position, scores, 0);
    for (int k = 0; k < position; k++) {
      scores[order[k]] = Kernels.MASKED;
    }
    Arrays.fill(scores, candidates.pool, row, Kernels.MASKED);
    best = K.maximum(row, scores, 0);
  }

  /** Entropy in nats of the choice between the remaining candidates (eq. 13, 14). */
  double entropy() {
    int row = candidates.row;
    float inverse = inverse(reasoning.baseTemperature());
    sum = K.exponentials(row, scores, 0, best, inverse, probability, 0);
    double weighted = K.dot(row, probability, 0, scores, 0) / sum - best;
    double entropy = Logarithm.of(sum) - weighted * inverse;
    double most = logOfCount[candidates.pool - position]; // rounding may lead beyond
    entropy = Math.max(0, Math.min(entropy, most));
    if (steps[position] == 0) {
      before[position] = entropy;
    }
    after[position] = entropy;
    return entropy;
  }

  /** Writes the probabilities of the choice to {@link #probability} (eq. 12). */
  void recommend() {
    probabilities(reasoning.recommendingTemperature());
  }

  /** Writes softmax(scores / temperature) over the remaining candidates. */
  private void probabilities(double temperature) {
    int row = candidates.row;
    float inverse = inverse(temperature);
    float sum = K.exponentials(row, scores, 0, best, inverse, probability, 0);
    K.scale(row, 1 / sum, probability, 0);
  }

  private float inverse(double temperature) {
    return (float) (1 / (Math.sqrt(width) * temperature));
  }

  /** Whether the gate is open at this entropy, which was just computed. */
  boolean reasonsAt(double entropy) {
    double margin = gate.looksAtMargin() ? margin() : Double.NaN;
    int remaining = candidates.pool - position;
    return gate.opens(position, steps[position], entropy, remaining, length, margin, request);
  }

  /** Gap between the first two probabilities at the base temperature, after {@link #entropy}. */
  private double margin() {
    float first = 0;
    float second = 0;
    for (int j = 0; j < candidates.pool; j++) {
      float share = available[j] ? probability[j] : 0;
      second = Math.max(second, Math.min(first, share));
      first = Math.max(first, share);
    }
    return (first - second) / sum;
  }

  /** Whether a reasoning token is a mixture of candidates rather than the query itself. */
  boolean contextAware() {
    return reasoning.token() == ReasoningToken.CONTEXT_AWARE;
  }

  /**
   * Makes a reasoning token the next: context-aware (section 4.3.1), whose weights are then in
   * {@link #probability}, or the query itself; where reasoning is forgotten the query is part of
   * both. A control is neither.
   */
  void reason() {
    if (contextAware()) {
      probabilities(reasoning.reasoningTemperature());
      int pool = candidates.pool;
      K.multiply(
          1,
          width,
          pool,
          probability,
          0,
          pool,
          1,
          candidates.z,
          candidates.at,
          width,
          token,
          0,
          width,
          false);
      if (forgets) {
        K.addScaled(width, 1, query, 0, token, 0);
      }
    } else if (reasoning.token().isControl()) {
      control();
    } else {
      System.arraycopy(query, 0, token, 0, width);
    }
    System.arraycopy(token, 0, reasoningTokens, reasoned++ * width, width);
    steps[position]++;
    queryIsReasoned = true;
  }

  /** Makes a token that knows nothing of the scores the next. */
  private void control() {
    Arrays.fill(token, 0);
    if (reasoning.token() == ReasoningToken.MEAN) {
      float share = 1f / (candidates.pool - position);
      for (int j = 0; j < candidates.pool; j++) {
        if (available[j]) {
          K.addScaled(width, share, candidates.z, candidates.at + j * width, token, 0);
        }
      }
    } else if (reasoning.token() == ReasoningToken.NOISE) {
      long stream = CounterRandom.stream(request, position, steps[position]);
      for (int i = 0; i < width; i++) {
        token[i] = (float) CounterRandom.normal(stream, i);
      }
    }
  }

  /** Chooses an item, whose vector is the next token; returns whether the list is complete. */
  boolean choose(int item) {
    if (!available[item]) {
      throw new IllegalArgumentException("candidate " + item + " was taken before");
    }
    available[item] = false;
    logProbability += Logarithm.of(probability[item]);
    tokens -= forgets ? steps[position] : 0;
    order[position++] = item;
    queryIsReasoned = false;
    if (position == length) {
      return true;
    }
    steps[position] = 0;
    System.arraycopy(candidates.z, candidates.at + item * width, token, 0, width);
    return false;
  }

  double logProbability() {
    return logProbability;
  }

  /** Becomes the same as another list, which goes on by itself. */
  void copy(OpenList other) {
    start(other.candidates, other.length, other.request);
    for (int l = 0; l < keys.length; l++) {
      for (int i = 0; i < width; i++) {
        System.arraycopy(other.keys[l], i * capacity, keys[l], i * capacity, other.tokens);
      }
      System.arraycopy(other.values[l], 0, values[l], 0, other.tokens * width);
    }
    System.arraycopy(other.probability, 0, probability, 0, pool());
    System.arraycopy(other.available, 0, available, 0, pool());
    System.arraycopy(other.order, 0, order, 0, length);
    System.arraycopy(other.steps, 0, steps, 0, length);
    System.arraycopy(other.before, 0, before, 0, length);
    System.arraycopy(other.after, 0, after, 0, length);
    System.arraycopy(other.reasoningTokens, 0, reasoningTokens, 0, other.reasoned * width);
    tokens = other.tokens;
    position = other.position;
    reasoned = other.reasoned;
    logProbability = other.logProbability;
  }

  Trajectory trajectory() {
    return new Trajectory(
        Arrays.copyOf(order, length),
        Arrays.copyOf(steps, length),
        Arrays.copyOf(reasoningTokens, reasoned * width),
        Arrays.copyOf(before, length),
        Arrays.copyOf(after, length),
        logProbability);
  }
}
