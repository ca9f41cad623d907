package org.eglr.internal.model;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.eglr.data.Request;

/**
 * The vectors z = MLP(x) (eq. 9) of a request's candidates: computed when they are first asked for,
 * and then kept. A device that has the feature extractor makes its own of the request instead. May
 * be shared between threads.
 */
public final class CandidateVectors {

  private final Request request;
  private final BiFunction<Request, int[], float[]> features;
  private volatile float[] z;

  /**
   * @param features computes the vectors of some of a request's candidates, row-major [chosen, d]
   */
  public CandidateVectors(Request request, BiFunction<Request, int[], float[]> features) {
    this.request = request;
    this.features = features;
  }

  public Request request() {
    return request;
  }

  /** Number of candidates. */
  public int pool() {
    return request.pool();
  }

  /**
   * A number that is the same whenever the same user and candidates are asked for, in the same
   * order, whatever the length.
   */
  public long identity() {
    return CounterRandom.stream(
        Arrays.hashCode(request.userIds()),
        Arrays.hashCode(request.userValues()),
        Arrays.hashCode(request.itemIds()),
        Arrays.hashCode(request.itemValues()),
        request.pool());
  }

  /** The vectors of all candidates, row-major [pool, d]; always the same array. */
  public float[] all() {
    float[] made = z;
    return made != null ? made : make();
  }

  private synchronized float[] make() {
    if (z == null) {
      z = features.apply(request, IntStream.range(0, request.pool()).toArray());
    }
    return z;
  }

  /** The vectors of some candidates, row-major [chosen, d]; makes no others. */
  public float[] some(int[] chosen) {
    float[] made = z;
    if (made == null) {
      return features.apply(request, chosen);
    }
    int width = made.length / request.pool();
    float[] rows = new float[chosen.length * width];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(made, chosen[i] * width, rows, i * width, width);
    }
    return rows;
  }
}
