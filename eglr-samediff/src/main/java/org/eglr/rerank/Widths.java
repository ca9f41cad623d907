package org.eglr.rerank;

import org.eglr.internal.check.Setting;

/** Bounds of settings that many models have. */
final class Widths {

  private Widths() {}

  static void require(int width) {
    Setting.require(width >= 1 && width <= 1024, "width", width, "1 to 1024");
  }

  /** With attention, whose heads share the width out. */
  static void require(int width, int heads) {
    require(width);
    Setting.require(heads >= 1 && heads <= 64, "heads", heads, "1 to 64");
    Setting.require(width % heads == 0, "heads", heads, "a divisor of the width, " + width);
  }
}
