package org.eglr.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.zeromq.ZMQ;

/** JJava's base kernel without a front end; remembers what it would send. */
final class FakeKernel extends BaseKernel implements AutoCloseable {

  final List<DisplayData> displayed = new ArrayList<>();
  final List<Message<?>> published = new ArrayList<>();
  private final ZMQ.Context sockets = ZMQ.context(1);
  private final IOPubChannel channel =
      new IOPubChannel(sockets, HMACGenerator.NO_AUTH_INSTANCE) {
        @Override
        public synchronized void sendMessage(Message<?> message) {
          published.add(message);
        }
      };

  FakeKernel() {
    super(
        "Fake",
        "1",
        new LanguageInfo("Java", "17", "text/x-java-source", ".java", "java", "java", null),
        List.of(),
        null,
        new JupyterIO(StandardCharsets.UTF_8),
        new CommManager(),
        new Renderer(),
        new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
        new MagicsRegistry(),
        true,
        new StringStyler.Builder().build());
    getCommManager().setIOPubChannel(channel);
    getCommManager()
        .setMessageContext(
            new Message<>(new Header<>("reader", MessageType.EXECUTE_REQUEST), null));
  }

  @Override
  public void display(DisplayData data) {
    displayed.add(data);
  }

  @Override
  public Object evalRaw(String source) {
    throw new UnsupportedOperationException("this kernel runs no code");
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return null;
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    return null;
  }

  @Override
  public String isComplete(String code) {
    return IS_COMPLETE_YES;
  }

  @Override
  public void close() {
    onShutdown(false);
    channel.close();
    sockets.close();
  }
}
