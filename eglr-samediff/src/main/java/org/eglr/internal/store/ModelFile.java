package org.eglr.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;

/**
 * A model in one zip file: config.json, schema.json, weights.safetensors and the SHA-256 of each.
 */
public final class ModelFile {

  static final String SCHEMA = "schema.json";
  static final String WEIGHTS = "weights.safetensors";
  static final long MAX_CONFIG = 1 << 20;
  static final long MAX_SCHEMA = 1L << 28;
  private static final String CONFIG = "config.json";
  private static final String KIND = "model file";

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
    CheckedZip.write(file, KIND, () -> entries(content));
  }

  private static Map<String, byte[]> entries(Content content) throws IOException {
    ModelConfig config =
        new ModelConfig(
            ModelConfig.FORMAT,
            ModelConfig.VERSION,
            content.evaluatorTrained(),
            content.generatorTrained(),
            content.architecture().settings());
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(CONFIG, StrictJson.pretty(config));
    entries.put(SCHEMA, StrictJson.pretty(StoredSchema.of(content.architecture().schema())));
    entries.put(WEIGHTS, SafeTensors.write(content.all()));
    return entries;
  }

  /** Reads a model and checks every part of it; of a checkpoint, the model as it is there. */
  public static Content read(Path file) {
    return CheckedZip.read(
        file,
        KIND,
        zip -> CheckpointFile.is(zip) ? CheckpointFile.model(zip, file) : read(zip, file));
  }

  private static Content read(CheckedZip zip, Path file) throws IOException {
    zip.require(Set.of(CONFIG, SCHEMA, WEIGHTS));
    ModelConfig config =
        zip.versioned(
            CONFIG, MAX_CONFIG, ModelConfig.class, ModelConfig.FORMAT, ModelConfig.VERSION);
    StoredSchema schema = zip.json(SCHEMA, MAX_SCHEMA, StoredSchema.class);
    Architecture architecture = new Architecture(schema.toSchema(), config.settings());
    Content content =
        new Content(
            architecture,
            architecture.evaluator(),
            architecture.generator(),
            config.evaluatorTrained(),
            config.generatorTrained());
    byte[] weights = zip.bytes(WEIGHTS, SafeTensors.limit(content.all()));
    SafeTensors.read(weights, content.all(), file + ": " + WEIGHTS);
    return content;
  }
}
