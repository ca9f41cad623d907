package org.eglr.kernel.magic;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.eglr.kernel.Content;
import picocli.CommandLine.Command;

@Command(name = "error", description = "Shows where in the code the last failed command failed.")
final class ErrorCommand implements Callable<Object> {

  private final Session session;

  ErrorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    return session.show(
        Content.text(session.failure().map(ErrorCommand::trace).orElse("No command has failed")));
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString().stripTrailing();
  }
}
