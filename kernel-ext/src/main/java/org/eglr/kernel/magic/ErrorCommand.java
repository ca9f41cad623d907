package org.eglr.kernel.magic;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import jdk.jshell.EvalException;
import org.eglr.kernel.Content;
import org.eglr.kernel.own.ErrorLines;
import picocli.CommandLine.Command;

@Command(name = "error", description = "Shows the whole trace of the last failure.")
final class ErrorCommand implements Callable<Object> {

  private final Session session;

  ErrorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    return session.show(
        Content.text(session.failure().map(this::told).orElse("No command has failed")));
  }

  private String told(Throwable failure) {
    String reason = session.host().missingName(failure).map(text -> text + "\n").orElse("");
    return reason + trace(failure);
  }

  /** Of a failure that cannot tell its own trace, what can be told without it. */
  private static String trace(Throwable failure) {
    try {
      return wholeTrace(failure);
    } catch (RuntimeException | Error unreadable) {
      return String.join("\n", ErrorLines.ofAny(failure));
    }
  }

  private static String wholeTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    String trace = text.toString().stripTrailing();
    // JShell tells the class of what a cell threw beside the exception, not in it.
    for (Throwable cause = failure; cause instanceof EvalException thrown; ) {
      trace =
          trace.replaceFirst(
              "jdk\\.jshell\\.EvalException",
              Matcher.quoteReplacement(thrown.getExceptionClassName()));
      cause = thrown.getCause();
    }
    return trace;
  }
}
