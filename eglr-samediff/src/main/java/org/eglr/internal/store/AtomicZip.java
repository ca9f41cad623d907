package org.eglr.internal.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip file that is there whole or not at all. */
final class AtomicZip {

  private AtomicZip() {}

  /** The same entries give the same bytes: names and contents decide, not the clock. */
  static void write(Path file, Map<String, byte[]> entries) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        OutputStream out = Channels.newOutputStream(channel);
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          ZipEntry header = new ZipEntry(entry.getKey());
          header.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
          zip.putNextEntry(header);
          zip.write(entry.getValue());
          zip.closeEntry();
        }
        zip.finish();
        zip.flush();
        channel.force(true); // before the move, so that a crash leaves the old file or the new one
      }
      try {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
