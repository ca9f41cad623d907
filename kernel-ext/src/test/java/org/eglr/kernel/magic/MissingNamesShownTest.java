package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.spi.SPIResolutionException;
import org.eglr.kernel.FakeHost;
import org.eglr.kernel.Installed;
import org.eglr.kernel.Notebook;
import org.eglr.kernel.own.ErrorLines;
import org.junit.jupiter.api.Test;

/** A call of code that lacks a name, as our magics, results and {@code %eglr error} tell of it. */
class MissingNamesShownTest {

  private static final String REASON =
      "half(int) cannot run: there is no variable twoo. Correct the name, or define it.";

  @Test
  void everyPlaceNamesIt() {
    FakeHost host = new FakeHost();
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      host.shell = shell;
      shell.eval("int half(int n) { return n / twoo; }");
      Throwable failure = new SPIResolutionException(1);
      Installed.with(
          host,
          () -> {
            assertEquals(REASON, Failures.describe(failure).getMessage());
            assertEquals(List.of(ErrorLines.red(REASON)), ErrorLines.ofAny(failure));
            Notebook.failed(failure);
            Notebook.line(List.of("error"));
          });
      assertTrue(host.text().startsWith(REASON + "\njdk.jshell.spi.SPIRes"), host.text());
    }
    assertTrue(Failures.describe(new SPIResolutionException(1)).getMessage().contains("expect"));
  }
}
