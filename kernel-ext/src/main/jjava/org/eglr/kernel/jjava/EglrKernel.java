package org.eglr.kernel.jjava;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.EvalBuilder;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.CommInfoRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.InterruptRequest;
import org.dflib.jjava.jupyter.messages.request.KernelInfoRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import org.dflib.jjava.kernel.execution.CompilationException;
import org.dflib.jjava.kernel.execution.EvaluationInterruptedException;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.Notebook;
import org.eglr.kernel.own.AsideCall;
import org.eglr.kernel.own.CellHistory;
import org.eglr.kernel.own.CellOutput;
import org.eglr.kernel.own.CellThreads;
import org.eglr.kernel.own.CodePoints;
import org.eglr.kernel.own.Completion;
import org.eglr.kernel.own.Echo;
import org.eglr.kernel.own.ErrorLines;
import org.eglr.kernel.own.InterruptedCell;
import org.eglr.kernel.own.JavaHelp;
import org.eglr.kernel.own.MagicSource;
import org.eglr.kernel.own.MemoryReserve;
import org.eglr.kernel.own.MissingNames;
import org.eglr.kernel.own.PromptedInput;
import org.eglr.kernel.own.QueuedCells;
import org.eglr.kernel.own.RejectedNames;
import org.eglr.kernel.own.StopRequests;
import org.eglr.kernel.own.StopUntilEnd;
import org.eglr.kernel.own.WholeCell;
import org.eglr.kernel.widget.Turn;

/**
 * JJava's kernel with help on the magics in the editor, traces that end at the user's code, and
 * extensions that cannot take it down.
 */
public final class EglrKernel extends JavaKernel {

  private static final int MOST_BROKEN_EXTENSIONS = 100;

  private static final Pattern MAGIC_NAME = Pattern.compile("%{1,2}\\w*");

  private final List<String> notices = new ArrayList<>();
  private final QueuedCells queued = new QueuedCells();
  private final CellHistory history = new CellHistory();
  private boolean connected;

  /** When the running cell failed; null if it has not. */
  private Instant failed;

  /** The text of the running cell's result; null if it has none. */
  private String shown;

  /** What the running cell's code gave is being shown. */
  private boolean evaluated;

  private final CellOutput output = new CellOutput();
  private final StopRequests stops;
  private final JavaHelp javaHelp;

  /** Code that did not end when its cell was stopped. */
  private Set<CellThreads.Code> deaf = Set.of();

  EglrKernel(
      EglrKernelBuilder built,
      JupyterIO io,
      JShell shell,
      CodeEvaluator evaluator,
      StopRequests stops) {
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
    this.stops = stops;
    this.javaHelp = new JavaHelp(shell.sourceCodeAnalysis());
  }

  StopRequests stops() {
    return stops;
  }

  /** Sends what the running cell has printed so far. */
  void sendPrinted() {
    output.flush();
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
    connection.setHandler(MessageType.COMM_INFO_REQUEST, this::handleCommInfoRequest);
    connected = true;
  }

  @Override
  public String getBanner() {
    return "EGLR %s on Java %s; %%eglr help lists its commands"
        .formatted(getVersion(), getLanguageInfo().getVersion());
  }

  @Override
  public <T> EvalBuilder<T> evalBuilder(String source) {
    return new CellEval<>(super.evalBuilder(source), this::shown);
  }

  /** What the front end gets of a result, with no more text than a cell may show. */
  private DisplayData shown(Object result) {
    DisplayData data = result instanceof DisplayData made ? made : rendered(result);
    if (data.getData(MIMEType.TEXT_PLAIN) instanceof String text) {
      data.putText(CellOutput.bounded(text));
    }
    shown = String.valueOf(data.getData(MIMEType.TEXT_PLAIN));
    return data;
  }

  /** A result has code of the user's own, such as toString, which may fail, or never end. */
  private DisplayData rendered(Object result) {
    if (CellThreads.isOne()) {
      return getRenderer().render(result); // for a cell, which is stopped as a whole
    }
    try {
      return AsideCall.of(
          () -> NotShown.unless(() -> getRenderer().render(result)), 0, stops::isStopped, 0);
    } catch (AsideCall.Stopped e) {
      throw interrupted();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // rendering throws no other
    }
  }

  @Override
  protected Object doEval(String source) {
    if (connected && !notices.isEmpty()) {
      notices.forEach(System.err::println);
      notices.clear();
    }
    evaluated = false;
    try {
      Object result = super.doEval(source);
      evaluated = !CellThreads.isOne();
      return Echo.isEcho(source, result) ? null : result;
    } catch (EvaluationInterruptedException e) {
      if (CellThreads.isOne()) {
        throw e; // What a cell evaluates by itself ends with it.
      }
      throw interrupted();
    } catch (RuntimeException e) {
      Throwable thrown = e.getCause() instanceof JShellException cause ? cause : e;
      String missing = new MissingNames(getJShell()).explain(thrown).orElseThrow(() -> e);
      Notebook.failed(thrown);
      if (CellThreads.isOne()) {
        throw new EglrError(missing); // Passes through the cell around it.
      }
      throw new UnresolvedName(missing);
    }
  }

  /** Waits a little for the end of what was stopped. */
  private CellInterrupted interrupted() {
    stops.honoured();
    String message =
        InterruptedCell.message(
            millis -> CellThreads.awaitEnd(millis, deaf),
            Notebook::commandRuns,
            () -> CellThreads.anyTrains(deaf));
    deaf = Set.copyOf(CellThreads.running());
    return new CellInterrupted(message);
  }

  @Override
  protected void replaceOutputStreams(ShellReplyEnvironment environment) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    super.replaceOutputStreams(environment);
    output.begin(
        (error, text) ->
            environment.publish(
                new PublishStream(
                    error ? PublishStream.StreamType.ERR : PublishStream.StreamType.OUT, text)),
        out,
        err);
    System.setOut(output.out());
    System.setErr(output.err());
    System.setIn(new PromptedInput(io.in, output::flush));
  }

  /** Passes over what waits behind a cell that failed or was stopped, where JJava runs it. */
  @Override
  protected synchronized void handleExecuteRequest(
      ShellReplyEnvironment environment, Message<ExecuteRequest> request) {
    if (queued.isPassedOver(request.getHeader().getTimestamp().getDateString(), Instant.now())) {
      environment.setBusyDeferIdle();
      environment.defer().reply(Replies.aborted(environment.getContext(), executionCount.get()));
      return;
    }
    failed = null;
    shown = null;
    MemoryReserve.take();
    ExecuteRequest cell = request.getContent();
    int count = executionCount.get();
    stops.cellBegins(request.getHeader().getTimestamp().getDateString());
    Turn.begin(); // It ends with what is put off, see CellEnvironment.
    try {
      super.handleExecuteRequest(environment, request);
    } catch (Throwable thrown) {
      reply(environment, thrown, count);
    } finally {
      stops.cellEnds();
      output.end();
    }
    if (cell.shouldStoreHistory() && !cell.isSilent()) {
      history.add(count, cell.getCode(), shown);
    }
    if (failed != null && cell.shouldStopOnError()) {
      queued.failed(failed);
    }
  }

  /** JJava catches exceptions only, and formats them where another may be thrown. */
  private void reply(ShellReplyEnvironment environment, Throwable thrown, int count) {
    List<String> lines;
    try {
      lines = formatError(thrown);
    } catch (Throwable again) {
      lines = ErrorLines.ofAny(thrown);
    }
    String name = NotShown.name(thrown);
    String message = ErrorLines.message(thrown).orElse("");
    environment.publish(new PublishError(name, message, lines));
    ErrorReply error = new ErrorReply(name, message, lines);
    error.setExecutionCount(count);
    environment.defer().replyError(ExecuteReply.MESSAGE_TYPE.error(), error);
  }

  @Override
  protected List<String> formatError(Throwable thrown) {
    if (MemoryReserve.isOutOfMemory(thrown)) {
      MemoryReserve.free(); // before anything is allocated
    }
    failed = Instant.now();
    if (thrown instanceof CellInterrupted
        || thrown instanceof UnresolvedName
        || thrown instanceof IllegalArgumentException) {
      return List.of(ErrorLines.red(thrown.getMessage()));
    }
    if (thrown.getCause() instanceof EvalException cause && !ErrorLines.isRefusal(cause)) {
      Notebook.failed(cause);
    }
    if (thrown instanceof NotShown failure) {
      Notebook.failed(failure.getCause());
      return failure.lines();
    }
    if (evaluated) {
      Notebook.failed(thrown);
      List<String> lines = new ArrayList<>(ErrorLines.ofAny(thrown));
      lines.add(0, NotShown.HEADLINE);
      return lines;
    }
    if (thrown instanceof CompilationException rejected) {
      return ofRejected(rejected);
    }
    return ErrorLines.of(thrown)
        .orElseGet(
            () -> thrown instanceof Error ? ErrorLines.ofAny(thrown) : super.formatError(thrown));
  }

  private List<String> ofRejected(CompilationException rejected) {
    Snippet snippet = rejected.getBadSnippetCompilation().snippet();
    List<String> check = RejectedNames.ofCheck(getJShell(), snippet);
    List<String> lines = new ArrayList<>(check.isEmpty() ? super.formatError(rejected) : List.of());
    (check.isEmpty() ? RejectedNames.waiting(getJShell(), snippet) : check)
        .forEach(line -> lines.add(ErrorLines.red(line)));
    return lines;
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
    Content ours =
        Notebook.editorHelp()
            .flatMap(help -> help.inspect(code, cursor))
            .or(() -> javaHelp.inspect(MagicSource.withoutMagics(code), cursor))
            .orElse(null);
    if (ours == null) {
      return null;
    }
    DisplayData data = new DisplayData();
    ours.data().forEach(data::putData);
    return data;
  }

  @Override
  public String isComplete(String code) {
    if (WholeCell.isInvalid(code, getJShell().sourceCodeAnalysis())) {
      return IS_COMPLETE_BAD;
    }
    return WholeCell.isOpenCellMagic(code) ? "" : super.isComplete(MagicSource.toJava(code));
  }

  @Override
  protected void handleKernelInfoRequest(
      ShellReplyEnvironment environment, Message<KernelInfoRequest> request) {
    environment.setBusyDeferIdle();
    environment.reply(Replies.info(environment.getContext(), this));
  }

  @Override
  protected void handleHistoryRequest(
      ShellReplyEnvironment environment, Message<HistoryRequest> request) {
    environment.setBusyDeferIdle();
    environment.reply(Replies.history(environment.getContext(), request.getContent(), history));
  }

  @Override
  protected void handleInterruptRequest(
      ShellReplyEnvironment environment, Message<InterruptRequest> request) {
    environment.setBusyDeferIdle();
    environment.defer().reply(Replies.interrupted(environment.getContext()));
    stops.ask(request.getHeader().getTimestamp().getDateString());
    interrupt();
  }

  @Override
  public void interrupt() {
    StopUntilEnd.start(stops::isStopped, super::interrupt);
    super.interrupt();
    Turn.interrupt();
  }

  @Override
  protected void handleShutdownRequest(
      ShellReplyEnvironment environment, Message<ShutdownRequest> request) {
    boolean restart = request.getContent().isRestart();
    environment.setBusyDeferIdle();
    environment.defer().reply(Replies.shutDown(environment.getContext(), restart));
    onShutdown(restart);
    environment.resolveDeferrals();
    environment.markForShutdown();
  }

  void handleCommInfoRequest(ShellReplyEnvironment environment, Message<CommInfoRequest> request) {
    environment.setBusyDeferIdle();
    environment.reply(
        Replies.comms(
            environment.getContext(), getCommManager(), request.getContent().getTargetName()));
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
