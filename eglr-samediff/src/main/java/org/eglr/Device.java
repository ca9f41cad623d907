package org.eglr;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.eglr.internal.check.Setting;
import org.eglr.internal.samediff.Gpu;

/** Where a model's numbers are computed. */
public enum Device {
  /**
   * On a GPU where this build and machine have one, and the model is 256 wide or wider and has a
   * graph, which decoders of several layers and control tokens do not have; else on the CPU.
   * Sixteen cores were faster than an H100 with every batch of narrower models that was measured
   * (notebooks/gpu-report.md). Lists that are asked for one by one, with their traces, are written
   * on the CPU in any case: see {@link #single}.
   */
  AUTO,
  /** On the CPU, by default with {@link Engine#JAVA}. */
  CPU,
  /** On a GPU, with {@link Engine#SAMEDIFF}; refused where there is none. */
  GPU;

  /** Models of this width and wider are left to a GPU. */
  private static final int WIDE = 256;

  /**
   * The device of a name, in upper or lower case.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Device named(String name) {
    String wanted = String.valueOf(name).toUpperCase(Locale.ROOT);
    boolean known = Arrays.stream(values()).anyMatch(device -> device.name().equals(wanted));
    Setting.require(known, "device", name, "auto, cpu or gpu");
    return valueOf(wanted);
  }

  /**
   * The engine that computes here.
   *
   * @param asked the engine that was asked for, or null
   * @param width of the model
   * @param hasGraph whether {@link Engine#SAMEDIFF} computes it
   * @param gpu looked at only where it matters: looking loads ND4J
   * @throws IllegalArgumentException if that engine does not compute here
   * @throws IllegalStateException if there is no usable GPU but one was asked for
   */
  Engine engine(Engine asked, int width, boolean hasGraph, Supplier<Gpu> gpu) {
    if (this == CPU) {
      boolean elsewhere = asked == Engine.SAMEDIFF && gpu.get().usable();
      Setting.require(!elsewhere, "engine", asked, "JAVA with device cpu: graphs run on the GPU");
      return asked == null ? Engine.JAVA : asked;
    }
    if (this == GPU) {
      Setting.require(asked != Engine.JAVA, "engine", asked, "SAMEDIFF with device gpu");
      gpu.get().require();
      return Engine.SAMEDIFF;
    }
    if (asked != null) {
      return asked;
    }
    boolean suits = width >= WIDE && hasGraph;
    return suits && gpu.get().usable() ? Engine.SAMEDIFF : Engine.JAVA;
  }

  /**
   * The engine that writes single lists and their traces. Left to itself it is plain Java: a list
   * takes a CPU a tenth of a millisecond, a GPU over a thousand launches.
   *
   * @param asked the engine that was asked for, or null
   * @param bulk the engine that does everything else
   */
  Engine single(Engine asked, Engine bulk) {
    return this == AUTO && asked == null ? Engine.JAVA : bulk;
  }
}
