package org.eglr.internal.check;

/** Refuses settings that are out of range. */
public final class Setting {

  private Setting() {}

  /**
   * Refuses a setting.
   *
   * @throws IllegalArgumentException naming the setting, its value and what is allowed
   */
  public static void require(boolean valid, String setting, Object value, String allowed) {
    if (!valid) {
      throw new IllegalArgumentException(
          "setting '%s' is %s; allowed: %s".formatted(setting, value, allowed));
    }
  }
}
