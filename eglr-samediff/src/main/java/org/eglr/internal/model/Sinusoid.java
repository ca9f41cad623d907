package org.eglr.internal.model;

/** The sinusoidal position encoding that eq. 7 and 11 concatenate to tokens. */
public final class Sinusoid {

  private Sinusoid() {}

  /** Row-major [positions, width]; even columns sine, odd columns cosine. */
  public static float[] rows(int positions, int width) {
    float[] rows = new float[positions * width];
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < width; i += 2) {
        double angle = position * StrictMath.exp(-i * StrictMath.log(10000.0) / width);
        rows[position * width + i] = (float) StrictMath.sin(angle);
        rows[position * width + i + 1] = (float) StrictMath.cos(angle);
      }
    }
    return rows;
  }
}
