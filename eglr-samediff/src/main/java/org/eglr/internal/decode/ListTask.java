package org.eglr.internal.decode;

/**
 * One list to write.
 *
 * @param z candidate vectors, row-major [pool, d]; lists of one request share the array
 * @param pool number of candidates
 * @param length number of items to choose
 * @param chooser how an item is chosen
 * @param watcher sees entropies, weights and probabilities as they arise; may be null
 */
public record ListTask(float[] z, int pool, int length, Chooser chooser, DecisionWatcher watcher) {}
