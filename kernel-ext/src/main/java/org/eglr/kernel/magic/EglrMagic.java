package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.Host;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * {@code %eglr} and {@code %%eglr}: finds the command, runs it, and turns failures into one line.
 */
public final class EglrMagic {

  private final Session session;
  private final ReentrantLock running = new ReentrantLock();

  public EglrMagic(Host host) {
    this.session = new Session(host);
  }

  /** Runs {@code %eglr arguments}. */
  public Object line(List<String> arguments) {
    return run(() -> execute(Arguments.resolve(arguments, session)));
  }

  /**
   * Runs {@code %%eglr arguments} with one option a line below; without arguments it means {@code
   * model}.
   */
  public Object cell(List<String> arguments, String body) {
    return run(
        () -> {
          List<String> all = new ArrayList<>(arguments.isEmpty() ? List.of("model") : arguments);
          all.addAll(Arguments.ofCell(body));
          return execute(Arguments.resolve(all, session));
        });
  }

  /** Completion and documentation of these commands, with the notebook's variables. */
  public EditorHelp editorHelp() {
    return new EditorHelp(session);
  }

  /** Whether a command is running, or tidying up after an interrupt. */
  public boolean isRunning() {
    return running.isLocked();
  }

  /** Keeps what a cell threw, for {@code %eglr error}. */
  public void failed(Throwable failure) {
    session.failed(failure);
  }

  private Object execute(List<String> arguments) throws Exception {
    CommandLine command = parsed(session, arguments.isEmpty() ? List.of("help") : arguments);
    if (command.isUsageHelpRequested()) {
      return session.show(HelpView.of(command.getCommandSpec()));
    }
    return ((Callable<?>) command.getCommand()).call();
  }

  /** The command of a line with its options set, ready to be called. */
  static CommandLine parsed(Session session, List<String> arguments) {
    ParseResult result = Commands.line(session).parseArgs(arguments.toArray(String[]::new));
    while (result.hasSubcommand() && !result.isUsageHelpRequested()) {
      result = result.subcommand();
    }
    CommandLine command = result.commandSpec().commandLine();
    if (!result.isUsageHelpRequested() && !(command.getCommand() instanceof Callable)) {
      throw new EglrError(
          "%s needs one of %s; %%eglr help %s explains them"
              .formatted(
                  "%" + command.getCommandSpec().qualifiedName(),
                  command.getSubcommands().keySet(),
                  command.getCommandName()));
    }
    return command;
  }

  /** After an interrupt the kernel ends the cell at once, while its magic still tidies up. */
  private Object run(Callable<Object> action) {
    try {
      if (!running.tryLock()) {
        running.lockInterruptibly();
      }
    } catch (InterruptedException e) {
      throw new EglrError("interrupted while the command before was still ending");
    }
    try {
      return action.call();
    } catch (Throwable failure) {
      session.failed(failure);
      throw Failures.describe(failure);
    } finally {
      running.unlock();
    }
  }
}
