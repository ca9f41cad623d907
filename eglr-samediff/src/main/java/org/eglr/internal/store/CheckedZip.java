package org.eglr.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
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

  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8;

  private static final int MAX_MESSAGE = 3000;

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
   * @return the content's identity, as {@link #identity} finds it
   */
  static String write(Path file, String kind, Entries entries) {
    Places.requireWritable(file, kind);
    try {
      Map<String, byte[]> all = new LinkedHashMap<>(entries.make());
      StringBuilder manifest = new StringBuilder();
      all.forEach(
          (name, bytes) -> manifest.append(sha256(bytes)).append("  ").append(name).append('\n'));
      all.put(MANIFEST, manifest.toString().getBytes(StandardCharsets.UTF_8));
      AtomicZip.write(file, all);
      return manifest.toString();
    } catch (IOException e) {
      throw new ModelFileException(
          "cannot write %s %s: %s".formatted(kind, file, Places.reason(e)), e);
    }
  }

  /**
   * What the file holds, as its manifest has it: files of the same identity have the same content.
   *
   * @return something that no file of ours has if the file is none; null if there is no file
   */
  static String identity(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      CheckedZip checked = new CheckedZip(zip, file, "checkpoint");
      return checked.has(MANIFEST)
          ? new String(checked.unchecked(MANIFEST, MAX_MANIFEST), StandardCharsets.UTF_8)
          : "no manifest";
    } catch (IOException | RuntimeException e) {
      return "unreadable";
    }
  }

  /** Opens a file and reads it; whatever is wrong with it becomes one message that names it. */
  static <T> T read(Path file, String kind, Reader<T> reader) {
    Places.requireReadable(file, kind);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return reader.read(new CheckedZip(zip, file, kind));
    } catch (ModelFileException e) {
      String line = line(e.getMessage());
      throw line.equals(e.getMessage()) ? e : new ModelFileException(line, e);
    } catch (NoSuchFileException e) {
      throw new ModelFileException("there is no %s %s".formatted(kind, file), e);
    } catch (ZipException e) {
      throw new ModelFileException(
          "%s is not a %s, or is truncated: %s".formatted(file, kind, line(e.getMessage())), e);
    } catch (DataException | IllegalArgumentException e) {
      throw new ModelFileException(line(file + ": " + e.getMessage()), e);
    } catch (EOFException e) {
      throw new ModelFileException("%s is not a %s, or is truncated".formatted(file, kind), e);
    } catch (IOException e) {
      throw new ModelFileException(
          line("cannot read %s %s: %s".formatted(kind, file, Places.reason(e))), e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new ModelFileException(line("%s is damaged: %s".formatted(file, e)), e);
    } catch (OutOfMemoryError e) { // what was read is garbage by now
      throw new ModelFileException(
          String.format(
              Locale.ROOT,
              "%s needs more memory than the %,d MiB that Java may use: give it more by -Xmx",
              file,
              Runtime.getRuntime().maxMemory() >> 20),
          e);
    }
  }

  /** A message without what a file could have put into it to look like several. */
  private static String line(String message) {
    String line = String.valueOf(message).replaceAll("\\p{Cntrl}", "?");
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "...";
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /** Refuses a file with other entries than these and the manifest, or of impossible sizes. */
  void require(Set<String> names) throws IOException {
    require(names, Set.of());
  }

  /** Refuses a file that lacks one of the names, or has an entry that is of neither kind. */
  void require(Set<String> names, Set<String> optional) throws IOException {
    TreeSet<String> wanted = new TreeSet<>(names);
    optional.stream().filter(this::has).forEach(wanted::add);
    wanted.add(MANIFEST);
    Set<String> found = new HashSet<>();
    long compressed = 0;
    for (var entries = zip.entries(); entries.hasMoreElements(); ) {
      ZipEntry entry = entries.nextElement();
      String name = entry.getName();
      if (!wanted.contains(name)) {
        throw new ModelFileException("%s is not a %s: it holds '%s'".formatted(file, kind, name));
      }
      if (!found.add(name)) {
        throw new ModelFileException("%s: it holds '%s' twice".formatted(file, name));
      }
      // A negative size is one beyond 2^63.
      boolean sound = entry.getSize() >= 0 && entry.getCompressedSize() >= 0;
      compressed = sound ? saturated(compressed, entry.getCompressedSize()) : Long.MAX_VALUE;
    }
    wanted.removeAll(found);
    if (!wanted.isEmpty()) {
      throw new ModelFileException(
          "%s is not a %s: it has no '%s'".formatted(file, kind, wanted.first()));
    }
    if (compressed > Files.size(file)) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT,
              "%s: its entries claim %,d bytes of %,d: the file was damaged or altered",
              file,
              compressed,
              Files.size(file)));
    }
    manifest(found);
  }

  private static long saturated(long a, long b) {
    return b > Long.MAX_VALUE - a ? Long.MAX_VALUE : a + b;
  }

  private void manifest(Set<String> names) throws IOException {
    String text = new String(unchecked(MANIFEST, MAX_MANIFEST), StandardCharsets.UTF_8);
    for (String line : text.split("\n")) {
      String[] parts = line.split("  ", 2);
      if (parts.length == 2 && names.contains(parts[1])) {
        hashes.put(parts[1], parts[0]);
      }
    }
  }

  /** The bytes that an entry has when it is unpacked, by the file's directory. */
  long size(String name) {
    return zip.getEntry(name).getSize();
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
    return json(name, bytes(name, limit), type);
  }

  /** Refuses an entry of more texts than so many, before they are made. */
  void requireTexts(String name, byte[] json, long most) throws IOException {
    try {
      long texts = StrictJson.texts(json);
      if (texts > most) {
        throw new ModelFileException(
            String.format(
                Locale.ROOT,
                "%s: %s has %,d texts; the weights have room for %,d values",
                file,
                name,
                texts,
                most));
      }
    } catch (JsonProcessingException e) {
      throw new ModelFileException("%s: %s: %s".formatted(file, name, StrictJson.reason(e)), e);
    }
  }

  <T> T json(String name, byte[] bytes, Class<T> type) {
    return json(StrictJson.MAPPER, name, bytes, type);
  }

  <T> T json(ObjectMapper mapper, String name, byte[] bytes, Class<T> type) {
    try {
      return mapper.readValue(bytes, type);
    } catch (IOException e) {
      throw new ModelFileException("%s: %s: %s".formatted(file, name, StrictJson.reason(e)), e);
    }
  }

  /** The version of an entry's format, which is between the first and the last. */
  int version(String name, long limit, String format, int first, int last) throws IOException {
    Format found = json(name, limit, Format.class);
    if (!format.equals(found.format) || found.version < first || found.version > last) {
      String versions =
          first == last ? "version " + last : "versions %d to %d".formatted(first, last);
      throw new ModelFileException(
          "%s: %s says format '%s' version %d; this release reads '%s' %s"
              .formatted(file, name, found.format, found.version, format, versions));
    }
    return found.version;
  }

  @com.fasterxml.jackson.annotation.JsonIgnoreProperties(ignoreUnknown = true)
  private record Format(String format, int version) {}

  /** Bytes that are as many as the file's directory says, and no more than the limit. */
  private byte[] unchecked(String name, long limit) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    long size = entry.getSize();
    if (size > Math.min(limit, MAX_ARRAY)) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT, "%s: %s is larger than the %,d bytes it may have", file, name, limit));
    }
    if (AtomicZip.expands(size, entry.getCompressedSize())) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT,
              "%s: %s has %,d bytes and takes %,d of the file: no file of ours shrinks that much",
              file,
              name,
              size,
              entry.getCompressedSize()));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) size);
      if (bytes.length != size || in.read() >= 0) {
        throw new ModelFileException(
            String.format(
                Locale.ROOT,
                "%s: %s does not have the %,d bytes it claims: the file was damaged or altered",
                file,
                name,
                size));
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
