package org.eglr.kernel.jjava;

import java.lang.reflect.Field;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import org.dflib.jjava.jupyter.channels.HeartbeatChannel;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.Loop;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;

/**
 * JJava's connection with threads that nothing thrown can end: JJava's die of any Error, and the
 * front end would wait forever.
 */
final class GuardedConnection extends JupyterConnection {

  /** More messages than one cell can print, see CellOutput; beyond, ZeroMQ would drop some. */
  private static final int MOST_WAITING = 200_000;

  /** JJava's pause between two looks for a message. */
  private static final long PAUSE_MILLIS = 50;

  private final EglrKernel kernel;

  GuardedConnection(KernelConnectionProperties properties, EglrKernel kernel)
      throws NoSuchAlgorithmException, InvalidKeyException {
    super(properties);
    this.kernel = kernel;
    iopub.setSndHWM(MOST_WAITING);
    kernel.becomeHandlerForConnection(this);
  }

  @Override
  public void connect() {
    super.connect();
    goOn(ShellChannel.class, shell, "ioloop");
    goOn(ShellChannel.class, control, "ioloop");
    goOn(HeartbeatChannel.class, heartbeat, "pulse");
  }

  /** A message that cannot be read, or memory that runs out between messages. */
  private static <T> void goOn(Class<T> type, T channel, String name) {
    try {
      Field loop = type.getDeclaredField(name);
      loop.setAccessible(true);
      ((Loop) loop.get(channel)).onError(GuardedConnection::pause);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JJava has other channels than ours was made for", e);
    }
  }

  private static long pause(Throwable failure) {
    warn("a message could not be handled", failure);
    return PAUSE_MILLIS;
  }

  @Override
  public <T> ShellHandler<T> getHandler(MessageType<T> type) {
    ShellHandler<T> handler = super.getHandler(type);
    return handler == null ? null : (environment, message) -> handle(handler, environment, message);
  }

  private <T> void handle(
      ShellHandler<T> handler, ShellReplyEnvironment environment, Message<T> message) {
    boolean cells = environment.getShell() == shell;
    if (cells) {
      kernel.stops().messageBegins();
    }
    try {
      handler.handle(environment, message);
    } catch (Throwable failure) {
      warn(message.getHeader().getType().getName() + " failed", failure);
      ((CellEnvironment) environment).failed(message.getContent(), failure);
    } finally {
      if (cells) {
        kernel.stops().messageEnds();
      }
    }
  }

  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
    return new CellEnvironment(channel, stdin, iopub, context, kernel::sendPrinted);
  }

  /** In the kernel's log. */
  static void warn(String what, Throwable failure) {
    try {
      System.err.println("EGLR kernel: " + what + ": " + failure);
    } catch (Throwable again) {
      Thread.onSpinWait(); // Its text fails, too, or memory is short.
    }
  }
}
