package org.eglr.internal.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip file that is there whole or not at all. */
final class AtomicZip {

  /** Times its compressed bytes that an entry may have: so much memory a small file can ask for. */
  private static final int MOST = 8;

  /** Bytes that an entry may have whatever it was compressed to. */
  private static final int FREE = 1 << 16;

  private AtomicZip() {}

  /** JSON shrinks to a quarter, and text of one value over and over would by a thousand. */
  private static final class Expands extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Whether an entry asks for more memory than what the file has of it justifies. */
  static boolean expands(long size, long compressed) {
    return size > FREE && size / MOST > compressed;
  }

  /** The same entries give the same bytes: names and contents decide, not the clock. */
  static void write(Path file, Map<String, byte[]> entries) throws IOException {
    try {
      PartFile.write(file, out -> write(new BufferedOutputStream(out), entries, true));
    } catch (Expands e) {
      PartFile.write(file, out -> write(new BufferedOutputStream(out), entries, false));
    }
  }

  @SuppressWarnings("resource") // the stream is the caller's
  private static void write(OutputStream out, Map<String, byte[]> entries, boolean shrink)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      ZipEntry header = new ZipEntry(entry.getKey());
      header.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
      // Weights shrink by 7 % and take a second per 40 MB for it.
      boolean weights = entry.getKey().endsWith(".safetensors");
      zip.setLevel(weights || !shrink ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
      zip.putNextEntry(header);
      zip.write(entry.getValue());
      zip.closeEntry();
      if (expands(header.getSize(), header.getCompressedSize())) {
        throw new Expands();
      }
    }
    zip.finish();
    zip.flush();
  }
}
