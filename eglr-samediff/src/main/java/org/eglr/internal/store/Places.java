package org.eglr.internal.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eglr.ModelFileException;

/** Says in plain words why a file cannot be read or written where it is meant to be. */
final class Places {

  private static final Pattern IN_PARENTHESES = Pattern.compile("\\(([^()]*)\\)$");

  private Places() {}

  /** Refuses a place where no file can be written. */
  static void requireWritable(Path file, String kind) {
    Path absolute = file.toAbsolutePath();
    Path folder = file.getParent() == null ? absolute.getParent() : file.getParent();
    String problem = null;
    if (folder == null || Files.isDirectory(file)) {
      problem = "it is a folder; name a file in it";
    } else if (!Files.exists(folder)) {
      problem = "there is no folder " + folder + "; make it, or name another file";
    } else if (!Files.isDirectory(folder)) {
      problem = folder + " is a file, not a folder; name another file";
    } else if (!Files.isWritable(folder)) {
      problem = "the folder " + folder + " may not be written to; name another file";
    }
    if (problem != null) {
      throw new ModelFileException("cannot write %s %s: %s".formatted(kind, file, problem));
    }
  }

  /** Refuses what is no file that can be read. */
  static void requireReadable(Path file, String kind) {
    if (Files.isDirectory(file)) {
      throw new ModelFileException(file + " is a folder, not a " + kind);
    }
    if (!Files.exists(file)) {
      throw new ModelFileException("there is no %s %s".formatted(kind, file));
    }
    if (!Files.isReadable(file)) {
      throw new ModelFileException(
          "cannot read %s %s: it may not be read by this user".formatted(kind, file));
    }
  }

  /** What went wrong, without the names of files: those of temporary ones tell nobody anything. */
  static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "access denied";
    }
    String message = failure.getMessage();
    if (failure instanceof FileSystemException system) {
      message = system.getReason();
    } else if (failure instanceof FileNotFoundException && message != null) {
      Matcher reason = IN_PARENTHESES.matcher(message);
      message = reason.find() ? reason.group(1) : null;
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
