package org.eglr.kernel;

import java.util.Map;
import java.util.function.Consumer;

/** Hears what an object of the front end tells. */
@FunctionalInterface
public interface CommListener {

  /**
   * A message came. Called on the kernel's message thread: nothing may take long there.
   *
   * @param data what it says, read from JSON
   * @param answer sends data back, as an answer to this message
   */
  void received(Map<String, Object> data, Consumer<Map<String, Object>> answer);
}
