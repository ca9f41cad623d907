package org.eglr.internal.model;

/** Sees what a list's trace is made of; arrays are reused, so watchers copy what they keep. */
public interface DecisionWatcher {

  /** The decision entropy at a position, in nats: before reasoning, then after each token. */
  void entropy(int position, double nats);

  /** The candidates' weights in the next reasoning token; null for a plain token. */
  void attention(float[] weights);

  /** The choice and the candidates' probabilities. */
  void choice(int position, int item, float[] probability);
}
