package org.eglr.rerank;

import org.eglr.internal.model.Parameter;

/** Where a parameter's first values come from; the model's seed decides the random ones. */
public final class Start {

  private final Parameter.Start kind;
  private final double scale;

  private Start(Parameter.Start kind, double scale) {
    this.kind = kind;
    this.scale = scale;
  }

  /** Uniform between -bound and bound. */
  public static Start uniform(double bound) {
    return new Start(Parameter.Start.UNIFORM, bound);
  }

  /** Normal with mean 0. */
  public static Start normal(double deviation) {
    return new Start(Parameter.Start.NORMAL, deviation);
  }

  /** All the same. */
  public static Start constant(double value) {
    return new Start(Parameter.Start.CONSTANT, value);
  }

  /** A parameter that begins so. */
  public Parameter parameter(String name, int... shape) {
    return new Parameter(name, kind, scale, false, shape);
  }
}
