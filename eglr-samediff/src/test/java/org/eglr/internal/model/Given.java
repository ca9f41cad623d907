package org.eglr.internal.model;

import java.util.Arrays;
import java.util.List;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;

/** Candidates whose vectors are given, of a request that says nothing else about them. */
public final class Given {

  private static final Schema ONE_VALUE =
      new Schema(List.of(), List.of(), List.of(), List.of(new Scaling("value", 0, 1)));

  private Given() {}

  /**
   * @param z row-major [pool, d]
   */
  public static CandidateVectors candidates(float[] z, int pool) {
    String[] labels = new String[pool];
    Arrays.setAll(labels, String::valueOf);
    Request request =
        new Request(
            ONE_VALUE, new int[0], new float[0], new int[0], new float[pool], pool, pool, labels);
    int width = z.length / pool;
    return new CandidateVectors(
        request,
        (r, chosen) -> {
          float[] rows = new float[chosen.length * width];
          for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(z, chosen[i] * width, rows, i * width, width);
          }
          return rows;
        });
  }
}
