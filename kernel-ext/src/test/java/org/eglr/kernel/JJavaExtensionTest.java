package org.eglr.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JJavaExtensionTest {

  private static final MIMEType HTML = MIMEType.parse(Content.HTML);

  private final FakeKernel kernel = new FakeKernel();

  @AfterEach
  void close() {
    kernel.close();
  }

  @Test
  void theKernelFindsItByItself() throws Exception {
    kernel.onStartup();
    assertTrue(kernel.getMagicsRegistry().getLineMagicNames().contains("eglr"));
    assertTrue(kernel.getMagicsRegistry().getCellMagicNames().contains("eglr"));
    Object result = kernel.getMagicsRegistry().evalLineMagic(kernel, "eglr", List.of("help"));
    assertEquals(null, result, "a value would be shown a second time");
    assertTrue(String.valueOf(kernel.displayed.get(0).getData(HTML)).contains("%eglr train grpo"));
  }

  @Test
  void aRefusalReachesTheKernelAsOneLineWithoutATrace() {
    kernel.onStartup();
    EglrError error =
        assertThrows(
            EglrError.class,
            () -> kernel.getMagicsRegistry().evalLineMagic(kernel, "eglr", List.of("modle")));
    assertEquals(0, error.getStackTrace().length);
    assertTrue(error.getMessage().contains("did you mean model?"), error.getMessage());
  }

  @Test
  void valuesAreRendered() {
    kernel.onStartup();
    DisplayData table = kernel.getRenderer().render(Samples.profile());
    assertTrue(String.valueOf(table.getData(HTML)).contains("<table>"));
    DisplayData chart = kernel.getRenderer().render(Charts.entropy(Samples.profile()));
    assertTrue(chart.hasDataForType(MIMEType.IMAGE_PNG));
    assertFalse(chart.hasDataForType(HTML));
  }

  @Test
  void aViewThatEndsInAnErrorIsAnException() {
    new JJavaHost(kernel)
        .registerRenderer(
            StringBuilder.class,
            text -> {
              throw new StackOverflowError("deep");
            });
    var failure =
        assertThrows(
            IllegalStateException.class, () -> kernel.getRenderer().render(new StringBuilder()));
    assertTrue(failure.getMessage().contains("StackOverflowError: deep"), failure.getMessage());
  }

  @Test
  void displaysAreUpdatedInPlaceAlsoWhenTheCellHasEnded() {
    Display display = new JJavaHost(kernel).show(Content.text("first"));
    Thread.currentThread().interrupt();
    display.update(Content.text("second"));
    assertTrue(Thread.interrupted(), "the interrupt is kept");
    Message<?> message = kernel.published.get(0);
    var update = assertInstanceOf(PublishUpdateDisplayData.class, message.getContent());
    assertEquals(kernel.displayed.get(0).getDisplayId(), update.getDisplayId());
    assertEquals("second", update.getData(MIMEType.TEXT_PLAIN));
    assertTrue(message.hasParentHeader(), "without it no front end finds the cell");
  }

  @Test
  void uninstallTakesMagicsAndRenderersBack() {
    kernel.onStartup();
    kernel.onShutdown(false);
    assertFalse(kernel.getMagicsRegistry().getLineMagicNames().contains("eglr"));
    assertFalse(kernel.getMagicsRegistry().getCellMagicNames().contains("eglr"));
    assertFalse(kernel.getRenderer().render(Samples.profile()).hasDataForType(HTML));
    assertTrue(Notebook.host().isEmpty());
    kernel.onStartup();
    assertTrue(kernel.getMagicsRegistry().getLineMagicNames().contains("eglr"), "again");
  }

  @Test
  void aBrokenInstallPrintsOneLineAndLetsTheKernelLive() {
    String text = Printed.by(() -> new JJavaExtension().install(null));
    assertTrue(text.startsWith("EGLR: %eglr is not available: "), text);
    assertEquals(1, text.lines().count());
  }
}
