package org.eglr.kernel.jjava;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.CommInfoRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.InterruptRequest;
import org.dflib.jjava.jupyter.messages.request.KernelInfoRequest;
import org.eglr.kernel.widget.Turn;

/** A front end without sockets: sends one request and reads the answer. */
final class Front extends ShellReplyEnvironment {

  private final List<Message<?>> replies = new ArrayList<>();

  private Front(Message<?> request) {
    super(null, null, null, request);
  }

  /** The content of the answer as text. */
  static String ask(EglrKernel kernel, String what, String text) {
    String[] words = text.split(" ", 3);
    Front front;
    switch (what) {
      case "info" -> {
        var request = message(MessageType.KERNEL_INFO_REQUEST, new KernelInfoRequest());
        front = new Front(request);
        kernel.handleKernelInfoRequest(front, request);
      }
      case "comms" -> {
        var request = message(MessageType.COMM_INFO_REQUEST, new CommInfoRequest(null));
        front = new Front(request);
        kernel.handleCommInfoRequest(front, request);
      }
      case "interrupted" -> {
        var request = message(MessageType.INTERRUPT_REQUEST, new InterruptRequest());
        front = new Front(request);
        kernel.handleInterruptRequest(front, request);
      }
      case "execute" -> {
        var content = new ExecuteRequest(text, false, true, Map.of(), false, false);
        var request = message(MessageType.EXECUTE_REQUEST, content);
        front = new Front(request);
        kernel.handleExecuteRequest(front, request);
      }
      default -> {
        var request = message(MessageType.HISTORY_REQUEST, history(words));
        front = new Front(request);
        kernel.handleHistoryRequest(front, request);
      }
    }
    front.resolveDeferrals();
    Turn.end(); // as the kernel's own environment does with what was put off
    return text(front.replies.get(0).getContent());
  }

  private static HistoryRequest history(String[] words) {
    return switch (words[0]) {
      case "tail" -> new HistoryRequest.Tail(false, true, Integer.parseInt(words[1]));
      case "range" ->
          new HistoryRequest.Range(
              true, true, 0, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      default -> new HistoryRequest.Search(false, true, 0, words[1], false);
    };
  }

  private static String text(Object content) {
    if (content instanceof ExecuteReply reply) {
      return "ok " + reply.getExecutionCount();
    }
    return content instanceof ErrorReply error ? "error " + error.getErrorName() : "" + content;
  }

  private static <T> Message<T> message(MessageType<T> type, T content) {
    return new Message<>(new Header<>("reader", type), content);
  }

  @Override
  public void publish(Message<?> message) {
    // Outputs are of no interest here.
  }

  @Override
  public void reply(Message<?> message) {
    replies.add(message);
  }

  /** Nothing is put off: there is nobody who would have to wait. */
  @Override
  public ShellReplyEnvironment defer() {
    return this;
  }
}
