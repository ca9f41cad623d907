package org.eglr.internal.cpu;

import java.util.Arrays;
import org.eglr.data.Vocabulary;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.model.Weights;

/**
 * What pairs of items add to click logits ({@link org.eglr.PairEffects}), and the gradients. Lists
 * are taken one by one: what is added up is short, and in double.
 */
final class PairTerm {

  private static final int OFFSETS = PairFields.OFFSETS;
  private static final int RANK = PairFields.RANK;

  private final PairFields fields;
  private final float[] v; // [channels]
  private final float[] w; // [channels, OFFSETS]
  private final double[] vw; // likewise
  private final float[] g; // [RANK]; null without factors
  private final float[] c; // [RANK, OFFSETS]
  private final float[] a; // [rows, RANK]
  private final float[] b; // likewise
  private int[] ids = new int[0];
  private double[] values = new double[0];
  private double[] term = new double[0];
  private int[] rows = new int[0]; // [matches, positions]
  private double[] left = new double[0]; // a(k): [positions, RANK]
  private double[] right = new double[0]; // b(j)
  private double[] sums = new double[0]; // of b around k

  PairTerm(PairFields fields, Weights weights) {
    this.fields = fields;
    v = weights.data("pair.v").clone();
    w = weights.data("pair.w").clone();
    vw = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      vw[i] = (double) v[i / OFFSETS] * w[i];
    }
    boolean factors = fields.factors();
    g = factors ? weights.data("pair.g").clone() : null;
    c = factors ? weights.data("pair.c").clone() : null;
    a = factors ? weights.data("pair.a").clone() : null;
    b = factors ? weights.data("pair.b").clone() : null;
  }

  /**
   * Adds to the click logits of all lists.
   *
   * @param starts row of each list's cls token, which its items follow
   * @param clicks logits of all rows
   */
  void add(ListBatch lists, int[] starts, float[] clicks) {
    fit(lists.length());
    PairFields.Listed items = fields.of(lists);
    for (int list = 0; list < lists.size(); list++) {
      int n = lists.lengths()[list];
      Arrays.fill(term, 0, n, 0);
      for (int m = 0; m < fields.matches(); m++) {
        items.ids(list, m, ids, n);
        int at = m * OFFSETS;
        for (int k = 1; k < n; k++) {
          for (int j = 0; ids[k] != Vocabulary.UNKNOWN && j < k; j++) {
            if (ids[j] == ids[k]) {
              term[k] += vw[at + PairFields.offset(j - k)];
              term[j] += vw[at + PairFields.offset(k - j)];
            }
          }
        }
      }
      for (int h = 0; h < fields.differences(); h++) {
        items.values(list, h, values, n);
        int at = (fields.matches() + h) * OFFSETS;
        for (int k = 1; k < n; k++) {
          for (int j = 0; j < k; j++) {
            double difference = StrictMath.tanh(values[k] - values[j]);
            term[k] += vw[at + PairFields.offset(j - k)] * difference;
            term[j] -= vw[at + PairFields.offset(k - j)] * difference;
          }
        }
      }
      if (fields.factors()) {
        factors(items, list, n);
        for (int i = 0; i < n * RANK; i++) {
          term[i / RANK] += g[i % RANK] * left[i] * sums[i];
        }
      }
      for (int k = 0; k < n; k++) {
        clicks[starts[list] + 1 + k] += (float) term[k];
      }
    }
  }

  private void fit(int longest) {
    if (term.length < longest) {
      ids = new int[longest];
      values = new double[longest];
      term = new double[longest];
      rows = new int[longest * fields.matches()];
      left = new double[longest * RANK];
      right = new double[longest * RANK];
      sums = new double[longest * RANK];
    }
  }

  /** a, b and the sums of b of one list. */
  private void factors(PairFields.Listed items, int list, int n) {
    Arrays.fill(left, 0, n * RANK, 0);
    Arrays.fill(right, 0, n * RANK, 0);
    for (int m = 0; m < fields.matches(); m++) {
      items.ids(list, m, ids, n);
      for (int k = 0; k < n; k++) {
        int row = fields.row(m, ids[k]);
        rows[m * n + k] = row;
        for (int r = 0; row != PairFields.NO_ROW && r < RANK; r++) {
          left[k * RANK + r] += a[row * RANK + r];
          right[k * RANK + r] += b[row * RANK + r];
        }
      }
    }
    for (int k = 0; k < n; k++) {
      for (int r = 0; r < RANK; r++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          if (j != k) {
            sum += c[r * OFFSETS + PairFields.offset(j - k)] * right[j * RANK + r];
          }
        }
        sums[k * RANK + r] = sum;
      }
    }
  }

  /** The gradients of a part of a batch. */
  void backward(ListBatch lists, int[] starts, float[] dClick, Gradients into) {
    fit(lists.length());
    PairFields.Listed items = fields.of(lists);
    double[] dVw = new double[vw.length];
    FactorGradient factors = fields.factors() ? new FactorGradient() : null;
    for (int list = 0; list < lists.size(); list++) {
      int n = lists.lengths()[list];
      int first = starts[list] + 1;
      for (int m = 0; m < fields.matches(); m++) {
        items.ids(list, m, ids, n);
        int at = m * OFFSETS;
        for (int k = 1; k < n; k++) {
          for (int j = 0; ids[k] != Vocabulary.UNKNOWN && j < k; j++) {
            if (ids[j] == ids[k]) {
              dVw[at + PairFields.offset(j - k)] += dClick[first + k];
              dVw[at + PairFields.offset(k - j)] += dClick[first + j];
            }
          }
        }
      }
      for (int h = 0; h < fields.differences(); h++) {
        items.values(list, h, values, n);
        int at = (fields.matches() + h) * OFFSETS;
        for (int k = 1; k < n; k++) {
          for (int j = 0; j < k; j++) {
            double difference = StrictMath.tanh(values[k] - values[j]);
            dVw[at + PairFields.offset(j - k)] += difference * dClick[first + k];
            dVw[at + PairFields.offset(k - j)] -= difference * dClick[first + j];
          }
        }
      }
      if (factors != null) {
        factors(items, list, n);
        factors.add(n, dClick, first);
      }
    }
    double[] dV = new double[v.length];
    double[] dW = new double[w.length];
    for (int i = 0; i < dVw.length; i++) {
      dV[i / OFFSETS] += dVw[i] * w[i];
      dW[i] = dVw[i] * v[i / OFFSETS];
    }
    into.put("pair.v", dV);
    into.put("pair.w", dW);
    if (factors != null) {
      factors.collect(into);
    }
  }

  /** Of the list whose factors were computed last, summed over lists. */
  private final class FactorGradient {
    private final double[] dG = new double[RANK];
    private final double[] dC = new double[RANK * OFFSETS];
    private final double[] dA = new double[a.length];
    private final double[] dB = new double[b.length];

    void add(int n, float[] dClick, int first) {
      for (int k = 0; k < n; k++) {
        for (int r = 0; r < RANK; r++) {
          int kr = k * RANK + r;
          double d = dClick[first + k];
          dG[r] += d * left[kr] * sums[kr];
          toRows(dA, n, k, r, d * g[r] * sums[kr]);
          double dSum = d * g[r] * left[kr];
          for (int j = 0; j < n; j++) {
            if (j != k) {
              int offset = r * OFFSETS + PairFields.offset(j - k);
              dC[offset] += dSum * right[j * RANK + r];
              toRows(dB, n, j, r, dSum * c[offset]);
            }
          }
        }
      }
    }

    private void toRows(double[] table, int n, int position, int r, double d) {
      for (int m = 0; m < fields.matches(); m++) {
        int row = rows[m * n + position];
        if (row != PairFields.NO_ROW) {
          table[row * RANK + r] += d;
        }
      }
    }

    void collect(Gradients into) {
      into.put("pair.g", dG);
      into.put("pair.c", dC);
      into.put("pair.a", dA);
      into.put("pair.b", dB);
    }
  }
}
