package org.eglr.internal.model;

/**
 * Random numbers as a function of a stream and a counter: the same whatever thread asks for them,
 * and in whatever order.
 */
public final class CounterRandom {

  private CounterRandom() {}

  /** A stream for the given coordinates, for instance (seed, step, request, list). */
  public static long stream(long... coordinates) {
    long stream = 0x243F6A8885A308D3L;
    for (long coordinate : coordinates) {
      stream = mix(stream ^ mix(coordinate + 0x9E3779B97F4A7C15L));
    }
    return stream;
  }

  /** Uniform in (0, 1). */
  public static double uniform(long stream, long counter) {
    long bits = mix(stream + (counter + 1) * 0x9E3779B97F4A7C15L);
    return ((bits >>> 12) + 0.5) * 0x1p-52; // 53 bits and a half would round up to 1
  }

  /** Standard normal, of two uniform numbers (Box and Muller). */
  public static double normal(long stream, long counter) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(stream, 2 * counter)));
    return radius * StrictMath.cos(2 * Math.PI * uniform(stream, 2 * counter + 1));
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
