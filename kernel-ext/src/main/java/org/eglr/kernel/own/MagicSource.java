package org.eglr.kernel.own;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.Rerankers;
import org.eglr.kernel.HomeFolder;
import org.eglr.kernel.own.CellScanner.Magic;
import org.eglr.rerank.RerankerModels;

/** Makes Java of a cell: each magic becomes the call that runs it. */
public final class MagicSource {

  /**
   * The cell magic whose body is Java: it is compiled with the cell, so that it sees everything.
   */
  private static final String CHECK = "check";

  /** How the statement begins that a check becomes. */
  static final String CHECK_CALL = "org.eglr.kernel.course.Checks.run(";

  private static final String STATICS = "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.";

  /** What our commands make, so that {@code var x = %eglr ...} has a type. */
  private static final Map<String, String> TYPES =
      Map.of(
          "data", "org.eglr.data.Splits",
          "model", "org.eglr.Eglr",
          "load", "org.eglr.Eglr",
          "train", "org.eglr.train.TrainingLog",
          "plot", "org.eglr.kernel.chart.Picture",
          "rerank", "org.eglr.Ranking",
          "compare", "org.eglr.metrics.Comparison",
          "experiment", "org.eglr.metrics.Comparison",
          "headroom", "org.eglr.metrics.Headroom",
          "whatif", "tech.tablesaw.api.Table");

  private static final String RERANKER = "org.eglr.rerank.LearnedReranker";

  private MagicSource() {}

  /**
   * The cell as Java.
   *
   * @throws IllegalArgumentException if a cell magic is not at the beginning of the cell
   */
  public static String toJava(String cell) {
    StringBuilder java = new StringBuilder();
    int done = 0;
    for (Magic magic : CellScanner.magics(cell)) {
      java.append(cell, done, magic.start()).append(call(magic));
      done = magic.end();
    }
    return java.append(cell, done, cell.length()).toString();
  }

  /**
   * The cell with blanks for its magics, everything else in its place: what Java's own completion
   * and documentation can read.
   */
  public static String withoutMagics(String cell) {
    StringBuilder java = new StringBuilder(cell);
    for (Magic magic : CellScanner.magics(cell)) {
      int end = isCheck(magic) ? magic.end() - magic.body().length() : magic.end();
      for (int i = magic.start(); i < end; i++) {
        java.setCharAt(i, ' ');
      }
      if (magic.assigned()) {
        java.setCharAt(magic.start(), '0');
        java.setCharAt(magic.end() - 1, ';');
      }
    }
    return java.toString();
  }

  private static String call(Magic magic) {
    List<String> words = MagicWords.texts(magic.line().strip().replaceFirst(";+$", ""));
    String name = words.get(0);
    List<String> arguments = words.subList(1, words.size());
    if (isCheck(magic)) {
      return check(arguments, magic.body());
    }
    boolean ours = name.equals("eglr");
    String list =
        arguments.stream()
            .map(argument -> ours ? JavaText.of(argument) : inserted(argument))
            .collect(Collectors.joining(", ", "java.util.List.of(", ")"));
    if (magic.body() != null) {
      return "%scellMagic(%s, %s, %s);"
          .formatted(STATICS, JavaText.of(name), list, JavaText.of(magic.body()));
    }
    if (ours && magic.assigned()) {
      String type = type(arguments);
      return "org.eglr.kernel.Notebook.%sline(%s);"
          .formatted(type == null ? "" : "<" + type + ">", list);
    }
    return "%slineMagic(%s, %s);".formatted(STATICS, JavaText.of(name), list);
  }

  private static String type(List<String> arguments) {
    if (arguments.isEmpty()) {
      return null;
    }
    String command = arguments.get(0);
    return command.equals("model") && makesReranker(arguments)
            || command.equals("load") && readsReranker(arguments)
        ? RERANKER
        : TYPES.get(command);
  }

  /** Whether a word that is no option's value names another kind of model. */
  private static boolean makesReranker(List<String> arguments) {
    return IntStream.range(1, arguments.size())
        .filter(i -> !arguments.get(i - 1).startsWith("--"))
        .anyMatch(i -> RerankerModels.names().contains(arguments.get(i)));
  }

  private static boolean readsReranker(List<String> arguments) {
    return arguments.stream()
        .skip(1)
        .filter(argument -> !argument.startsWith("-"))
        .map(HomeFolder::inFull)
        .anyMatch(MagicSource::isReranker);
  }

  private static boolean isReranker(String file) {
    try {
      return Rerankers.isFile(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isCheck(Magic magic) {
    return magic.body() != null && (magic.line() + " ").split("\\s", 2)[0].equals(CHECK);
  }

  /** One statement, in which {@code check} is ours whatever else has that name. */
  private static String check(List<String> arguments, String body) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("%%check needs a name: %%check 01.dcg");
    }
    String token = arguments.size() > 1 ? arguments.get(1) : "";
    return "%s%s, %s, check -> {\n%s\n});"
        .formatted(CHECK_CALL, JavaText.of(arguments.get(0)), JavaText.of(token), body);
  }

  /**
   * Our magics put variables in by themselves and say which one is missing; others know of none.
   */
  private static String inserted(String argument) {
    String text = JavaText.of(argument);
    return argument.indexOf('$') < 0
        ? text
        : "org.eglr.kernel.own.MagicVariables.insert(%s)".formatted(text);
  }
}
