package org.eglr.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * A log of lists as a compact binary file of our own: mark, version, where the lists come from,
 * name, warnings, users, items, lists, and a checksum of all. For keeping, not for exchange; a file
 * of another version counts as absent.
 */
final class ListLogFile {

  private static final int MARK = 0x45474C4C; // EGLL
  private static final int VERSION = 1;
  private static final int BUFFER = 1 << 16;

  private ListLogFile() {}

  static void write(Path file, String origin, ListLog log) throws IOException {
    CRC32 sum = new CRC32();
    try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
      DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(new CheckedOutputStream(bytes, sum), BUFFER));
      out.writeInt(MARK);
      out.writeInt(VERSION);
      EntitiesFile.writeText(out, origin);
      EntitiesFile.writeText(out, log.name());
      out.writeInt(log.warnings().size());
      for (String warning : log.warnings()) {
        EntitiesFile.writeText(out, warning);
      }
      EntitiesFile.write(out, log.users());
      EntitiesFile.write(out, log.items());
      writeLists(out, log);
      out.flush();
      new DataOutputStream(bytes).writeLong(sum.getValue());
    }
  }

  private static void writeLists(DataOutputStream out, ListLog log) throws IOException {
    out.writeInt(log.size());
    for (int list = 0; list < log.size(); list++) {
      out.writeInt(log.user(list));
      out.writeLong(log.time(list));
      out.writeFloat(log.utility(list));
      out.writeInt(log.length(list));
      out.writeInt(log.pool(list));
      for (int i = 0; i < log.pool(list); i++) {
        out.writeInt(log.candidate(list, i) << 1 | (log.clicked(list, i) ? 1 : 0));
      }
    }
  }

  /**
   * Reads a log.
   *
   * @return empty if the file is damaged, of another version or from another origin
   */
  static Optional<ListLog> read(Path file, String origin) throws IOException {
    if (!isWhole(file)) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(buffered(file))) {
      if (in.readInt() != MARK
          || in.readInt() != VERSION
          || !EntitiesFile.readText(in).equals(origin)) {
        return Optional.empty();
      }
      String name = EntitiesFile.readText(in);
      List<String> warnings = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        warnings.add(EntitiesFile.readText(in));
      }
      Entities users = EntitiesFile.read(in, "users");
      Entities items = EntitiesFile.read(in, "items");
      return Optional.of(
          readLists(in, ListLog.builder(name, users, items).warnings(warnings)).build());
    }
  }

  private static ListLog.Builder readLists(DataInputStream in, ListLog.Builder log)
      throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      int user = in.readInt();
      long time = in.readLong();
      float utility = in.readFloat();
      boolean[] clicks = new boolean[in.readInt()];
      int[] pool = new int[in.readInt()];
      for (int i = 0; i < pool.length; i++) {
        int packed = in.readInt();
        pool[i] = packed >>> 1;
        if (i < clicks.length) {
          clicks[i] = (packed & 1) == 1;
        }
      }
      log.add(user, time, pool, clicks, utility);
    }
    return log;
  }

  /** Whether the checksum is that of the bytes before it: then every number in them is ours. */
  private static boolean isWhole(Path file) throws IOException {
    long left = Files.size(file) - Long.BYTES;
    CRC32 sum = new CRC32();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          return false;
        }
        sum.update(buffer, 0, read);
        left -= read;
      }
      byte[] end = in.readNBytes(Long.BYTES);
      return left == 0
          && end.length == Long.BYTES
          && java.nio.ByteBuffer.wrap(end).getLong() == sum.getValue();
    }
  }

  private static InputStream buffered(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), BUFFER);
  }
}
