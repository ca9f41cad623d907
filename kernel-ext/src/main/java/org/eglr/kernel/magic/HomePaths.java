package org.eglr.kernel.magic;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.HomeFolder;
import picocli.CommandLine.ITypeConverter;

/** Paths as people write them: {@code ~} is the home folder. */
final class HomePaths implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    try {
      return Path.of(HomeFolder.inFull(text));
    } catch (InvalidPathException e) {
      throw new EglrError("'%s' is no path: %s".formatted(text, e.getReason()));
    }
  }
}
