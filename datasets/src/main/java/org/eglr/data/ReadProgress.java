package org.eglr.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Tells of several files that are read one after another, some times a second. */
final class ReadProgress {

  private static final long EVERY_NANOS = 200_000_000;

  private final Consumer<LogProgress> listener;
  private final long total;
  private final long start = System.nanoTime();
  private long next = start;
  private long bytes;
  private long rows;

  private ReadProgress(Consumer<LogProgress> listener, long total) {
    this.listener = listener;
    this.total = total;
  }

  /**
   * @param listener is called on the reading thread
   * @param files all that will be read; those that do not exist count as empty
   */
  static ReadProgress of(Consumer<LogProgress> listener, List<Path> files) {
    long total = 0;
    for (Path file : files) {
      try {
        total += Files.size(file);
      } catch (IOException e) {
        total += 0; // Opening it will say what is wrong.
      }
    }
    return new ReadProgress(listener, Math.max(1, total));
  }

  /** Tells of the place in a file, unless it has just told. */
  void at(Path file, long bytesOfFile, long rowsOfFile) {
    if (System.nanoTime() - next >= 0) {
      tell(file.getFileName().toString(), bytes + bytesOfFile, rows + rowsOfFile);
    }
  }

  /** A file has been read to its end. */
  void end(Path file, long bytesOfFile, long rowsOfFile) {
    bytes += bytesOfFile;
    rows += rowsOfFile;
    tell(file.getFileName().toString(), bytes, rows);
  }

  /** Tells of work between the files. */
  void stage(String what) {
    tell(what, bytes, rows);
  }

  private void tell(String what, long read, long readRows) {
    long now = System.nanoTime();
    next = now + EVERY_NANOS;
    listener.accept(
        new LogProgress(what, readRows, Math.min(1, read / (double) total), (now - start) / 1e9));
  }
}
