package org.eglr.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;

/** The present values of some weights, broadcast for the jobs of a step. */
final class SentWeights implements Serializable, AutoCloseable {

  private final String key;
  private final Broadcast<float[][]> values;

  /**
   * @param key tells these values from all others
   */
  SentWeights(JavaSparkContext context, String key, List<Tensor> tensors) {
    this.key = key;
    // Copies: in a local session tasks may be given the very arrays.
    values = context.broadcast(tensors.stream().map(t -> t.data().clone()).toArray(float[][]::new));
  }

  String key() {
    return key;
  }

  /** Copies the values to parameters of the same shapes, in the same order. */
  void into(Weights weights) {
    Iterator<Tensor> of = weights.all().iterator();
    for (float[] data : values.value()) {
      System.arraycopy(data, 0, of.next().data(), 0, data.length);
    }
  }

  @Override
  public void close() {
    values.destroy();
  }
}
