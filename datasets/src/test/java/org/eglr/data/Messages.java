package org.eglr.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Reads the messages of refused input. */
final class Messages {

  private Messages() {}

  /** Requires a {@link DataException} whose message is one line and holds all the parts. */
  static void assertRefused(Executable action, String... parts) {
    String message = assertThrows(DataException.class, action).getMessage();
    assertFalse(message.contains("\n"), message);
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "no '" + part + "' in: " + message);
    }
  }
}
