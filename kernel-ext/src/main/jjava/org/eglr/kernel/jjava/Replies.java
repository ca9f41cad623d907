package org.eglr.kernel.jjava;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.CommInfoReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.reply.HistoryReply;
import org.dflib.jjava.jupyter.messages.reply.InterruptReply;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;
import org.dflib.jjava.jupyter.messages.reply.ShutdownReply;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.eglr.kernel.own.CellHistory;
import org.eglr.kernel.own.ErrorLines;

/**
 * Answers for which JJava has no class, or one without the {@code status} that the protocol asks
 * for since version 5.0.
 */
final class Replies {

  /** What JJava speaks. */
  private static final String PROTOCOL = "5.3";

  private Replies() {}

  /** For a cell that was not run. */
  static Message<Object> aborted(MessageContext request, int count) {
    Map<String, Object> content = new HashMap<>();
    content.put("status", "aborted");
    content.put("execution_count", count);
    return message(request, ExecuteReply.MESSAGE_TYPE, content);
  }

  static Message<Object> info(MessageContext request, EglrKernel kernel) {
    Map<String, Object> content = ok();
    content.put("protocol_version", PROTOCOL);
    content.put("implementation", kernel.getName());
    content.put("implementation_version", kernel.getVersion());
    content.put("language_info", kernel.getLanguageInfo());
    content.put("banner", kernel.getBanner());
    content.put("help_links", kernel.getHelpLinks());
    return message(request, KernelInfoReply.MESSAGE_TYPE, content);
  }

  /**
   * The open comms.
   *
   * @param target only those of this name; null for all
   */
  static Message<Object> comms(MessageContext request, CommManager manager, String target) {
    Map<String, Object> found = new LinkedHashMap<>();
    for (Comm comm : manager) {
      if (target == null || target.equals(comm.getTargetName())) {
        found.put(comm.getID(), Map.of("target_name", comm.getTargetName()));
      }
    }
    Map<String, Object> content = ok();
    content.put("comms", found);
    return message(request, CommInfoReply.MESSAGE_TYPE, content);
  }

  static Message<Object> history(
      MessageContext request, HistoryRequest asked, CellHistory history) {
    List<List<Object>> entries =
        find(asked, history).stream().map(cell -> cell.entry(asked.includeOutput())).toList();
    Map<String, Object> content = ok();
    content.put("history", entries);
    return message(request, HistoryReply.MESSAGE_TYPE, content);
  }

  static Message<Object> interrupted(MessageContext request) {
    return message(request, InterruptReply.MESSAGE_TYPE, ok());
  }

  static Message<Object> shutDown(MessageContext request, boolean restart) {
    Map<String, Object> content = ok();
    content.put("restart", restart);
    return message(request, ShutdownReply.MESSAGE_TYPE, content);
  }

  /** For a request that failed where nothing else answers it. */
  static Message<Object> failed(MessageContext request, MessageType<?> reply, Throwable failure) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("status", "error");
    content.put("ename", failure.getClass().getSimpleName());
    content.put("evalue", ErrorLines.message(failure).orElse(""));
    content.put("traceback", ErrorLines.ofAny(failure));
    return message(request, reply, content);
  }

  private static List<CellHistory.Cell> find(HistoryRequest asked, CellHistory history) {
    if (asked instanceof HistoryRequest.Tail tail) {
      return history.tail(tail.getMaxReturnLength());
    }
    if (asked instanceof HistoryRequest.Range range) {
      return history.range(range.getSessionIndex(), range.getStart(), range.getStop());
    }
    HistoryRequest.Search search = (HistoryRequest.Search) asked;
    return history.search(search.getPattern(), search.getMaxReturnLength(), search.filterUnique());
  }

  private static Map<String, Object> ok() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("status", "ok");
    return content;
  }

  @SuppressWarnings("unchecked") // A message's content is written as JSON whatever its class is.
  private static Message<Object> message(
      MessageContext request, MessageType<?> type, Map<String, Object> content) {
    return new Message<>(request, (MessageType<Object>) type, content);
  }
}
