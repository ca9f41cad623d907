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
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.eglr.ModelFileException;
import org.eglr.data.DataException;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.Weights;

/**
 * A model in one zip file: config.json, schema.json, weights.safetensors and the SHA-256 of each.
 * Nothing in it names a class or runs code; entries of other names are refused, and no entry is
 * read beyond what it may hold.
 */
public final class ModelFile {

  private static final String CONFIG = "config.json";
  private static final String SCHEMA = "schema.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String MANIFEST = "manifest.sha256";
  private static final long SMALL = 1 << 20;
  private static final long MAX_SCHEMA = 1L << 28;

  private ModelFile() {}

  /** Everything a model file holds. */
  public record Content(
      Architecture architecture,
      Weights evaluator,
      Weights generator,
      boolean evaluatorTrained,
      boolean generatorTrained) {

    private Weights all() {
      Map<String, Weights> parts = new LinkedHashMap<>();
      parts.put("evaluator", evaluator);
      parts.put("generator", generator);
      return Weights.join(parts);
    }
  }

  /** Writes the model; an existing file is replaced only by a complete one. */
  public static void write(Path file, Content content) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try {
      var json = StrictJson.MAPPER.writerWithDefaultPrettyPrinter();
      ModelConfig config =
          new ModelConfig(
              ModelConfig.FORMAT,
              ModelConfig.VERSION,
              content.evaluatorTrained(),
              content.generatorTrained(),
              content.architecture().settings());
      entries.put(CONFIG, json.writeValueAsBytes(config));
      entries.put(SCHEMA, json.writeValueAsBytes(StoredSchema.of(content.architecture().schema())));
      entries.put(WEIGHTS, SafeTensors.write(content.all()));
      StringBuilder manifest = new StringBuilder();
      entries.forEach(
          (name, bytes) -> manifest.append(sha256(bytes)).append("  ").append(name).append('\n'));
      entries.put(MANIFEST, manifest.toString().getBytes(StandardCharsets.UTF_8));
      AtomicZip.write(file, entries);
    } catch (IOException e) {
      throw new ModelFileException(
          "cannot write model file %s: %s".formatted(file, describe(e)), e);
    }
  }

  /** Reads a model and checks every part of it. */
  public static Content read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      requireEntries(zip, file);
      Map<String, String> manifest = manifest(zip, file);
      ModelConfig config =
          json(checked(zip, CONFIG, SMALL, manifest, file), ModelConfig.class, CONFIG, file);
      if (!ModelConfig.FORMAT.equals(config.format()) || config.version() != ModelConfig.VERSION) {
        throw new ModelFileException(
            "%s: %s says format '%s' version %d; this release reads '%s' version %d"
                .formatted(
                    file,
                    CONFIG,
                    config.format(),
                    config.version(),
                    ModelConfig.FORMAT,
                    ModelConfig.VERSION));
      }
      StoredSchema schema =
          json(checked(zip, SCHEMA, MAX_SCHEMA, manifest, file), StoredSchema.class, SCHEMA, file);
      Architecture architecture = new Architecture(schema.toSchema(), config.settings());
      Content content =
          new Content(
              architecture,
              architecture.evaluator(),
              architecture.generator(),
              config.evaluatorTrained(),
              config.generatorTrained());
      byte[] weights = checked(zip, WEIGHTS, SafeTensors.limit(content.all()), manifest, file);
      SafeTensors.read(weights, content.all(), file + ": " + WEIGHTS);
      return content;
    } catch (NoSuchFileException e) {
      throw new ModelFileException("there is no model file " + file, e);
    } catch (ZipException e) {
      throw new ModelFileException(
          "%s is not a model file, or is truncated: %s".formatted(file, e.getMessage()), e);
    } catch (DataException | IllegalArgumentException e) {
      throw new ModelFileException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelFileException("cannot read model file %s: %s".formatted(file, describe(e)), e);
    }
  }

  private static void requireEntries(ZipFile zip, Path file) {
    TreeSet<String> wanted = new TreeSet<>(java.util.List.of(CONFIG, SCHEMA, WEIGHTS, MANIFEST));
    zip.stream()
        .map(ZipEntry::getName)
        .forEach(
            name -> {
              if (!wanted.remove(name)) {
                throw new ModelFileException(
                    "%s is not a model file: it holds '%s'".formatted(file, name));
              }
            });
    if (!wanted.isEmpty()) {
      throw new ModelFileException(
          "%s is not a model file: it has no '%s'".formatted(file, wanted.first()));
    }
  }

  private static Map<String, String> manifest(ZipFile zip, Path file) throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    String text = new String(bytes(zip, MANIFEST, SMALL, file), StandardCharsets.UTF_8);
    for (String line : text.split("\n")) {
      String[] parts = line.split("  ", 2);
      if (parts.length == 2) {
        hashes.put(parts[1], parts[0]);
      }
    }
    return hashes;
  }

  private static byte[] checked(
      ZipFile zip, String name, long limit, Map<String, String> manifest, Path file)
      throws IOException {
    byte[] bytes = bytes(zip, name, limit, file);
    if (!sha256(bytes).equals(manifest.get(name))) {
      throw new ModelFileException(
          "%s: %s does not have the SHA-256 of %s: the file was damaged or altered"
              .formatted(file, name, MANIFEST));
    }
    return bytes;
  }

  private static byte[] bytes(ZipFile zip, String name, long limit, Path file) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > limit) {
        throw new ModelFileException(
            "%s: %s is larger than the %,d bytes it may have".formatted(file, name, limit));
      }
      return bytes;
    }
  }

  private static <T> T json(byte[] bytes, Class<T> type, String name, Path file) {
    try {
      return StrictJson.MAPPER.readValue(bytes, type);
    } catch (IOException e) {
      throw new ModelFileException("%s: %s: %s".formatted(file, name, StrictJson.reason(e)), e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has SHA-256
    }
  }

  private static String describe(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
