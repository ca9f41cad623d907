package org.eglr.internal.model;

import java.util.Arrays;
import org.eglr.data.Request;
import org.eglr.data.Vocabulary;

/**
 * What the items that a list has so far add to the scores of those that remain: the generator's
 * side of {@link org.eglr.PairEffects}. Before the k-th item is chosen, candidate j's logit (eq.
 * 12) gets
 *
 * <pre>
 *   sum over channels c, over items i &lt; k of  u_c[k - i] * phi_c(j, l_i)
 *   phi = 1[x_j = x_i] of a matching field, tanh(x_j - x_i) of a differing one
 * </pre>
 *
 * <p>u starts at 0, so that training starts with the generator of the paper; distances beyond
 * {@link PairFields#REACH} share a weight. What follows an item is not known when it is chosen:
 * kernels have one side only.
 */
public final class PairScores {

  /** The generator's parameter u, stored divided by {@link PairFields#SCALE}: [channels, REACH]. */
  public static final String NAME = "pair.u";

  private static final int REACH = PairFields.REACH;

  private final PairFields fields;
  private final double[] u;

  /**
   * @param stored the parameter's values
   */
  public PairScores(Architecture architecture, double[] stored) {
    fields = new PairFields(architecture);
    u = Arrays.stream(stored).map(value -> value * PairFields.SCALE).toArray();
  }

  /** Those of a generator's weights; null if it has none. */
  public static PairScores of(Architecture architecture, Weights weights) {
    if (!architecture.hasPairScores()) {
      return null;
    }
    float[] stored = weights.data(NAME);
    double[] wide = new double[stored.length];
    Arrays.setAll(wide, i -> stored[i]);
    return new PairScores(architecture, wide);
  }

  /** What scores look at in a request's candidates. */
  public PairFields.Pool pool(Request request) {
    return fields.of(request);
  }

  /** A gradient of the stored parameter, 0 so far: [channels * REACH]. */
  public double[] gradient() {
    return new double[u.length];
  }

  /**
   * Adds to each candidate's logit.
   *
   * @param order indices of the list's items, of which the first {@code chosen} are known
   * @param into at least as long as the pool
   */
  public void add(PairFields.Pool pool, int[] order, int chosen, double[] into) {
    int channel = 0;
    for (int[] ids : pool.ids()) {
      for (int i = 0; i < chosen; i++) {
        int id = ids[order[i]];
        double add = u[at(channel, chosen - i)];
        for (int j = 0; id != Vocabulary.UNKNOWN && j < ids.length; j++) {
          if (ids[j] == id) {
            into[j] += add;
          }
        }
      }
      channel++;
    }
    for (double[] values : pool.values()) {
      for (int i = 0; i < chosen; i++) {
        double value = values[order[i]];
        double times = u[at(channel, chosen - i)];
        for (int j = 0; j < values.length; j++) {
          into[j] += times * StrictMath.tanh(values[j] - value);
        }
      }
      channel++;
    }
  }

  /**
   * The gradient of the stored parameter, from those of the logits.
   *
   * @param slopes of the candidates' logits, before any temperature
   * @param into is added to, a {@link #gradient}
   */
  public void back(PairFields.Pool pool, int[] order, int chosen, double[] slopes, double[] into) {
    int channel = 0;
    for (int[] ids : pool.ids()) {
      for (int i = 0; i < chosen; i++) {
        int id = ids[order[i]];
        double sum = 0;
        for (int j = 0; id != Vocabulary.UNKNOWN && j < ids.length; j++) {
          sum += ids[j] == id ? slopes[j] : 0;
        }
        into[at(channel, chosen - i)] += PairFields.SCALE * sum;
      }
      channel++;
    }
    for (double[] values : pool.values()) {
      for (int i = 0; i < chosen; i++) {
        double sum = 0;
        for (int j = 0; j < values.length; j++) {
          sum += slopes[j] * StrictMath.tanh(values[j] - values[order[i]]);
        }
        into[at(channel, chosen - i)] += PairFields.SCALE * sum;
      }
      channel++;
    }
  }

  private static int at(int channel, int distance) {
    return channel * REACH + Math.min(distance, REACH) - 1;
  }
}
