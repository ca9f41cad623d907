package org.eglr.kernel;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotebookTest {

  @AfterEach
  void uninstall() {
    Notebook.uninstall();
  }

  @Test
  void installGivesAKernelMagicsAndRenderersAndUninstallTakesThemBack() {
    FakeHost host = new FakeHost();
    Notebook.install(host);
    assertSame(host, Notebook.host().orElseThrow());
    assertTrue(host.lineMagics.containsKey("eglr") && host.cellMagics.containsKey("eglr"));
    Notebook.uninstall();
    assertTrue(Notebook.host().isEmpty() && host.lineMagics.isEmpty());
  }

  @Test
  void whatCannotBeInstalledWhollyIsNotInstalled() {
    FakeHost host =
        new FakeHost() {
          @Override
          public <T> void registerRenderer(Class<T> type, Function<? super T, Content> view) {
            throw new NoClassDefFoundError("some/Library");
          }
        };
    assertThrows(NoClassDefFoundError.class, () -> Notebook.install(host));
    assertTrue(Notebook.host().isEmpty() && host.lineMagics.isEmpty());
  }
}
