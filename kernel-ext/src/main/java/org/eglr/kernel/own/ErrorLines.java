package org.eglr.kernel.own;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jdk.jshell.EvalException;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.Notebook;

/**
 * What a notebook shows of an exception: one red line for a refusal of ours; for other exceptions
 * also where in the user's code it came from, without the frames of the kernel below.
 */
public final class ErrorLines {

  private static final String RED = "\033[31m";
  private static final String PLAIN = "\033[0m";

  /** Frames of libraries shown above the user's code; the first ones say what was called. */
  private static final int LIBRARY_FRAMES = 3;

  private static final int USER_FRAMES = 10;

  private static final int MOST_MESSAGE = 10_000;

  private ErrorLines() {}

  /** The lines for what a cell threw; empty if it is not an exception of a cell's code. */
  public static Optional<List<String>> of(Throwable thrown) {
    Throwable failure =
        thrown instanceof RuntimeException && thrown.getCause() instanceof EvalException cause
            ? cause
            : thrown;
    return failure instanceof EvalException known ? Optional.of(lines(known)) : Optional.empty();
  }

  /**
   * The lines for anything thrown, whatever its message does: what it is, and where in the user's
   * code or right above it.
   */
  public static List<String> ofAny(Throwable thrown) {
    Optional<String> missing = Notebook.missingName(thrown);
    if (missing.isPresent()) {
      return List.of(red(missing.get()));
    }
    List<String> lines = new ArrayList<>();
    lines.add(red(thrown.getClass().getName() + message(thrown).map(": "::concat).orElse("")));
    StackTraceElement[] trace = trace(thrown);
    int users = 0;
    for (int i = 0; i < trace.length && users < USER_FRAMES; i++) {
      boolean user = isUsers(trace[i]);
      users += user ? 1 : 0;
      if (user || i < LIBRARY_FRAMES) {
        lines.add("    at " + frame(trace[i]));
      }
    }
    return ended(lines, thrown);
  }

  /** A user's exception may have its own idea of that, too. */
  private static StackTraceElement[] trace(Throwable thrown) {
    try {
      StackTraceElement[] trace = thrown.getStackTrace();
      return trace == null || Arrays.asList(trace).contains(null)
          ? new StackTraceElement[0]
          : trace;
    } catch (Throwable failure) {
      return new StackTraceElement[0];
    }
  }

  /** The message of anything thrown, cut where it is very long; empty where there is none. */
  public static Optional<String> message(Throwable thrown) {
    try {
      return Optional.ofNullable(thrown.getMessage()).map(ErrorLines::cut);
    } catch (Throwable failure) {
      return Optional.of("(its message cannot be read: " + failure.getClass().getName() + ")");
    }
  }

  private static String cut(String message) {
    return message.length() <= MOST_MESSAGE
        ? message
        : String.format(
            Locale.ROOT,
            "%s... (%,d more characters)",
            message.substring(0, MOST_MESSAGE),
            message.length() - MOST_MESSAGE);
  }

  /** A line in red. */
  public static String red(String text) {
    return RED + text + PLAIN;
  }

  /** Whether it is a refusal of ours, whose message says everything. */
  public static boolean isRefusal(Throwable failure) {
    return failure instanceof EvalException known
        && EglrError.class.getName().equals(known.getExceptionClassName());
  }

  private static List<String> lines(EvalException failure) {
    if (isRefusal(failure)) {
      return failure.getMessage().lines().map(ErrorLines::red).toList();
    }
    List<String> lines = new ArrayList<>();
    String said = "";
    Throwable next = failure;
    while (next instanceof EvalException known && lines.size() < 100) {
      String headline = headline(known);
      if (!said.endsWith(String.valueOf(known.getMessage()))) {
        lines.add(red(said.isEmpty() ? headline : "Caused by: " + headline));
        frames(known.getStackTrace(), lines);
        said = headline;
      }
      next = known.getCause();
    }
    return ended(lines, failure);
  }

  private static List<String> ended(List<String> lines, Throwable failure) {
    if (MemoryReserve.isOutOfMemory(failure)) {
      lines.add(MemoryReserve.remedy());
    }
    lines.add("(%eglr error shows the whole trace)");
    return lines;
  }

  private static String headline(EvalException failure) {
    String name = failure.getExceptionClassName();
    String message = failure.getMessage();
    boolean said = message != null && !message.equals("null");
    return said ? name + ": " + cut(message) : name;
  }

  /**
   * JShell gives the user's frames the file name {@code #N}, N being the number of the snippet.
   * What is between a magic and its cell is of no interest: the cell's line is the magic's.
   */
  private static void frames(StackTraceElement[] trace, List<String> lines) {
    int last = trace.length - 1;
    while (last >= 0 && !isUsers(trace[last])) {
      last--;
    }
    if (last > 0 && Arrays.stream(trace, 0, last).anyMatch(ErrorLines::isMagicCall)) {
      last = users(trace, last) > 1 ? last : -1;
      trace = last < 0 ? new StackTraceElement[0] : trace;
    }
    int library = 0;
    int users = 0;
    int left = 0;
    for (int i = 0; i <= last; i++) {
      boolean user = isUsers(trace[i]);
      if (user ? users++ < USER_FRAMES || i == last : users == 0 && library++ < LIBRARY_FRAMES) {
        left(left, lines);
        left = 0;
        lines.add("    at " + frame(trace[i]));
      } else {
        left++;
      }
    }
    if (last < 0 && trace.length > 0) {
      lines.add("    at " + frame(trace[0]));
    }
  }

  private static void left(int frames, List<String> lines) {
    if (frames > 0) {
      lines.add("    ... %d more".formatted(frames));
    }
  }

  private static boolean isMagicCall(StackTraceElement frame) {
    return frame.getClassName().equals("org.dflib.jjava.jupyter.kernel.BaseNotebookStatics");
  }

  private static long users(StackTraceElement[] trace, int last) {
    return Arrays.stream(trace, 0, last + 1).filter(ErrorLines::isUsers).count();
  }

  private static boolean isUsers(StackTraceElement frame) {
    return frame.getFileName() != null && frame.getFileName().startsWith("#");
  }

  private static String frame(StackTraceElement frame) {
    if (!isUsers(frame)) {
      return frame.toString();
    }
    String method = frame.getMethodName();
    boolean cell = method.isEmpty() || method.equals("do_it$");
    String owner = frame.getClassName().isEmpty() ? "" : frame.getClassName() + ".";
    return "%s, line %d of its snippet"
        .formatted(cell ? "your cell" : "your " + owner + method, frame.getLineNumber());
  }
}
