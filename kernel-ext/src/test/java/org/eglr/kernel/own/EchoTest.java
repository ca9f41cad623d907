package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EchoTest {

  private static final String ID = UUID.randomUUID().toString();

  @Test
  void theIdOfADisplayIsNotShown() {
    assertTrue(Echo.isEcho("int a = 1;\ndisplay(a);", ID));
    assertTrue(Echo.isEcho("display (List.of(\n1))", ID));
  }

  @Test
  void otherResultsAre() {
    assertFalse(Echo.isEcho("UUID.randomUUID().toString()", ID));
    assertFalse(Echo.isEcho("display(1) + \"x\"", ID + "x"));
    assertFalse(Echo.isEcho("display(1); \"text\"", "text"));
    assertFalse(Echo.isEcho("display(1)", null));
  }
}
