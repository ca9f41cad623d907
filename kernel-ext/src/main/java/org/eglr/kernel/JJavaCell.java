package org.eglr.kernel;

import java.lang.reflect.Field;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;

/**
 * A cell's way to the front end. The kernel's own display stream drops messages once a cell has
 * ended, which an interrupt brings about at once: what training has to say then would be lost. So
 * the channel and the cell's message are taken from the kernel's comm manager.
 */
final class JJavaCell {

  private final BaseKernel kernel;
  private final JupyterSocket channel;
  private final MessageContext message;

  private JJavaCell(BaseKernel kernel, JupyterSocket channel, MessageContext message) {
    this.kernel = kernel;
    this.channel = channel;
    this.message = message;
  }

  static JJavaCell running(BaseKernel kernel) {
    try {
      return new JJavaCell(
          kernel,
          (JupyterSocket) commField("iopub").get(kernel.getCommManager()),
          (MessageContext) commField("context").get(kernel.getCommManager()));
    } catch (ReflectiveOperationException e) {
      return new JJavaCell(kernel, null, null);
    }
  }

  /** Updates a display whose id the data carry. */
  void update(DisplayData data) {
    if (channel == null || message == null) {
      kernel.getIO().display.updateDisplay(data);
    } else {
      channel.sendMessage(
          new Message<>(
              message, PublishUpdateDisplayData.MESSAGE_TYPE, new PublishUpdateDisplayData(data)));
    }
  }

  private static Field commField(String name) throws NoSuchFieldException {
    Field field = CommManager.class.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
