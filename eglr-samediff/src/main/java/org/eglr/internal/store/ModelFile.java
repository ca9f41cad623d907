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

  /**
   * Everything a model file holds.
   *
   * @param preselection candidates that reach the generator; 0: all
   */
  public record Content(
      Architecture architecture,
      Weights evaluator,
      Weights generator,
      boolean evaluatorTrained,
      boolean generatorTrained,
      int preselection) {

    /** A model without a preselection. */
    public Content(
        Architecture architecture,
        Weights evaluator,
        Weights generator,
        boolean evaluatorTrained,
        boolean generatorTrained) {
      this(architecture, evaluator, generator, evaluatorTrained, generatorTrained, 0);
    }

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
    int top = content.preselection();
    entries.put(CONFIG, StrictJson.pretty(top == 0 ? config : PreselectedConfig.of(config, top)));
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
    int version =
        zip.version(
            CONFIG, MAX_CONFIG, ModelConfig.FORMAT, ModelConfig.VERSION, PreselectedConfig.VERSION);
    PreselectedConfig narrow =
        version == PreselectedConfig.VERSION
            ? zip.json(CONFIG, MAX_CONFIG, PreselectedConfig.class)
            : null;
    ModelConfig config =
        narrow == null ? zip.json(CONFIG, MAX_CONFIG, ModelConfig.class) : narrow.plain();
    Architecture architecture =
        new Architecture(StoredSchema.read(zip, config.settings()), config.settings());
    String what = file + ": " + WEIGHTS;
    long values = architecture.evaluatorSize() + architecture.generatorSize();
    SafeTensors.requireSize(zip.size(WEIGHTS), values, what);
    byte[] weights = zip.bytes(WEIGHTS, SafeTensors.limit(values));
    Content content =
        new Content(
            architecture,
            architecture.blankEvaluator(),
            architecture.blankGenerator(),
            config.evaluatorTrained(),
            config.generatorTrained(),
            narrow == null ? 0 : narrow.preselection());
    SafeTensors.read(weights, content.all(), what);
    return content;
  }
}
