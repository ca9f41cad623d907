package org.eglr.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes rows of comma-separated cells, fast enough for millions. */
final class RowWriter implements Closeable {

  private static final int ROOM = 1 << 10; // longer than any cell here

  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 18];
  private int filled;
  private boolean begun;

  RowWriter(Path file, String header) throws IOException {
    out = Files.newOutputStream(file);
    text(header).end();
  }

  RowWriter text(String cell) throws IOException {
    byte[] bytes = cell.getBytes(StandardCharsets.US_ASCII);
    open();
    System.arraycopy(bytes, 0, buffer, filled, bytes.length);
    filled += bytes.length;
    return this;
  }

  /** A whole number, 0 or more. */
  RowWriter number(long value) throws IOException {
    open();
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = filled + digits - 1; i >= filled; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    filled += digits;
    return this;
  }

  private void open() throws IOException {
    if (filled > buffer.length - ROOM) {
      flush();
    }
    if (begun) {
      buffer[filled++] = ',';
    }
    begun = true;
  }

  void end() {
    buffer[filled++] = '\n';
    begun = false;
  }

  private void flush() throws IOException {
    out.write(buffer, 0, filled);
    filled = 0;
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }
}
