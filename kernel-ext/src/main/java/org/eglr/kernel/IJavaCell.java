package org.eglr.kernel;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.lang.reflect.Field;
import java.util.Map;

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

  /** Sends a message of this cell whose content is a map. */
  void send(MessageType<?> type, Map<String, Object> content, Map<String, Object> metadata) {
    answer(message, type, content, metadata);
  }

  /** Sends an answer to a message, or does nothing where the channel is hidden. */
  @SuppressWarnings("unchecked") // A message's content is written as JSON whatever its class is.
  void answer(
      MessageContext asked,
      MessageType<?> type,
      Map<String, Object> content,
      Map<String, Object> metadata) {
    if (channel != null && asked != null) {
      channel.sendMessage(
          // Not an empty list of blobs: the kernels announce some then, and send none.
          new Message<>(asked, (MessageType<Object>) type, content, null, metadata));
    }
  }

  private static Field commField(String name) throws NoSuchFieldException {
    Field field = CommManager.class.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
