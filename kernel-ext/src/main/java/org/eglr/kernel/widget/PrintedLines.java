package org.eglr.kernel.widget;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Gathers what the calling thread prints until it is closed: between cells there is no place for it
 * in the notebook. What other threads print goes where it went before.
 */
final class PrintedLines implements AutoCloseable {

  /** Enough to read; a control is no log. */
  static final int MOST_BYTES = 10_000;

  private final Thread owner = Thread.currentThread();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final PrintStream beforeOut = System.out;
  private final PrintStream beforeErr = System.err;
  private final PrintStream out = new PrintStream(to(beforeOut), true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(to(beforeErr), true, StandardCharsets.UTF_8);
  private boolean closed;
  private boolean cut;

  PrintedLines() {
    System.setOut(out);
    System.setErr(err);
  }

  /** A cell that began meanwhile has set streams of its own, which stay. */
  @Override
  public void close() {
    synchronized (text) {
      closed = true;
    }
    if (System.out == out) {
      System.setOut(beforeOut);
    }
    if (System.err == err) {
      System.setErr(beforeErr);
    }
  }

  /** What was printed, without the last line's end. */
  String text() {
    synchronized (text) {
      return text.toString(StandardCharsets.UTF_8).stripTrailing() + (cut ? " ..." : "");
    }
  }

  private OutputStream to(PrintStream before) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        synchronized (text) {
          if (!closed && Thread.currentThread() == owner) {
            int kept = Math.min(length, MOST_BYTES - text.size());
            text.write(bytes, offset, kept);
            cut |= kept < length;
            return;
          }
        }
        before.write(bytes, offset, length);
      }
    };
  }
}
