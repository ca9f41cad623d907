package org.eglr.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The lines of a text file, one by one, within limits; they end as Unix's or as Windows', and a
 * byte order mark is no part of them. Refuses what is not text in the format's character set, so
 * that a compressed or damaged file is named as such rather than misread.
 */
final class TextLines implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final TextLimits limits;
  private final CharsetDecoder decoder;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int filled;
  private long bytes;
  private byte[] line = new byte[256];
  private int number;

  private TextLines(Path file, Charset charset, TextLimits limits) throws IOException {
    this.file = file;
    this.limits = limits;
    this.decoder = charset.newDecoder();
    this.in = Files.newInputStream(file);
  }

  /**
   * Opens a file.
   *
   * @param charset the character set of the file's format; where it is Latin-1, a copy in UTF-8 is
   *     read as such ({@link TextCharset})
   * @throws DataException if it is missing, not a plain file, too large or not readable
   */
  static TextLines open(Path file, Charset charset, TextLimits limits) {
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          file + (Files.exists(file) ? " is not a plain file" : " does not exist"));
    }
    try {
      if (Files.size(file) > limits.bytes()) {
        throw tooLarge(file, limits);
      }
      return new TextLines(file, TextCharset.of(file, charset), limits);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The next line without its end, or null after the last one. */
  String next() {
    int length = 0;
    boolean ended = false;
    while (!ended && fill()) {
      int end = position;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      ended = end < filled;
      length = append(end, length);
      position = ended ? end + 1 : end;
    }
    if (!ended && length == 0) {
      return null;
    }
    if (number == limits.lines()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: more than %,d lines; give a part of the file",
              file.getFileName(),
              limits.lines()));
    }
    number++;
    return text(length > 0 && line[length - 1] == '\r' ? length - 1 : length);
  }

  /** Takes what stands in the buffer before a place into the line; the line's length so far. */
  private int append(int end, int length) {
    int more = end - position;
    if (more > limits.lineBytes() - length) {
      throw DataException.at(
          file,
          number + 1L,
          String.format(
              Locale.ROOT,
              "longer than %,d bytes; is this the right file, and has it line ends?",
              limits.lineBytes()));
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
    }
    System.arraycopy(buffer, position, line, length, more);
    return length + more;
  }

  /**
   * The next line that is not blank, or null after the last one. Blank lines may end a file.
   *
   * @throws DataException if a blank line stands before another
   */
  String nextFilled() {
    String text = next();
    int blank = 0;
    while (text != null && text.isBlank()) {
      blank = blank == 0 ? number : blank;
      text = next();
    }
    if (text != null && blank > 0) {
      throw DataException.at(file, blank, "empty line within the file; remove it");
    }
    return text;
  }

  /** Number of the line that was returned last; the first is 1. */
  int number() {
    return number;
  }

  /** Bytes read of the file so far; some of them may stand before lines to come. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private String text(int length) {
    if (isPrintable(length)) {
      return new String(line, 0, length, StandardCharsets.ISO_8859_1); // as in every character set
    }
    requireText(length);
    String text;
    try {
      text = decoder.decode(ByteBuffer.wrap(line, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw DataException.at(
          file,
          number,
          decoder.charset().equals(StandardCharsets.UTF_8)
              ? "not UTF-8 text; convert the file (from Latin-1: iconv -f LATIN1 -t UTF-8)"
              : "neither UTF-8 nor Latin-1 text; convert the file to UTF-8");
    }
    return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Whether the line is of ASCII's printed characters alone, as most are. */
  private boolean isPrintable(int length) {
    int least = Byte.MAX_VALUE;
    for (int i = 0; i < length; i++) {
      least = Math.min(least, line[i]); // a byte above 127 is a negative one
    }
    return least >= ' ';
  }

  /** Control characters are the same bytes in all character sets that are read here. */
  private void requireText(int length) {
    if (number == 1 && length > 1 && (line[0] & line[1] & 0xFE) == 0xFE && line[0] != line[1]) {
      throw DataException.at(file, number, "UTF-16 text; convert the file to UTF-8");
    }
    boolean returns = false;
    for (int i = 0; i < length; i++) {
      if (line[i] == '\r') {
        returns = true;
      } else if (line[i] >= 0 && line[i] < ' ' && line[i] != '\t') {
        throw DataException.at(
            file,
            number,
            "control character U+%04X; the file is not text (compressed? unpack it first)"
                .formatted((int) line[i]));
      }
    }
    if (returns) {
      throw DataException.at(
          file, number, "a carriage return within the line; end lines by LF or CRLF alone");
    }
  }

  /** Whether there are bytes in the buffer, which is filled if there are none. */
  private boolean fill() {
    if (position == filled) {
      try {
        filled = in.read(buffer);
      } catch (IOException e) {
        throw unreadable(file, e);
      }
      position = 0;
      if (filled <= 0) {
        filled = 0;
        return false;
      }
      bytes += filled;
      if (bytes > limits.bytes()) {
        throw tooLarge(file, limits);
      }
    }
    return true;
  }

  private static DataException tooLarge(Path file, TextLimits limits) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s is larger than %,d bytes; give a part of the file",
            file.getFileName(),
            limits.bytes()));
  }

  /** What is said where a thread is interrupted while it reads. */
  static DataException stopped(Path file) {
    return new DataException(
        file.getFileName()
            + ": the reading was stopped; nothing of it is kept, the next call begins anew");
  }

  private static DataException unreadable(Path file, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return stopped(file);
    }
    return new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
  }
}
