package org.eglr.kernel.jjava;

import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.RequestType;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.eglr.kernel.Uninterrupted;
import org.eglr.kernel.widget.Turn;

/**
 * The way back of one request's answers: in order with what was printed, whole in spite of
 * interrupts, and with a reply and an idle status at the end whatever happens.
 */
final class CellEnvironment extends ShellReplyEnvironment {

  /** Each try leaves out what failed. */
  private static final int MOST_TRIES = 10;

  private final Runnable sendPrinted;
  private boolean replied;

  /**
   * An environment.
   *
   * @param sendPrinted sends what was printed so far
   */
  CellEnvironment(
      ShellChannel shell,
      StdinChannel stdin,
      JupyterSocket iopub,
      MessageContext request,
      Runnable sendPrinted) {
    super(shell, stdin, iopub, request);
    this.sendPrinted = sendPrinted;
  }

  @Override
  public void publish(Message<?> message) {
    if (!(message.getContent() instanceof PublishStream)) {
      sendPrinted.run();
    }
    Uninterrupted.run(() -> super.publish(message));
  }

  @Override
  public void reply(Message<?> message) {
    super.reply(message);
    replied = true;
  }

  /** Nothing else will answer this request. */
  void failed(Object request, Throwable failure) {
    if (!replied && request instanceof RequestType<?> type) {
      reply(Replies.failed(getContext(), type.getReplyType(), failure));
    }
  }

  @Override
  public void resolveDeferrals() {
    try {
      resolveAll();
    } finally {
      Turn.end();
    }
  }

  private void resolveAll() {
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        super.resolveDeferrals();
        return;
      } catch (Throwable failure) {
        GuardedConnection.warn("an answer could not be sent", failure);
      }
    }
    setStatusIdle(); // Put off once more by a deferral that nothing followed ...
    super.resolveDeferrals();
  }
}
