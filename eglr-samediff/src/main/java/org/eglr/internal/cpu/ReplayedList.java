package org.eglr.internal.cpu;

import java.util.Arrays;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.math.Logarithm;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.Trajectory;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/** What belongs to one list of a replay: its decisions, and the gradient on its way back. */
final class ReplayedList {

  private static final Kernels K = Kernels.best();

  private final Reasoning reasoning;
  private final int width;
  final ReplayedAttention[] layers;

  Trajectory list;
  int tokens;
  int number; // within the batch
  private double coefficient;
  private PolicyLoss loss;
  private float[] thoughts; // values of the reasoning tokens
  private Candidates candidates;
  private int pool;
  private int row; // distance between the rows of scores

  private boolean[] reasoned = new boolean[0]; // whether a token is a reasoning token
  private boolean[] reasons = new boolean[0]; // whether the next one is
  int[] place = new int[0]; // of each token, for its position encoding
  private int[] until = new int[0]; // the last token that sees each token, where some are forgotten
  private int[] chosen = new int[0]; // the item chosen after a token; -1: none
  private double[] logs = new double[0]; // log-probability of what was chosen
  private double[] choiceSlopes = new double[0]; // derivative of the loss by it
  private double[] entropies = new double[0]; // at which it was chosen; only for the bonus
  private float[] query = new float[0]; // [tokens, d]
  private float[] probability = new float[0]; // [tokens, row]
  private float[] dScores = new float[0]; // [tokens, row]
  private final float[] dQuery;
  private final float[] carried; // what a query hands back to the one before
  final float[] dGain; // of reasoning: [d]

  ReplayedList(Reasoning reasoning, int width, int heads, int layers) {
    this.reasoning = reasoning;
    this.width = width;
    this.layers = new ReplayedAttention[layers];
    Arrays.setAll(this.layers, l -> new ReplayedAttention(width, heads));
    dQuery = new float[width];
    carried = new float[width];
    dGain = new float[width];
  }

  /**
   * Begins with a list.
   *
   * @param weight of its log-probability in the loss
   */
  void start(Trajectory trajectory, double weight, Candidates of) {
    list = trajectory;
    thoughts = trajectory.tokens();
    tokens = trajectory.length();
    coefficient = weight;
    candidates = of;
    pool = of.pool;
    row = of.row;
    if (reasoned.length < tokens) {
      reasoned = new boolean[tokens];
      reasons = new boolean[tokens];
      chosen = new int[tokens];
      logs = new double[tokens];
      choiceSlopes = new double[tokens];
      entropies = new double[tokens];
      place = new int[tokens];
      until = new int[tokens];
    }
    for (ReplayedAttention layer : layers) {
      layer.start(tokens);
    }
    query = Buffers.fit(query, tokens * width);
    probability = Buffers.fit(probability, tokens * row);
    dScores = Buffers.fit(dScores, tokens * row);
    int t = 0;
    for (int k = 0; k < list.order().length; k++) {
      int end = t + list.steps()[k];
      for (int m = 0; m <= list.steps()[k]; m++, t++) {
        place[t] = reasoning.gated() ? k : t;
        until[t] = m > 0 ? end : tokens;
        reasoned[t] = m > 0;
        reasons[t] = m < list.steps()[k];
        chosen[t] = reasons[t] ? -1 : list.order()[k];
      }
    }
  }

  /**
   * What the list's choices are to minimise.
   *
   * @param at the list's number within its batch
   */
  void minimise(PolicyLoss of, int at) {
    loss = of;
    number = at;
  }

  /** Log-probabilities of the choices: [K]. */
  double[] choices() {
    double[] found = new double[list.order().length];
    for (int t = 0, k = 0; t < tokens; t++) {
      if (chosen[t] >= 0) {
        found[k++] = logs[t];
      }
    }
    return found;
  }

  /** Takes the reasoning tokens that the last decisions make; returns whether they are others. */
  boolean renew() {
    float[] made = new float[thoughts.length];
    for (int t = 0, m = 0, k = 0; t < tokens; t++) {
      if (!reasons[t]) {
        k++;
        continue;
      }
      int at = m++ * width;
      if (reasoning.token() == ReasoningToken.CONTEXT_AWARE) { // section 4.3.1
        for (int j = 0; j < pool; j++) {
          float share = probability[t * row + j];
          K.addScaled(width, share, candidates.z, candidates.at + j * width, made, at);
        }
        if (reasoning.gated()) {
          K.addScaled(width, 1, query, t * width, made, at);
        }
      } else if (reasoning.token() == ReasoningToken.MEAN) {
        mean(k, made, at);
      } else if (reasoning.token().isControl()) { // the same whatever the weights are
        System.arraycopy(thoughts, at, made, at, width);
      } else {
        System.arraycopy(query, t * width, made, at, width);
      }
    }
    boolean others = !Arrays.equals(made, thoughts);
    thoughts = made;
    return others;
  }

  /** Writes the list's tokens; {@code rows[t]} is a token's place. */
  void writeTokens(float[] into, int[] rows) {
    int recorded = 0;
    int before = 0;
    for (int t = 0; t < tokens; t++) {
      int at = rows[t] * width;
      if (t == 0) {
        System.arraycopy(candidates.sum, 0, into, at, width); // eq. 10
      } else if (reasoned[t]) {
        System.arraycopy(thoughts, recorded++ * width, into, at, width);
      } else {
        System.arraycopy(
            candidates.z, candidates.at + list.order()[before++] * width, into, at, width);
      }
    }
  }

  /** The last token that sees each token; null: all later ones do. */
  int[] until() {
    return reasoning.gated() ? until : null;
  }

  /**
   * Decisions from the layer's outputs; returns the list's loss.
   *
   * @param gain of reasoning, [d]; null without
   */
  double decide(float[] outputs, int[] rows, float[] gain) {
    float half = (float) Math.sqrt(0.5);
    boolean residual = reasoning.query() == QueryUpdate.RESIDUAL;
    for (int t = 0; t < tokens; t++) {
      int at = t * width;
      System.arraycopy(outputs, rows[t] * width, query, at, width);
      if (reasoned[t] && residual) {
        K.addScaled(width, 1, query, at - width, query, at);
        K.scale(width, half, query, at);
      } else if (reasoned[t] && gain != null) {
        for (int i = 0; i < width; i++) {
          query[at + i] = query[at - width + i] + gain[i] * query[at + i];
        }
      }
    }
    K.multiply(
        tokens,
        row,
        width,
        query,
        0,
        width,
        1,
        candidates.columns,
        0,
        row,
        probability,
        0,
        row,
        false);
    double logProbability = 0;
    double other = 0;
    for (int t = 0, k = 0; t < tokens; t++) {
      int at = t * row;
      candidates.addPairs(list.order(), k, probability, at);
      for (int i = 0; i < k; i++) {
        probability[at + list.order()[i]] = Kernels.MASKED;
      }
      Arrays.fill(probability, at + pool, at + row, Kernels.MASKED);
      K.softmax(row, probability, at, inverseTemperature(t)); // eq. 12, 13
      if (chosen[t] >= 0) {
        logs[t] = Logarithm.of(Math.max(probability[at + chosen[t]], 1e-37));
        logProbability += logs[t];
        choiceSlopes[t] = loss.slope(coefficient, number, k, logs[t]);
        if (!loss.plain()) {
          other += loss.of(coefficient, number, k, logs[t]);
        }
        if (loss.bonus() != 0) {
          entropies[t] = entropy(at);
          other -= loss.bonus() * entropies[t];
        }
        k++;
      }
    }
    return loss.plain() ? coefficient * logProbability : other; // eq. 19
  }

  /** Adds the list's share of the gradient of the pair scores, after all tokens have gone back. */
  void pairsBack(double[] into) {
    for (int t = 0, k = 0; t < tokens; t++) {
      candidates.pairsBack(list.order(), k, dScores, t * row, into);
      k += chosen[t] >= 0 ? 1 : 0;
    }
  }

  private double entropy(int at) {
    double entropy = 0;
    for (int j = at; j < at + pool; j++) {
      if (probability[j] > 0) {
        entropy -= probability[j] * Logarithm.of(probability[j]);
      }
    }
    return entropy;
  }

  private float inverseTemperature(int t) {
    double temperature =
        reasons[t] ? reasoning.reasoningTemperature() : reasoning.recommendingTemperature();
    return (float) (1 / (Math.sqrt(width) * temperature));
  }

  void startBack() {
    Arrays.fill(carried, 0);
    Arrays.fill(dGain, 0);
    for (ReplayedAttention layer : layers) {
      layer.startBack();
    }
  }

  /**
   * The gradient of a token's layer output.
   *
   * @param outputs of the layer; this token's at {@code at}, where its gradient goes in dOutput
   * @param gain of reasoning, [d]; null without
   * @param dNext gradient of the next token, where that is a reasoning token
   */
  void decisionBack(
      int t, float[] outputs, float[] gain, float[] dNext, int dNextAt, float[] dOutput, int at) {
    float inverse = inverseTemperature(t);
    System.arraycopy(carried, 0, dQuery, 0, width);
    int scores = t * row;
    if (chosen[t] >= 0) {
      System.arraycopy(probability, scores, dScores, scores, row);
      K.scale(row, (float) -choiceSlopes[t] * inverse, dScores, scores);
      dScores[scores + chosen[t]] += (float) choiceSlopes[t] * inverse;
      if (loss.bonus() != 0) {
        bonusBack(t, inverse);
      }
    } else if (reasoning.token() == ReasoningToken.CONTEXT_AWARE) { // section 4.3.1
      K.multiply(
          1,
          row,
          width,
          dNext,
          dNextAt,
          width,
          1,
          candidates.columns,
          0,
          row,
          dScores,
          scores,
          row,
          false);
      K.softmaxGradient(row, inverse, probability, scores, dScores, scores);
      if (gain != null) { // the query is a part of the token
        K.addScaled(width, 1, dNext, dNextAt, dQuery, 0);
      }
    } else {
      Arrays.fill(dScores, scores, scores + row, 0);
      if (reasoning.token() == ReasoningToken.PLAIN) {
        K.addScaled(width, 1, dNext, dNextAt, dQuery, 0);
      }
    }
    K.multiply(
        1,
        width,
        pool,
        dScores,
        scores,
        row,
        1,
        candidates.z,
        candidates.at,
        width,
        dQuery,
        0,
        width,
        true);
    if (reasoned[t] && gain != null) {
      System.arraycopy(dQuery, 0, carried, 0, width);
      for (int i = 0; i < width; i++) {
        dGain[i] += dQuery[i] * outputs[at + i];
        dQuery[i] *= gain[i];
      }
    } else if (reasoned[t] && reasoning.query() == QueryUpdate.RESIDUAL) {
      K.scale(width, (float) Math.sqrt(0.5), dQuery, 0);
      System.arraycopy(dQuery, 0, carried, 0, width);
    } else {
      Arrays.fill(carried, 0);
    }
    System.arraycopy(dQuery, 0, dOutput, at, width);
  }

  /** What the entropy bonus adds: an entropy H falls by p (log p + H) with a score. */
  private void bonusBack(int t, float inverse) {
    for (int j = t * row; j < t * row + pool; j++) {
      if (probability[j] > 0) {
        double up = probability[j] * (Logarithm.of(probability[j]) + entropies[t]);
        dScores[j] += (float) (loss.bonus() * up * inverse);
      }
    }
  }

  /** Adds the list's share of the gradient of its request's candidates, where z has them. */
  void candidatesBack(float[] dTokens, int[] rows, float[] dz) {
    K.multiply(
        pool, width, tokens, dScores, 0, 1, row, query, 0, width, dz, candidates.at, width, true);
    for (int t = 0, k = 0; t < tokens; t++) {
      int at = rows[t] * width;
      if (t == 0) {
        for (int j = 0; j < pool; j++) {
          K.addScaled(width, 1, dTokens, at, dz, candidates.at + j * width);
        }
      } else if (!reasoned[t]) {
        K.addScaled(width, 1, dTokens, at, dz, candidates.at + list.order()[k++] * width);
      } else if (reasoning.token() == ReasoningToken.CONTEXT_AWARE) {
        int before = (t - 1) * row;
        for (int j = 0; j < pool; j++) {
          K.addScaled(width, probability[before + j], dTokens, at, dz, candidates.at + j * width);
        }
      } else if (reasoning.token() == ReasoningToken.MEAN) {
        meanBack(k, dTokens, at, dz);
      }
    }
  }

  /** Adds the mean of the candidates but the first items of the list. */
  private void mean(int taken, float[] into, int at) {
    boolean[] gone = new boolean[pool];
    for (int i = 0; i < taken; i++) {
      gone[list.order()[i]] = true;
    }
    for (int j = 0; j < pool; j++) {
      if (!gone[j]) {
        K.addScaled(width, 1f / (pool - taken), candidates.z, candidates.at + j * width, into, at);
      }
    }
  }

  /** What a mean of the candidates but the first items of the list hands back to them. */
  private void meanBack(int taken, float[] dTokens, int at, float[] dz) {
    float share = 1f / (pool - taken);
    for (int j = 0; j < pool; j++) {
      K.addScaled(width, share, dTokens, at, dz, candidates.at + j * width);
    }
    for (int i = 0; i < taken; i++) {
      K.addScaled(width, -share, dTokens, at, dz, candidates.at + list.order()[i] * width);
    }
  }
}
