package org.eglr.kernel.own;

import java.util.regex.Pattern;

/** {@code display(x)} returns the display's id, which nobody wants to see below the display. */
public final class Echo {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern DISPLAY = Pattern.compile("(?s).*\\bdisplay\\s*\\(.*\\)\\s*;?\\s*");

  private Echo() {}

  /** Whether a cell's result is the id of what it displayed. */
  public static boolean isEcho(String source, Object result) {
    return result instanceof String text
        && ID.matcher(text).matches()
        && DISPLAY.matcher(source).matches();
  }
}
