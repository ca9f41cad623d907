package org.eglr.kernel.own;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What cells print, gathered to a few messages: one a line would meet the limit of messages that
 * wait for a slow front end, beyond which they are dropped. Keeps the order of both streams. A cell
 * shows {@link #MOST_CHARACTERS}; what it prints beyond goes to a file that a line of it names.
 */
public final class CellOutput {

  /** Takes a text to the front end. */
  @FunctionalInterface
  public interface Sender {

    /**
     * Sends.
     *
     * @param error whether it was printed to the error stream
     */
    void send(boolean error, String text);
  }

  /** What one cell may show, so that notebooks stay readable and front ends alive. */
  public static final int MOST_CHARACTERS = 10_000_000;

  /** A message costs as much as so many characters: streams that take turns make many. */
  static final int MESSAGE_COST = 100;

  private static final long GATHER_MILLIS = 100;

  /** So many bytes are sent at once. */
  private static final int FULL = 1 << 16;

  private record Part(boolean error, ByteArrayOutputStream bytes) {}

  private final PrintStream out = print(false);
  private final PrintStream err = print(true);
  private final CharsetDecoder[] decoders = {decoder(), decoder()};
  private final byte[][] rest = {{}, {}};
  private final int most;

  /** Held while messages are sent, which keeps their order; taken before the monitor of this. */
  private final Object sending = new Object();

  private List<Part> waiting = new ArrayList<>();
  private int waitingBytes;
  private Sender sender;
  private PrintStream[] otherwise = {System.out, System.err};
  private int left;
  private LeftOut leftOut;

  public CellOutput() {
    this(MOST_CHARACTERS);
    Thread clock = new Thread(this::sendNowAndThen, "eglr-output");
    clock.setDaemon(true);
    clock.start();
  }

  /** Without a clock: sends when much waits, and when asked to. */
  CellOutput(int most) {
    this.most = most;
  }

  /** A cell's result as text, or what a cell may show of it and a line on the rest. */
  public static String bounded(String text) {
    return LeftOut.bounded(text, MOST_CHARACTERS);
  }

  /** The stream for {@code System.out}; the same for all cells. */
  public PrintStream out() {
    return out;
  }

  /** The stream for {@code System.err}; the same for all cells. */
  public PrintStream err() {
    return err;
  }

  /**
   * A cell begins.
   *
   * @param otherwiseOut takes what is printed between cells
   * @param otherwiseErr takes errors printed between cells
   */
  public void begin(Sender cell, PrintStream otherwiseOut, PrintStream otherwiseErr) {
    synchronized (sending) {
      left = most;
      leftOut = null;
      synchronized (this) {
        sender = cell;
        if (otherwiseOut != out && otherwiseErr != err) {
          otherwise = new PrintStream[] {otherwiseOut, otherwiseErr};
        }
      }
    }
  }

  /** A cell has ended: sends what waits, and says what was left out. */
  public void end() {
    synchronized (sending) {
      flush();
      Sender cell;
      synchronized (this) {
        cell = sender;
        sender = null;
        waiting = new ArrayList<>();
        waitingBytes = 0;
      }
      for (boolean error : new boolean[] {false, true}) {
        if (cell != null) {
          show(cell, error, cut(error));
        }
      }
      if (leftOut != null && cell != null) {
        cell.send(true, leftOut.end());
        leftOut = null;
      }
    }
  }

  /** Sends what waits. */
  public void flush() {
    synchronized (sending) {
      List<Part> parts;
      Sender cell;
      synchronized (this) {
        parts = waiting;
        cell = sender;
        if (cell == null) {
          return;
        }
        waiting = new ArrayList<>();
        waitingBytes = 0;
      }
      for (Part part : parts) {
        show(cell, part.error, text(part));
      }
    }
  }

  private void show(Sender cell, boolean error, String text) {
    if (text.isEmpty()) {
      return;
    }
    if (leftOut == null && text.length() + MESSAGE_COST <= left) {
      left -= text.length() + MESSAGE_COST;
      cell.send(error, text);
      return;
    }
    if (leftOut == null) {
      int shown = LeftOut.cut(text, Math.max(0, left - MESSAGE_COST));
      if (shown > 0) {
        cell.send(error, text.substring(0, shown));
      }
      text = text.substring(shown);
      leftOut = new LeftOut(most);
      cell.send(true, leftOut.begin());
    }
    leftOut.add(text);
  }

  /** Bytes of a character whose rest was printed later are kept until then. */
  private String text(Part part) {
    CharsetDecoder decoder = decoders[part.error ? 1 : 0];
    byte[] kept = rest[part.error ? 1 : 0];
    byte[] printed = part.bytes.toByteArray();
    ByteBuffer bytes = ByteBuffer.allocate(kept.length + printed.length);
    bytes.put(kept).put(printed).flip();
    CharBuffer characters = CharBuffer.allocate(bytes.remaining() + 1);
    decoder.decode(bytes, characters, false);
    rest[part.error ? 1 : 0] = new byte[bytes.remaining()];
    bytes.get(rest[part.error ? 1 : 0]);
    return characters.flip().toString();
  }

  /** What stands for a character that was not printed whole. */
  private String cut(boolean error) {
    boolean whole = rest[error ? 1 : 0].length == 0;
    rest[error ? 1 : 0] = new byte[0];
    return whole ? "" : decoders[0].replacement();
  }

  private static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** Neither memory that runs out nor a connection that breaks may end it. */
  private void sendNowAndThen() {
    while (true) {
      try {
        awaitText();
        Thread.sleep(GATHER_MILLIS);
        flush();
      } catch (Throwable failure) {
        Thread.onSpinWait();
      }
    }
  }

  private synchronized void awaitText() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
  }

  private PrintStream print(boolean error) {
    OutputStream stream =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            if (add(error, bytes, offset, length)) {
              CellOutput.this.flush();
            }
          }
        };
    // Its flush does nothing: the clock's is soon enough, and one a line would be too many.
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }

  /** Whether so much waits that it is to be sent. */
  private synchronized boolean add(boolean error, byte[] bytes, int offset, int length) {
    if (sender == null) {
      PrintStream terminal = otherwise[error ? 1 : 0];
      terminal.write(bytes, offset, length);
      terminal.flush();
      return false;
    }
    Part last = waiting.isEmpty() ? null : waiting.get(waiting.size() - 1);
    if (last == null || last.error != error) {
      last = new Part(error, new ByteArrayOutputStream(256));
      waiting.add(last);
      if (waiting.size() == 1) {
        notifyAll();
      }
    }
    last.bytes.write(bytes, offset, length);
    waitingBytes += length;
    return waitingBytes >= FULL;
  }
}
