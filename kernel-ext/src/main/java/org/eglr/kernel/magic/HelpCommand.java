package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eglr.kernel.EglrError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "help", description = "Lists the commands, or explains one.")
final class HelpCommand implements Callable<Object> {

  private final Session session;

  @Parameters(arity = "0..*", paramLabel = "TOPIC", description = "a command: train grpo")
  private List<String> topic = new ArrayList<>();

  HelpCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    CommandLine line = Commands.line(session);
    for (String word : topic) {
      CommandLine next = line.getSubcommands().get(word);
      if (next == null) {
        throw new EglrError(
            "there is no help on '%s'; the topics are %s"
                .formatted(
                    String.join(" ", topic), String.join(", ", line.getSubcommands().keySet())));
      }
      line = next;
    }
    return session.show(HelpView.of(line.getCommandSpec()));
  }
}
