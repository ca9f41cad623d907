package org.eglr.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.eglr.ModelFileException;
import org.eglr.data.DataException;

/**
 * A zip file of known entries with the SHA-256 of each. Nothing in it names a class or runs code;
 * entries of other names are refused, and no entry is read beyond what it may hold.
 */
final class CheckedZip {

  /** Entry with one line per other entry: its SHA-256, two spaces, its name. */
  private static final String MANIFEST = "manifest.sha256";

  private static final long MAX_MANIFEST = 1 << 16;

  private final ZipFile zip;
  private final Path file;
  private final String kind;
  private final Map<String, String> hashes = new LinkedHashMap<>();

  /** Reads what the caller wants of an open file. */
  interface Reader<T> {
    T read(CheckedZip zip) throws IOException;
  }

  /** Makes the entries, or fails while doing so. */
  interface Entries {
    Map<String, byte[]> make() throws IOException;
  }

  private CheckedZip(ZipFile zip, Path file, String kind) {
    this.zip = zip;
    this.file = file;
    this.kind = kind;
  }

  /**
   * Writes entries and their manifest; an existing file is replaced only by a complete one.
   *
   * @param kind what people call such a file
   */
  static void write(Path file, String kind, Entries entries) {
    Places.requireWritable(file, kind);
    try {
      Map<String, byte[]> all = new LinkedHashMap<>(entries.make());
      StringBuilder manifest = new StringBuilder();
      all.forEach(
          (name, bytes) -> manifest.append(sha256(bytes)).append("  ").append(name).append('\n'));
      all.put(MANIFEST, manifest.toString().getBytes(StandardCharsets.UTF_8));
      AtomicZip.write(file, all);
    } catch (IOException e) {
      throw new ModelFileException(
          "cannot write %s %s: %s".formatted(kind, file, Places.reason(e)), e);
    }
  }

  /** Opens a file and reads it; whatever is wrong with it becomes one message that names it. */
  static <T> T read(Path file, String kind, Reader<T> reader) {
    Places.requireReadable(file, kind);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return reader.read(new CheckedZip(zip, file, kind));
    } catch (NoSuchFileException e) {
      throw new ModelFileException("there is no %s %s".formatted(kind, file), e);
    } catch (ZipException e) {
      throw new ModelFileException(
          "%s is not a %s, or is truncated: %s".formatted(file, kind, e.getMessage()), e);
    } catch (DataException | IllegalArgumentException e) {
      throw new ModelFileException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelFileException(
          "cannot read %s %s: %s".formatted(kind, file, Places.reason(e)), e);
    }
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /** Refuses a file with other entries than these and the manifest. */
  void require(Set<String> names) throws IOException {
    require(names, Set.of());
  }

  /** Refuses a file that lacks one of the names, or has an entry that is of neither kind. */
  void require(Set<String> names, Set<String> optional) throws IOException {
    TreeSet<String> wanted = new TreeSet<>(names);
    optional.stream().filter(this::has).forEach(wanted::add);
    wanted.add(MANIFEST);
    zip.stream()
        .map(ZipEntry::getName)
        .forEach(
            name -> {
              if (!wanted.remove(name)) {
                throw new ModelFileException(
                    "%s is not a %s: it holds '%s'".formatted(file, kind, name));
              }
            });
    if (!wanted.isEmpty()) {
      throw new ModelFileException(
          "%s is not a %s: it has no '%s'".formatted(file, kind, wanted.first()));
    }
    String text = new String(unchecked(MANIFEST, MAX_MANIFEST), StandardCharsets.UTF_8);
    for (String line : text.split("\n")) {
      String[] parts = line.split("  ", 2);
      if (parts.length == 2) {
        hashes.put(parts[1], parts[0]);
      }
    }
  }

  /** An entry's bytes, which are no more than the limit and as the manifest says. */
  byte[] bytes(String name, long limit) throws IOException {
    byte[] bytes = unchecked(name, limit);
    if (!sha256(bytes).equals(hashes.get(name))) {
      throw new ModelFileException(
          "%s: %s does not have the SHA-256 of %s: the file was damaged or altered"
              .formatted(file, name, MANIFEST));
    }
    return bytes;
  }

  <T> T json(String name, long limit, Class<T> type) throws IOException {
    byte[] bytes = bytes(name, limit);
    try {
      return StrictJson.MAPPER.readValue(bytes, type);
    } catch (IOException e) {
      throw new ModelFileException("%s: %s: %s".formatted(file, name, StrictJson.reason(e)), e);
    }
  }

  /** An entry that says which format it is, which is looked at before anything else in it. */
  <T> T versioned(String name, long limit, Class<T> type, String format, int oldest, int newest)
      throws IOException {
    Format found = json(name, limit, Format.class);
    if (!format.equals(found.format) || found.version < oldest || found.version > newest) {
      throw new ModelFileException(
          "%s: %s says format '%s' version %d; this release reads '%s' version %s"
              .formatted(
                  file,
                  name,
                  found.format,
                  found.version,
                  format,
                  oldest == newest ? "" + newest : oldest + " to " + newest));
    }
    return json(name, limit, type);
  }

  @com.fasterxml.jackson.annotation.JsonIgnoreProperties(ignoreUnknown = true)
  private record Format(String format, int version) {}

  private byte[] unchecked(String name, long limit) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > limit) {
        throw new ModelFileException(
            String.format(
                Locale.ROOT, "%s: %s is larger than the %,d bytes it may have", file, name, limit));
      }
      return bytes;
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has SHA-256
    }
  }
}
