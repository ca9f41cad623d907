package org.eglr.rerank;

/**
 * Where a parameter's first values come from; the model's seed decides the random ones.
 *
 * @param scale bound, deviation or value
 */
public record Start(Kind kind, double scale) {

  /** How values are drawn. */
  public enum Kind {
    /** Between minus the scale and the scale. */
    UNIFORM,
    /** With mean 0 and the scale as deviation. */
    NORMAL,
    /** All are the scale. */
    CONSTANT
  }

  /** Uniform between -bound and bound. */
  public static Start uniform(double bound) {
    return new Start(Kind.UNIFORM, bound);
  }

  /** Normal with mean 0. */
  public static Start normal(double deviation) {
    return new Start(Kind.NORMAL, deviation);
  }

  /** All the same. */
  public static Start constant(double value) {
    return new Start(Kind.CONSTANT, value);
  }
}
