package org.eglr.kernel;

import java.util.List;
import java.util.Optional;
import org.eglr.kernel.magic.EditorHelp;
import org.eglr.kernel.magic.EglrMagic;
import org.eglr.kernel.view.Renderers;

/** The notebook kernel this Java process serves, if any. */
public final class Notebook {

  private static Host host;
  private static EglrMagic magic;

  private Notebook() {}

  /** Gives a kernel the magics and renderers. */
  static synchronized void install(Host kernel) {
    QuietLogging.apply();
    Renderers.register(kernel);
    magic = new EglrMagic(kernel);
    kernel.registerLineMagic("eglr", magic::line);
    kernel.registerCellMagic("eglr", magic::cell);
    kernel.registerCellMagic("check", Notebook::checkElsewhere);
    host = kernel;
  }

  static synchronized void uninstall() {
    if (host != null) {
      host.close();
      host = null;
      magic = null;
    }
  }

  /** The kernel; empty outside of a notebook. */
  public static synchronized Optional<Host> host() {
    return Optional.ofNullable(host);
  }

  /**
   * Runs {@code %eglr arguments} for its value, as in {@code Splits data = %eglr data ml-100k}.
   *
   * @param <T> the type that the cell assigns to
   */
  @SuppressWarnings("unchecked") // The cell says what it expects, as with any cast.
  public static <T> T line(List<String> arguments) {
    return (T) magic().line(arguments);
  }

  /**
   * Our kernel compiles checks with the cell; others hand over text, which nothing here compiles.
   */
  private static Object checkElsewhere(List<String> arguments, String body) {
    throw new EglrError(
        "%%check needs our kernel: ./eglr lab has it, ./eglr kernel install gives it");
  }

  /** Completion and documentation of the magics; empty outside of a notebook. */
  public static synchronized Optional<EditorHelp> editorHelp() {
    return Optional.ofNullable(magic).map(EglrMagic::editorHelp);
  }

  /** Whether an {@code %eglr} command is running or tidying up after an interrupt. */
  public static synchronized boolean commandRuns() {
    return magic != null && magic.isRunning();
  }

  /** Keeps what a cell threw, for {@code %eglr error}. */
  public static synchronized void failed(Throwable failure) {
    if (magic != null) {
      magic.failed(failure);
    }
  }

  /**
   * Why code of a cell failed, where the reason is a name that nothing defines; empty for any other
   * reason, and outside of a notebook.
   */
  public static Optional<String> missingName(Throwable failure) {
    return host().flatMap(kernel -> kernel.missingName(failure));
  }

  private static synchronized EglrMagic magic() {
    if (magic == null) {
      throw new EglrError("%eglr is not available in this kernel");
    }
    return magic;
  }
}
