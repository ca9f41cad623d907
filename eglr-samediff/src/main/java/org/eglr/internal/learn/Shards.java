package org.eglr.internal.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts a batch into parts of fixed size and adds up what they return, in order. */
public final class Shards {

  private Shards() {}

  /** Number of parts of at most {@code part} entries. */
  public static int count(int size, int part) {
    return (size + part - 1) / part;
  }

  /** The sum of each parameter's gradients, part after part. */
  public static Map<String, double[]> sum(List<Map<String, double[]>> parts) {
    Map<String, double[]> sum = new LinkedHashMap<>();
    for (Map<String, double[]> part : parts) {
      part.forEach(
          (name, gradient) -> {
            double[] total = sum.computeIfAbsent(name, n -> new double[gradient.length]);
            for (int i = 0; i < total.length; i++) {
              total[i] += gradient[i];
            }
          });
    }
    return sum;
  }
}
