package org.eglr.kernel.view;

import java.util.Locale;

/** Numbers with as many digits as say something. */
public final class Numbers {

  private Numbers() {}

  /** Four significant digits; whole numbers in full; a dash for a missing value. */
  public static String show(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e15) {
      return format("%,.0f", value);
    }
    if (size >= 1e-3 && size < 1e6) {
      int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
      return format("%,." + decimals + "f", value);
    }
    return format("%.3e", value);
  }

  public static String show(long value) {
    return format("%,d", value);
  }

  /** A share as per cent: {@code 12.3 %}. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "–" : format("%.1f %%", 100 * share);
  }

  /** A share in whole per cent: {@code 12 %}; {@code <1 %} for little. */
  public static String roughPercent(double share) {
    return share > 0 && share < 0.005 ? "<1 %" : format("%.0f %%", 100 * share);
  }

  /** A mean and how far it may be off, the mean to the second digit of that. */
  public static String withError(double value, double error) {
    if (!(error > 0) || Double.isInfinite(error)) {
      return show(value);
    }
    int decimals = Math.max(0, Math.min(9, 1 - (int) Math.floor(Math.log10(error))));
    return format("%,." + decimals + "f", value) + " ± " + format("%,." + decimals + "f", error);
  }

  /** A time span: {@code 820 ms}, {@code 12.3 s}, {@code 4 min 05 s}. */
  public static String time(double seconds) {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      return "–";
    }
    if (seconds < 1) {
      return format("%.0f ms", 1000 * seconds);
    }
    if (seconds < 60) {
      return format("%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? format("%d min %02d s", whole / 60, whole % 60)
        : format("%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
