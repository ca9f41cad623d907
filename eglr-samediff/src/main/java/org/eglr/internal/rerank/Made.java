package org.eglr.internal.rerank;

import org.eglr.decode.Trace;

/**
 * A list that was made.
 *
 * @param order candidates, indices into the pool: [K]
 * @param log log-probability of each choice: [K]; empty where a model scores the pool
 * @param trace how it was made; without decisions where it was not made item by item or nobody asks
 */
record Made(int[] order, double[] log, Trace trace) {}
