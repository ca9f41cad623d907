package org.eglr.kernel.magic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.eglr.ModelFileException;
import org.eglr.data.DataException;
import org.eglr.kernel.Causes;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.Notebook;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong and what to do. */
final class Failures {

  private Failures() {}

  static EglrError describe(Throwable failure) {
    return failure instanceof EglrError known
        ? known
        : new EglrError(Notebook.missingName(failure).orElseGet(() -> message(failure)));
  }

  private static String message(Throwable failure) {
    if (Causes.first(failure, InvalidPathException.class::isInstance)
        instanceof InvalidPathException path) {
      return noPath(path, System.getProperty("sun.jnu.encoding"));
    }
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (failure instanceof ParameterException parameter) {
      return parameter.getMessage() + help(parameter);
    }
    if (failure instanceof UncheckedIOException wrapped) {
      return message(wrapped.getCause());
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + ": there is no such file";
    }
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": access denied";
    }
    if (failure instanceof FileAlreadyExistsException present) {
      return present.getFile() + ": the file exists";
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory (%d MiB): take smaller batches, or start the kernel with a larger -Xmx"
          .formatted(Runtime.getRuntime().maxMemory() >> 20);
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getFile() + ": " + system.getReason();
    }
    boolean said =
        failure instanceof DataException
            || failure instanceof ModelFileException
            || failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || failure instanceof IOException;
    if (said && failure.getMessage() != null) {
      return failure.getMessage();
    }
    return "%s: %s. EGLR did not expect this; %%eglr error shows where it happened"
        .formatted(failure.getClass().getSimpleName(), failure.getMessage());
  }

  /**
   * Most often such a name is in order, and the kernel was started in a locale without its letters:
   * Java names files in the locale's encoding, whatever {@code file.encoding} says.
   */
  static String noPath(InvalidPathException failure, String encoding) {
    String reason = failure.getReason().replaceFirst(": .*", "");
    String what = "'%s' is no file name here: %s".formatted(failure.getInput(), reason);
    return "UTF-8".equalsIgnoreCase(encoding)
        ? what
        : "%s (this kernel names files in %s); start Jupyter with LC_ALL=C.UTF-8"
            .formatted(what, encoding);
  }

  private static String unmatched(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().get(0);
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    boolean root = !command.contains(" ");
    String what = first.startsWith("-") ? "option" : root ? "command" : "argument";
    List<String> similar = failure.getSuggestions().stream().limit(2).toList();
    return "unknown %s '%s' of %%%s%s%s"
        .formatted(
            what,
            first,
            command,
            similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?",
            help(failure));
  }

  private static String help(ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    String topic = command.replaceFirst("^eglr ?", "");
    return " (%eglr help" + (topic.isEmpty() ? "" : " " + topic) + ")";
  }
}
