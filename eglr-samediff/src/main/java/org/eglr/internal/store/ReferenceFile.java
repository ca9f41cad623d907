package org.eglr.internal.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.eglr.ModelFileException;
import org.eglr.data.DataException;
import org.eglr.data.Schema;

/**
 * A plain re-ranker in one zip file: config.json, schema.json, columns.json, model.txt and the
 * SHA-256 of each.
 */
public final class ReferenceFile {

  private static final String CONFIG = "config.json";
  private static final String COLUMNS = "columns.json";
  private static final String MODEL = "model.txt";
  private static final String WHAT = "re-ranker's file";
  private static final long MAX_COLUMNS = 1L << 28;
  private static final long MAX_MODEL = 1L << 28;

  private ReferenceFile() {}

  /**
   * Everything such a file holds.
   *
   * @param kind which re-ranker it is
   * @param texts settings by name
   * @param numbers settings and values by name
   * @param schema of the data
   * @param columns what it has learned, by name
   * @param model the same as text, of one that is kept as text; else empty
   */
  public record Content(
      String kind,
      Map<String, String> texts,
      Map<String, Double> numbers,
      Schema schema,
      Map<String, double[]> columns,
      String model) {

    public String text(String name) {
      return require(texts.get(name), name);
    }

    public double number(String name) {
      double number = require(numbers.get(name), name);
      if (!Double.isFinite(number)) {
        throw new DataException("'%s' is %s".formatted(name, number));
      }
      return number;
    }

    /** A column of finite numbers, at least 0. */
    public double[] column(String name) {
      double[] column = require(columns.get(name), name);
      for (double value : column) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
          throw new DataException("'%s' has %s; it must be at least 0".formatted(name, value));
        }
      }
      return column;
    }

    /** As {@link #column(String)}, of so many numbers. */
    public double[] column(String name, int size) {
      double[] column = column(name);
      if (column.length != size) {
        throw new DataException("'%s' has %d numbers of %d".formatted(name, column.length, size));
      }
      return column;
    }

    private static <T> T require(T value, String name) {
      if (value == null) {
        throw new DataException("it has no '%s'".formatted(name));
      }
      return value;
    }
  }

  /** columns.json. */
  private record Columns(Map<String, double[]> columns) {}

  /** Writes the re-ranker; an existing file is replaced only by a complete one. */
  public static void write(Path file, Content content) {
    CheckedZip.write(file, WHAT, () -> entries(content));
  }

  private static Map<String, byte[]> entries(Content content) throws IOException {
    ReferenceConfig config =
        new ReferenceConfig(
            ReferenceConfig.FORMAT,
            ReferenceConfig.VERSION,
            content.kind(),
            new TreeMap<>(content.texts()),
            new TreeMap<>(content.numbers()));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(CONFIG, StrictJson.pretty(config));
    entries.put(ModelFile.SCHEMA, StrictJson.pretty(StoredSchema.of(content.schema())));
    entries.put(
        COLUMNS,
        StrictJson.MAPPER.writeValueAsBytes(new Columns(new TreeMap<>(content.columns()))));
    entries.put(MODEL, content.model().getBytes(StandardCharsets.UTF_8));
    return entries;
  }

  /**
   * Reads a re-ranker and checks every part of it.
   *
   * @param kind which it must be
   * @param make makes it of the file's content; what it refuses, the file is refused for
   */
  public static <T> T read(Path file, String kind, Function<Content, T> make) {
    return CheckedZip.read(file, WHAT, zip -> make.apply(read(zip, file, kind)));
  }

  private static Content read(CheckedZip zip, Path file, String kind) throws IOException {
    zip.require(Set.of(CONFIG, ModelFile.SCHEMA, COLUMNS, MODEL));
    int version = ReferenceConfig.VERSION;
    zip.version(CONFIG, ModelFile.MAX_CONFIG, ReferenceConfig.FORMAT, version, version);
    ReferenceConfig config = zip.json(CONFIG, ModelFile.MAX_CONFIG, ReferenceConfig.class);
    if (!config.kind().equals(kind)) {
      throw new ModelFileException(
          "%s holds a re-ranker of the kind '%s', not '%s'".formatted(file, config.kind(), kind));
    }
    StoredSchema schema = zip.json(ModelFile.SCHEMA, ModelFile.MAX_SCHEMA, StoredSchema.class);
    Columns columns = zip.json(COLUMNS, MAX_COLUMNS, Columns.class);
    byte[] model = zip.bytes(MODEL, MAX_MODEL);
    return new Content(
        kind,
        config.texts(),
        config.numbers(),
        schema.toSchema(),
        columns.columns(),
        new String(model, StandardCharsets.UTF_8));
  }
}
