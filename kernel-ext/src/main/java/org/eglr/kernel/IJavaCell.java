package org.eglr.kernel;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.lang.reflect.Field;

/**
 * A cell's way to the front end; as {@link JJavaCell}, for IJava. The kernel's own display stream
 * drops messages once a cell has ended, which an interrupt brings about at once: what training has
 * to say then would be lost. So the channel and the cell's message are taken from the kernel's comm
 * manager.
 */
final class IJavaCell {

  private final BaseKernel kernel;
  private final JupyterSocket channel;
  private final MessageContext message;

  private IJavaCell(BaseKernel kernel, JupyterSocket channel, MessageContext message) {
    this.kernel = kernel;
    this.channel = channel;
    this.message = message;
  }

  static IJavaCell running(BaseKernel kernel) {
    try {
      return new IJavaCell(
          kernel,
          (JupyterSocket) commField("iopub").get(kernel.getCommManager()),
          (MessageContext) commField("context").get(kernel.getCommManager()));
    } catch (ReflectiveOperationException e) {
      return new IJavaCell(kernel, null, null);
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
