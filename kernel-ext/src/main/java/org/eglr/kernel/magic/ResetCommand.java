package org.eglr.kernel.magic;

import java.util.List;
import java.util.concurrent.Callable;
import org.eglr.kernel.Content;
import picocli.CommandLine.Command;

@Command(
    name = "reset",
    description = "Empties the variables that %%eglr made, so that their memory is free again.",
    footer = {"eglr = null;"})
final class ResetCommand implements Callable<Object> {

  private final Session session;

  ResetCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    List<String> names = session.forget();
    return session.show(
        Content.text(
            names.isEmpty()
                ? "There was nothing to forget"
                : "Forgot " + String.join(", ", names)));
  }
}
