package org.eglr.kernel.jjava;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.eglr.kernel.own.CellThreads;

/**
 * Our kernel without a front end: reads a request a line, {@code what TAB text}, and answers each
 * with a line; line breaks are written {@code \n}. For OwnKernelTest.
 */
public final class Ask {

  private static EglrKernel kernel;

  private Ask() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    kernel = KernelSetup.start(System.getenv());
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      String[] parts = line.split("\t", 2);
      String answer = answer(parts[0], parts[1].replace("\\n", "\n"));
      answers.println(answer.replace("\n", "\\n"));
      answers.flush();
    }
    System.exit(0);
  }

  private static String answer(String what, String text) throws Exception {
    int cursor = text.codePointCount(0, Math.max(0, text.indexOf('|')));
    String cell = text.replace("|", "");
    return switch (what) {
      case "eval" -> eval(text);
      case "printed" -> printed(text);
      case "interrupt" -> interrupted(text);
      case "stop" -> stopped(text);
      case "complete" -> completion(kernel.complete(cell, cursor));
      case "inspect" -> documentation(kernel.inspect(cell, cursor, false));
      case "isComplete" -> kernel.isComplete(text);
      case "info", "comms", "interrupted", "execute", "history" -> Front.ask(kernel, what, text);
      case "notices" -> String.join("\n", kernel.notices());
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static String eval(String cell) {
    try {
      DisplayData shown = kernel.evalBuilder(cell).resolveMagics().renderResults().eval();
      return shown == null ? "nothing" : String.valueOf(shown.getData(MIMEType.TEXT_PLAIN));
    } catch (Throwable failure) {
      return "error " + String.join("\n", kernel.formatError(failure));
    }
  }

  /** What a cell printed for its error stream. */
  private static String printed(String cell) {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      String answer = eval(cell);
      String text = printed.toString(StandardCharsets.UTF_8).strip();
      return answer.equals("nothing") ? text : text + " | " + answer;
    } finally {
      System.setErr(before);
    }
  }

  private static String interrupted(String cell) throws Exception {
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> eval(cell));
    while (CellThreads.running().isEmpty() && !answer.isDone()) {
      Thread.sleep(5);
    }
    kernel.interrupt();
    return answer.get();
  }

  /** What a front end gets that runs a cell and asks to stop it once its code runs. */
  private static String stopped(String cell) throws Exception {
    Set<CellThreads.Code> before = Set.copyOf(CellThreads.running());
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> Front.ask(kernel, "execute", cell));
    while (before.containsAll(CellThreads.running()) && !answer.isDone()) {
      Thread.sleep(5);
    }
    Front.ask(kernel, "interrupted", "");
    return answer.get();
  }

  /** A stop that comes while nothing of the cell runs; for cells to call. */
  public static void stop() {
    kernel.stops().ask(null);
  }

  private static String completion(ReplacementOptions options) {
    return options == null
        ? "none"
        : "%d %d %s"
            .formatted(
                options.getSourceStart(),
                options.getSourceEnd(),
                String.join(" ", options.getReplacements()));
  }

  private static String documentation(DisplayData data) {
    return data == null
        ? "none"
        : Arrays.asList(data.getData(MIMEType.TEXT_PLAIN), data.getData(MIMEType.TEXT_HTML))
            .toString();
  }
}
