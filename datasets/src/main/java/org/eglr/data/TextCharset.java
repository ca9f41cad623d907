package org.eglr.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The character set of a text file whose format is Latin-1, but whose copies are often converted:
 * UTF-8 where all of the file is valid UTF-8, or where it starts with UTF-8's byte order mark. What
 * is neither counts as Windows-1252, which is Latin-1 with printed characters in the place of a
 * second set of control characters.
 */
final class TextCharset {

  private static final Charset LATIN = Charset.forName("windows-1252");
  private static final int BUFFER = 1 << 16;
  private static final byte[] MARK = "\uFEFF".getBytes(UTF_8);

  private TextCharset() {}

  /**
   * @param standard the character set of the file's format
   * @return UTF-8 for UTF-8; otherwise what the file's bytes say
   */
  static Charset of(Path file, Charset standard) throws IOException {
    if (standard.equals(UTF_8)) {
      return UTF_8;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return isUnicode(in) ? UTF_8 : LATIN;
    }
  }

  private static boolean isUnicode(InputStream in) throws IOException {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer text = CharBuffer.allocate(BUFFER);
    bytes.limit(in.readNBytes(bytes.array(), 0, BUFFER));
    if (startsWith(bytes, MARK)) {
      return true;
    }
    boolean ended = false;
    while (true) {
      if (decoder.decode(bytes, text.clear(), ended).isError()) {
        return false;
      }
      if (ended) {
        return true;
      }
      bytes.compact();
      int read = in.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
      ended = read == 0;
      bytes.position(bytes.position() + read).flip();
    }
  }

  private static boolean startsWith(ByteBuffer bytes, byte[] start) {
    return bytes.remaining() >= start.length
        && ByteBuffer.wrap(start).equals(bytes.slice(0, start.length));
  }
}
