package org.eglr.kernel.jjava;

import java.util.HashMap;
import java.util.Map;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;

/** The answer to a cell that was not run, for which JJava has no class. */
final class Aborted {

  private Aborted() {}

  @SuppressWarnings("unchecked") // A message's content is written as JSON whatever its class is.
  static Message<Object> reply(MessageContext request, int count) {
    MessageType<Object> type = (MessageType<Object>) (MessageType<?>) ExecuteReply.MESSAGE_TYPE;
    Map<String, Object> content = new HashMap<>();
    content.put("status", "aborted");
    content.put("execution_count", count);
    return new Message<>(request, type, content);
  }
}
