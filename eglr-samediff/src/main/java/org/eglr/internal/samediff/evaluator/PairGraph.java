package org.eglr.internal.samediff.evaluator;

import org.eglr.data.Vocabulary;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.samediff.Backend;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What pairs of items add to click logits ({@link org.eglr.PairEffects}), forward and back. T
 * tokens of B lists, rows token after token, C channels. How often a row's item meets its like at
 * each distance does not depend on weights: it is an input, [T * B, C * offsets], and the sum over
 * pairs a product of matrices. Factors need one of T x T for each of the few r.
 */
final class PairGraph {

  private static final int OFFSETS = PairFields.OFFSETS;
  private static final int RANK = PairFields.RANK;
  private static final String COUNTS = "pairs";
  private static final String KERNEL = "pairOffsets";

  /** Outputs: gradients of rows of a and b, which {@link #table} sums. */
  static final String LEFT = "pairLeft";

  static final String RIGHT = "pairRight";

  private final EvaluatorGraph graph;
  private final SameDiff sd;
  private final PairFields fields;
  private SDVariable left; // a(k) by factor: [r, T, B]
  private SDVariable right; // b(j)
  private SDVariable distances; // c: [r, k, j]
  private SDVariable sums; // of b around k: [r, T, B]
  private int[] rows; // of the factors' tables: [matches, T * B]

  PairGraph(EvaluatorGraph graph, PairFields fields) {
    this.graph = graph;
    this.fields = fields;
    sd = graph.sd;
  }

  /** Whether there are gradients of rows. */
  boolean factors() {
    return fields.factors();
  }

  // ---- forward

  /** What is added to all rows' click logits: [T * B, 1]. */
  SDVariable term() {
    int columns = fields.channels() * OFFSETS;
    SDVariable weights = sd.expandDims(graph.weight("pair.v"), 1).mul(graph.weight("pair.w"));
    SDVariable channels =
        sd.mmul(graph.input(COUNTS, -1, columns), sd.reshape(weights, columns, 1));
    return fields.factors() ? channels.add(factorTerm()) : channels;
  }

  private SDVariable factorTerm() {
    SDVariable shape = graph.shapeInput("pairTokens", 3);
    left = byFactor(gathered("pair.a"), shape);
    right = byFactor(gathered("pair.b"), shape);
    SDVariable flat = sd.mmul(graph.weight("pair.c"), graph.input(KERNEL, OFFSETS, -1));
    distances = sd.reshape(flat, graph.shapeInput("pairKernels", 3));
    sums = sd.mmul(distances, right);
    SDVariable g = sd.expandDims(graph.weight("pair.g"), 0);
    return sd.reshape(sd.mmul(g, flat(left.mul(sums))), -1, 1);
  }

  /** The sum of the rows that a table has for an item's values: [T * B, r]. */
  private SDVariable gathered(String table) {
    SDVariable sum = null;
    for (int m = 0; m < fields.matches(); m++) {
      SDVariable row = given("pairRow." + m, DataType.INT32);
      SDVariable known = given("pairKnown." + m, graph.type());
      SDVariable values = sd.gatherNd(graph.weight(table), row).mul(known);
      sum = sum == null ? values : sum.add(values);
    }
    return sum;
  }

  /** An input that a and b share. */
  private SDVariable given(String name, DataType type) {
    return sd.hasVariable(name) ? sd.getVariable(name) : sd.placeHolder(name, type, -1, 1);
  }

  private SDVariable byFactor(SDVariable rowsOfFactors, SDVariable shape) {
    return sd.permute(sd.reshape(rowsOfFactors, shape), 2, 0, 1);
  }

  private SDVariable flat(SDVariable byFactor) {
    return sd.reshape(byFactor, RANK, -1);
  }

  // ---- back

  /**
   * @param dClick gradient of all rows' click logits: [T * B, 1]
   */
  void back(SDVariable dClick) {
    SDVariable v = graph.weight("pair.v");
    SDVariable w = graph.weight("pair.w");
    SDVariable counts = sd.getVariable(COUNTS);
    SDVariable dWeights = sd.mmul(counts, dClick, true, false, false);
    SDVariable byChannel = sd.reshape(dWeights, fields.channels(), OFFSETS);
    graph.gradient("pair.v", sd.sum(byChannel.mul(w), 1));
    graph.gradient("pair.w", byChannel.mul(sd.expandDims(v, 1)));
    if (fields.factors()) {
      factorsBack(sd.reshape(dClick, 1, -1));
    }
  }

  private void factorsBack(SDVariable dClick) {
    SDVariable g = graph.weight("pair.g");
    SDVariable products = flat(left.mul(sums));
    graph.gradient("pair.g", sd.reshape(sd.mmul(dClick, products, false, true, false), RANK));
    SDVariable shape = graph.shapeInput("pairSums", 3);
    SDVariable dProducts = sd.reshape(sd.mmul(sd.expandDims(g, 1), dClick), shape);
    SDVariable dSums = dProducts.mul(left);
    SDVariable dDistances = sd.mmul(dSums, right, false, true, false);
    SDVariable kernel = sd.getVariable(KERNEL);
    graph.gradient("pair.c", sd.mmul(flat(dDistances), kernel, false, true, false));
    byRow(dProducts.mul(sums)).rename(LEFT);
    byRow(sd.mmul(distances, dSums, true, false, false)).rename(RIGHT);
  }

  private SDVariable byRow(SDVariable byFactor) {
    return sd.reshape(sd.permute(byFactor, 1, 2, 0), -1, RANK);
  }

  /**
   * The gradient of a factors' table: those of the rows, each added where it was gathered from.
   * ND4J's scattered sums on a GPU lose what meets in a row.
   */
  INDArray table(INDArray ofRows) {
    double[] from = Backend.doubles(ofRows);
    double[] into = new double[fields.factorRows() * RANK];
    int tokens = from.length / RANK;
    for (int i = 0; i < rows.length; i++) {
      for (int r = 0; rows[i] != PairFields.NO_ROW && r < RANK; r++) {
        into[rows[i] * RANK + r] += from[i % tokens * RANK + r];
      }
    }
    return Backend.array(graph.type(), into, fields.factorRows(), RANK);
  }

  // ---- inputs

  /** Sets what the lists' items decide. */
  void set(ListBatch lists) {
    int size = lists.size();
    int tokens = lists.length() + 1;
    int columns = fields.channels() * OFFSETS;
    float[] counts = new float[tokens * size * columns];
    PairFields.Listed items = fields.of(lists);
    int[] ids = new int[lists.length()];
    double[] values = new double[lists.length()];
    int matches = fields.matches();
    for (int b = 0; b < size; b++) {
      int n = lists.lengths()[b];
      for (int m = 0; m < matches; m++) {
        items.ids(b, m, ids, n);
        for (int k = 0; k < n; k++) {
          int at = ((k + 1) * size + b) * columns + m * OFFSETS;
          for (int j = 0; ids[k] != Vocabulary.UNKNOWN && j < n; j++) {
            if (j != k && ids[j] == ids[k]) {
              counts[at + PairFields.offset(j - k)]++;
            }
          }
        }
      }
      for (int h = 0; h < fields.differences(); h++) {
        items.values(b, h, values, n);
        for (int k = 0; k < n; k++) {
          int at = ((k + 1) * size + b) * columns + (matches + h) * OFFSETS;
          for (int j = 0; j < n; j++) {
            if (j != k) {
              counts[at + PairFields.offset(j - k)] +=
                  (float) StrictMath.tanh(values[k] - values[j]);
            }
          }
        }
      }
    }
    graph.set(COUNTS, counts, (long) tokens * size, columns);
    if (fields.factors()) {
      setRows(lists, items, tokens);
    }
  }

  private void setRows(ListBatch lists, PairFields.Listed items, int tokens) {
    int size = lists.size();
    rows = new int[fields.matches() * tokens * size];
    int[] ids = new int[lists.length()];
    for (int m = 0; m < fields.matches(); m++) {
      int[] row = new int[tokens * size]; // the first one where there is none, which does not count
      float[] known = new float[tokens * size];
      for (int i = 0; i < row.length; i++) {
        rows[m * row.length + i] = PairFields.NO_ROW;
      }
      for (int b = 0; b < size; b++) {
        int n = lists.lengths()[b];
        items.ids(b, m, ids, n);
        for (int k = 0; k < n; k++) {
          int at = (k + 1) * size + b;
          int found = fields.row(m, ids[k]);
          if (found != PairFields.NO_ROW) {
            rows[m * row.length + at] = found;
            row[at] = found;
            known[at] = 1;
          }
        }
      }
      graph.setRows("pairRow." + m, row);
      graph.set("pairKnown." + m, known, row.length, 1);
    }
  }

  /** Sets what follows from the number of lists and their padded length. */
  void setSizes(int size, int length) {
    if (!fields.factors()) {
      return;
    }
    int tokens = length + 1;
    graph.setShape("pairTokens", tokens, size, RANK);
    graph.setShape("pairSums", RANK, tokens, size);
    graph.setShape("pairKernels", RANK, tokens, tokens);
    float[] kernel = new float[OFFSETS * tokens * tokens];
    for (int k = 1; k < tokens; k++) {
      for (int j = 1; j < tokens; j++) {
        if (j != k) {
          kernel[(PairFields.offset(j - k) * tokens + k) * tokens + j] = 1;
        }
      }
    }
    graph.set(KERNEL, kernel, OFFSETS, (long) tokens * tokens);
  }
}
