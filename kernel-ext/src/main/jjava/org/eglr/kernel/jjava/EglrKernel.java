package org.eglr.kernel.jjava;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.reply.HistoryReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import org.dflib.jjava.kernel.execution.EvaluationInterruptedException;
import org.eglr.kernel.Content;
import org.eglr.kernel.Notebook;
import org.eglr.kernel.own.CellThreads;
import org.eglr.kernel.own.CodePoints;
import org.eglr.kernel.own.Completion;
import org.eglr.kernel.own.Echo;
import org.eglr.kernel.own.ErrorLines;
import org.eglr.kernel.own.MagicSource;
import org.eglr.kernel.own.QueuedCells;
import org.eglr.kernel.view.Html;

/**
 * JJava's kernel with help on the magics in the editor, traces that end at the user's code, and
 * extensions that cannot take it down.
 */
public final class EglrKernel extends JavaKernel {

  /** How long an interrupted cell may take to tidy up before the front end hears of its end. */
  private static final long TIDY_MILLIS = 900;

  private static final int MOST_BROKEN_EXTENSIONS = 100;

  private static final Pattern MAGIC_NAME = Pattern.compile("%{1,2}\\w*");

  private final List<String> notices = new ArrayList<>();
  private final QueuedCells queued = new QueuedCells();
  private boolean connected;

  /** When the running cell failed; null if it has not. */
  private Instant failed;

  EglrKernel(EglrKernelBuilder built, JupyterIO io, JShell shell, CodeEvaluator evaluator) {
    super(
        "EGLR",
        built.version(),
        built.language(),
        List.of(
            new HelpLink("EGLR, the paper", "https://arxiv.org/abs/2601.13533"),
            new HelpLink("JJava", "https://github.com/dflib/jjava")),
        built.history(),
        io,
        built.comms(),
        built.renderer(),
        new EglrMagicsResolver(),
        built.magics(),
        built.extensions(),
        built.styler(),
        shell,
        evaluator);
  }

  /** Something to tell the user with the first cell: before that there is no place for it. */
  void notice(String line) {
    notices.add(line);
  }

  /** What there is to tell so far. */
  List<String> notices() {
    return List.copyOf(notices);
  }

  @Override
  public void becomeHandlerForConnection(JupyterConnection connection) {
    super.becomeHandlerForConnection(connection);
    connected = true;
  }

  @Override
  protected Object doEval(String source) {
    if (connected && !notices.isEmpty()) {
      notices.forEach(System.err::println);
      notices.clear();
    }
    try {
      Object result = super.doEval(source);
      return Echo.isEcho(source, result) ? null : result;
    } catch (EvaluationInterruptedException e) {
      throw CellThreads.awaitEnd(TIDY_MILLIS)
          ? new CellInterrupted("Interrupted.")
          : new CellInterrupted(
              "Interrupted, but the cell's code does not heed it and runs on in the background;"
                  + " restarting the kernel ends it.");
    }
  }

  /** Passes over what waits behind a cell that failed or was stopped, where JJava runs it. */
  @Override
  protected synchronized void handleExecuteRequest(
      ShellReplyEnvironment environment, Message<ExecuteRequest> request) {
    if (queued.isPassedOver(request.getHeader().getTimestamp().getDateString(), Instant.now())) {
      environment.setBusyDeferIdle();
      environment.defer().reply(Aborted.reply(environment.getContext(), executionCount.get()));
      return;
    }
    failed = null;
    super.handleExecuteRequest(environment, request);
    if (failed != null && request.getContent().shouldStopOnError()) {
      queued.failed(failed);
    }
  }

  @Override
  protected List<String> formatError(Throwable thrown) {
    failed = Instant.now();
    if (thrown instanceof CellInterrupted || thrown instanceof IllegalArgumentException) {
      return List.of(ErrorLines.red(thrown.getMessage()));
    }
    if (thrown.getCause() instanceof EvalException cause && !ErrorLines.isRefusal(cause)) {
      Notebook.failed(cause);
    }
    return ErrorLines.of(thrown).orElseGet(() -> super.formatError(thrown));
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    int cursor = CodePoints.index(code, at);
    Completion ours =
        Notebook.editorHelp().flatMap(help -> help.complete(code, cursor)).orElse(null);
    if (ours != null) {
      return options(code, ours.texts(), ours.start(), ours.end());
    }
    String line = code.substring(code.lastIndexOf('\n', cursor - 1) + 1, cursor);
    boolean magicName = MAGIC_NAME.matcher(line).matches();
    ReplacementOptions java =
        super.complete(magicName ? code : MagicSource.withoutMagics(code), cursor);
    return java == null
        ? null
        : options(code, java.getReplacements(), java.getSourceStart(), java.getSourceEnd());
  }

  private static ReplacementOptions options(String code, List<String> texts, int start, int end) {
    return new ReplacementOptions(
        texts, CodePoints.count(code, start), CodePoints.count(code, end));
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    int cursor = CodePoints.index(code, at);
    Content ours = Notebook.editorHelp().flatMap(help -> help.inspect(code, cursor)).orElse(null);
    if (ours != null) {
      DisplayData data = new DisplayData();
      ours.data().forEach(data::putData);
      return data;
    }
    if (code.isEmpty()) {
      return null;
    }
    DisplayData java =
        super.inspect(
            MagicSource.withoutMagics(code), Math.min(cursor, code.length() - 1), extraDetail);
    if (java != null) {
      String text = String.valueOf(java.getData(MIMEType.TEXT_PLAIN));
      java.putHTML("<pre>" + Html.escape(text) + "</pre>"); // JJava's has List<String> as a tag.
    }
    return java;
  }

  @Override
  public String isComplete(String code) {
    return super.isComplete(MagicSource.toJava(code));
  }

  /** JJava leaves the question unanswered, and the one who asks waits. */
  @Override
  protected void handleHistoryRequest(
      ShellReplyEnvironment environment, Message<HistoryRequest> request) {
    if (getHistoryManager() == null) {
      environment.setBusyDeferIdle();
      environment.reply(new HistoryReply(List.of()));
    } else {
      super.handleHistoryRequest(environment, request);
    }
  }

  @Override
  protected void installExtensions(ClassLoader loader) {
    Iterator<Extension> found = ServiceLoader.load(Extension.class, loader).iterator();
    for (int broken = 0; broken < MOST_BROKEN_EXTENSIONS; ) {
      try {
        if (!found.hasNext()) {
          return;
        }
        installExtension(found.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        broken++;
        notice("An extension of the kernel could not be loaded: " + e.getMessage());
      }
    }
  }

  @Override
  protected void installExtension(Extension extension) {
    try {
      super.installExtension(extension);
    } catch (Throwable failure) {
      notice(
          "The extension %s is not available: %s"
              .formatted(extension.getClass().getName(), failure));
    }
  }
}
