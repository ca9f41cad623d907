package org.eglr;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Opens stored files and writes them altered, as someone with ill intent could. */
final class StoredZip {

  private static final String MANIFEST = "manifest.sha256";

  private StoredZip() {}

  static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  static void write(Path file, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    Files.write(file, bytes.toByteArray());
  }

  /** Writes the entries with a manifest that fits them. */
  static void rewrite(Path file, Map<String, byte[]> entries) throws IOException {
    StringBuilder manifest = new StringBuilder();
    entries.remove(MANIFEST);
    entries.forEach(
        (name, bytes) -> manifest.append(sha256(bytes)).append("  ").append(name).append('\n'));
    entries.put(MANIFEST, manifest.toString().getBytes(StandardCharsets.UTF_8));
    write(file, entries);
  }

  /** Changes an entry's text and the manifest with it. */
  static void change(Path file, String name, UnaryOperator<String> edit) throws IOException {
    Map<String, byte[]> entries = entries(file);
    String text = new String(entries.get(name), StandardCharsets.ISO_8859_1);
    String edited = edit.apply(text);
    assertNotEquals(text, edited, "the edit found nothing to change");
    entries.put(name, edited.getBytes(StandardCharsets.ISO_8859_1));
    rewrite(file, entries);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
