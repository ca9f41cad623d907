package org.eglr.internal.model;

import java.util.Map;
import java.util.stream.IntStream;

/** Computes with the evaluator (eq. 6-8); belongs to one thread. */
public interface EvaluatorEngine extends ComputeEngine {

  /**
   * Scores lists.
   *
   * @param lists the lists in display order
   * @param items the items that they have
   * @param rows the row of the item at each position, any at padding: [B * K]
   */
  default Scores score(ListBatch lists, ItemVectors items, int[] rows) {
    return score(lists, items.values(), rows);
  }

  /**
   * Scores lists.
   *
   * @param lists the lists in display order
   * @param z candidate vectors: [M * d]
   * @param rows the candidate at each position, any at padding: [B * K]
   */
  Scores score(ListBatch lists, float[] z, int[] rows);

  /**
   * Scores lists.
   *
   * @param lists the lists in display order
   * @param z candidate vectors of all positions, padding included: [B * K * d]
   */
  default Scores score(ListBatch lists, float[] z) {
    return score(lists, z, IntStream.range(0, lists.size() * lists.length()).toArray());
  }

  /**
   * Loss (eq. 15-17) and gradients of a part of a batch.
   *
   * @param lists the lists in display order, padded to equal length
   * @param x feature rows of all positions, padding included: [B * K * inputWidth]
   * @param batch number of lists of the whole batch, over which the loss is a mean
   */
  Result train(ListBatch lists, float[] x, int batch);

  /**
   * The same with some values dropped.
   *
   * @param dropout null: none is
   */
  default Result train(ListBatch lists, float[] x, int batch, Dropout dropout) {
    if (dropout != null) {
      throw new UnsupportedOperationException("this engine drops no values");
    }
    return train(lists, x, batch);
  }

  /**
   * @param click click logits [B * K], row-major; meaningless behind a list's end
   * @param value list logits [B]
   */
  record Scores(double[] click, double[] value) {}

  /**
   * @param clickLoss eq. 15, this part's share of the batch mean
   * @param valueLoss eq. 16, likewise
   * @param gradients by parameter
   * @param features gradient of the feature rows
   */
  record Result(
      double clickLoss, double valueLoss, Map<String, double[]> gradients, double[] features) {}
}
