package org.eglr.internal.math;

/**
 * exp in float arithmetic that has the same form for one number and for a vector: 2^k times a
 * Taylor polynomial of what is left, which is at most log(2)/2; relative error below 3e-7.
 */
final class Exponential {

  static final float LOWEST = -85; // 2^k stays a normal number
  static final float HIGHEST = 88;
  static final float LOG2_E = 1.44269504f;
  // log(2) in two parts, the first exact in few bits
  static final float LOG_2_HIGH = 0.693359375f;
  static final float LOG_2_LOW = -2.12194440e-4f;
  // adding this rounds to a whole number, which then stands in the lowest bits
  static final float ROUND = 0x1.8p23f;
  static final float C6 = 1f / 720;
  static final float C5 = 1f / 120;
  static final float C4 = 1f / 24;
  static final float C3 = 1f / 6;
  static final float C2 = 0.5f;

  private Exponential() {}

  /** e^x; 0 below {@link #LOWEST}. */
  static float of(float x) {
    if (x < LOWEST) {
      return 0;
    }
    float rounded = Math.min(x, HIGHEST) * LOG2_E + ROUND;
    float k = rounded - ROUND;
    float r = Math.min(x, HIGHEST) - k * LOG_2_HIGH - k * LOG_2_LOW;
    float p = ((((C6 * r + C5) * r + C4) * r + C3) * r + C2) * r * r + r + 1;
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(rounded) << 23));
  }
}
