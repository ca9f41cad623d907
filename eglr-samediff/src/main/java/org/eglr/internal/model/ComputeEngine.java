package org.eglr.internal.model;

/** Computes with a model's weights; belongs to one thread. */
public interface ComputeEngine extends AutoCloseable {

  /** Takes over the weights' present values. */
  void update(Weights weights);

  @Override
  void close();
}
