package org.eglr.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class PlacesTest {

  @Test
  void what_the_system_says_without_the_names_of_temporary_files() {
    assertEquals("access denied", Places.reason(new AccessDeniedException("m.eglr123.part")));
    assertEquals(
        "No space left on device",
        Places.reason(new FileSystemException("m.eglr123.part", null, "No space left on device")));
    assertEquals(
        "Permission denied",
        Places.reason(new FileNotFoundException("a (b)/m.eglr123.part (Permission denied)")));
    assertEquals("Input/output error", Places.reason(new IOException("Input/output error")));
    assertEquals("EOFException", Places.reason(new EOFException()));
  }
}
