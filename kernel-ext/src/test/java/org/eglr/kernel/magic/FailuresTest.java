package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.eglr.ModelFileException;
import org.eglr.data.DataException;
import org.eglr.kernel.EglrError;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void whatWasSaidIsKept() {
    EglrError known = new EglrError("x");
    assertSame(known, Failures.describe(known));
    assertEquals("u.data, line 3", describe(new DataException("u.data, line 3")));
    assertEquals("setting", describe(new IllegalArgumentException("setting")));
  }

  @Test
  void aMissingFileIsNamed() {
    var missing = new UncheckedIOException(new NoSuchFileException("a/b.eglr"));
    assertEquals("a/b.eglr: there is no such file", describe(missing));
  }

  @Test
  void whatIsWrongWithAFileIsSaidAsItIs() {
    assertEquals(
        "there is no model file x.eglr",
        describe(new ModelFileException("there is no model file x.eglr")));
    assertEquals(
        "u.data: Is a directory",
        describe(
            new UncheckedIOException(new FileSystemException("u.data", null, "Is a directory"))));
  }

  @Test
  void aNameThatTheLocaleCannotWriteHasARemedy() {
    var failure = new InvalidPathException("mödel.eglr", "Malformed input: mödel.eglr");
    assertEquals(
        "'mödel.eglr' is no file name here: Malformed input (this kernel names files in"
            + " ANSI_X3.4-1968); start Jupyter with LC_ALL=C.UTF-8",
        Failures.noPath(failure, "ANSI_X3.4-1968"));
    var nul = new InvalidPathException("a", "Nul character not allowed");
    String expected = "'a' is no file name here: Nul character not allowed";
    assertEquals(expected, Failures.noPath(nul, "UTF-8"));
    String wrapped = describe(new IllegalStateException("picocli's", nul));
    assertTrue(wrapped.startsWith(expected), wrapped);
  }

  /** As a reward of the user's own may throw it. */
  @Test
  void causesThatGoRoundInACircleHaveAnEnd() {
    var failure = new IllegalStateException("reward 'mine' failed");
    failure.initCause(new RuntimeException(failure));
    assertEquals("reward 'mine' failed", describe(failure));
  }

  @Test
  void theUnexpectedSaysWhereToLook() {
    String message = describe(new NullPointerException("x is null"));
    assertTrue(message.startsWith("NullPointerException: x is null."), message);
    assertTrue(message.contains("%eglr error"), message);
    assertTrue(describe(new IllegalStateException()).contains("%eglr error"));
  }

  @Test
  void outOfMemoryHasARemedy() {
    assertTrue(describe(new OutOfMemoryError()).contains("-Xmx"));
  }

  private static String describe(Throwable failure) {
    return Failures.describe(failure).getMessage();
  }
}
