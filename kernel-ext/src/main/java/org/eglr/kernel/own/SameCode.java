package org.eglr.kernel.own;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether two class files hold the same code, and differ at most in the lines that it stands in: an
 * import or a comment more above a class does no more than that.
 */
final class SameCode {

  private static final int HEADER = 8;

  private final byte[] bytes;
  private final DataInputStream in;
  private final Map<Integer, String> texts = new HashMap<>();
  private final byte[] withoutLines;
  private int[] lines = new int[16];
  private int count;

  private SameCode(byte[] bytes) throws IOException {
    this.bytes = bytes;
    this.withoutLines = bytes.clone();
    this.in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.skipNBytes(HEADER);
    constants();
    in.skipNBytes(6);
    in.skipNBytes(2L * in.readUnsignedShort());
    members();
    members();
    attributes();
  }

  /**
   * Compares.
   *
   * @return the line in the new file of each line in the old one; empty if the code differs
   */
  static Optional<Map<Integer, Integer>> lines(byte[] old, byte[] now) {
    if (old == null || old.length != now.length) {
      return Optional.empty();
    }
    try {
      SameCode a = new SameCode(old);
      SameCode b = new SameCode(now);
      if (a.count != b.count || !Arrays.equals(a.withoutLines, b.withoutLines)) {
        return Optional.empty();
      }
      Map<Integer, Integer> lines = new HashMap<>();
      for (int i = 0; i < a.count; i++) {
        lines.put(a.lines[i], b.lines[i]);
      }
      return Optional.of(lines);
    } catch (IOException e) {
      return Optional.empty(); // Not as class files were when this was written.
    }
  }

  private void constants() throws IOException {
    int size = in.readUnsignedShort();
    for (int i = 1; i < size; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts.put(i, in.readUTF());
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // Long and double take two places.
        }
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> throw new IOException("constant " + tag);
      }
    }
  }

  private void members() throws IOException {
    int size = in.readUnsignedShort();
    for (int i = 0; i < size; i++) {
      in.skipNBytes(6);
      attributes();
    }
  }

  private void attributes() throws IOException {
    int size = in.readUnsignedShort();
    for (int i = 0; i < size; i++) {
      String name = texts.get(in.readUnsignedShort());
      int length = in.readInt();
      if ("Code".equals(name)) {
        in.skipNBytes(4);
        in.skipNBytes(in.readInt());
        in.skipNBytes(8L * in.readUnsignedShort());
        attributes();
      } else if ("LineNumberTable".equals(name)) {
        lineNumbers();
      } else {
        in.skipNBytes(length);
      }
    }
  }

  private void lineNumbers() throws IOException {
    int size = in.readUnsignedShort();
    for (int i = 0; i < size; i++) {
      in.skipNBytes(2);
      int at = bytes.length - in.available();
      if (count == lines.length) {
        lines = Arrays.copyOf(lines, 2 * count);
      }
      lines[count++] = in.readUnsignedShort();
      withoutLines[at] = 0;
      withoutLines[at + 1] = 0;
    }
  }
}
