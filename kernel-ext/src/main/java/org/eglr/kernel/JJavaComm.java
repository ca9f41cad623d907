package org.eglr.kernel;

import java.util.Map;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;

/** A comm that a kernel opened; its messages carry plain maps, which every JJava writes as JSON. */
final class JJavaComm extends Comm {

  private final JJavaCell cell;
  private final CommListener listener;

  private JJavaComm(BaseKernel kernel, CommOpening opening, JJavaCell cell, CommListener listener) {
    super(kernel.getCommManager(), opening.id(), opening.target());
    this.cell = cell;
    this.listener = listener;
  }

  /** Opens it from the running cell; does nothing in a kernel that hides its channel. */
  static void open(BaseKernel kernel, CommOpening opening, CommListener listener) {
    JJavaCell cell = JJavaCell.running(kernel);
    kernel.getCommManager().registerComm(new JJavaComm(kernel, opening, cell, listener));
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
