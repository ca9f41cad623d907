package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
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

  /**
   * The weights on this JVM. Whoever asks does not write to them.
   *
   * @param like parameters of the same names and shapes, in the same order
   */
  Weights like(List<Tensor> like) {
    List<Tensor> all = new ArrayList<>(like.size());
    Iterator<Tensor> of = like.iterator();
    for (float[] data : values.value()) {
      Tensor tensor = of.next();
      all.add(new Tensor(tensor.name(), tensor.shape(), data, tensor.table()));
    }
    return new Weights(all);
  }

  @Override
  public void close() {
    values.destroy();
  }
}
