package org.eglr.kernel.chart;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;

/** The file of a picture: its format by its name's end. */
public final class FigureFile {

  private FigureFile() {}

  /**
   * Refuses a file that could not be written.
   *
   * @throws IllegalArgumentException that says why
   */
  public static void check(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    if (!ending(file).matches("svg|pdf|png")) {
      throw new IllegalArgumentException(
          "'%s' names no format: end it in .svg, .pdf or .png".formatted(name));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "there is no folder %s for %s: make it first".formatted(folder.normalize(), name));
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "%s is a folder: name a file in it".formatted(file.toAbsolutePath().normalize()));
    }
  }

  /** Writes a picture whole or not at all. */
  static void write(Picture picture, Path file) {
    check(file);
    byte[] bytes =
        switch (ending(file)) {
          case "svg" -> picture.svg().getBytes(StandardCharsets.UTF_8);
          case "pdf" -> picture.pdf();
          default -> picture.png(2);
        };
    try {
      write(bytes, file.toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not by a temporary file of Java's, which nobody else may read, nor by an interruptible one. */
  private static void write(byte[] bytes, Path file) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileOutputStream out = new FileOutputStream(part.toFile())) {
        out.write(bytes);
        out.getFD().sync();
      }
      try {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
