package org.eglr.internal.cpu;

import java.util.LinkedHashMap;
import java.util.Map;

/** Gradients by parameter name. */
final class Gradients {

  private final Map<String, double[]> values = new LinkedHashMap<>();

  void put(String name, float[] from, int at, int size) {
    double[] copy = new double[size];
    for (int i = 0; i < size; i++) {
      copy[i] = from[at + i];
    }
    values.put(name, copy);
  }

  void put(String name, double[] gradient) {
    values.put(name, gradient);
  }

  Map<String, double[]> values() {
    return values;
  }
}
