package org.eglr.internal.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.train.TrainingLog;

/**
 * A model in one zip file: config.json, schema.json, weights.safetensors, where it was trained
 * evaluator-log.json and grpo-log.json, and the SHA-256 of each.
 */
public final class ModelFile {

  static final String SCHEMA = "schema.json";
  static final String WEIGHTS = "weights.safetensors";
  static final long MAX_CONFIG = 1 << 20;
  static final long MAX_SCHEMA = 1L << 28;
  private static final String CONFIG = "config.json";
  private static final String EVALUATOR_LOG = "evaluator-log.json";
  private static final String GRPO_LOG = "grpo-log.json";
  private static final String KIND = "model file";

  /** Some 100,000 GRPO steps; a longer log stays out. */
  private static final long MAX_LOG = 1L << 28;

  private ModelFile() {}

  /**
   * Everything a model file holds.
   *
   * @param preselection candidates that reach the generator; 0: all
   * @param evaluatorLog of the evaluator's training; null if there is none
   * @param generatorLog of the generator's; null if there is none
   */
  public record Content(
      Architecture architecture,
      Weights evaluator,
      Weights generator,
      boolean evaluatorTrained,
      boolean generatorTrained,
      int preselection,
      TrainingLog evaluatorLog,
      TrainingLog generatorLog) {

    /** A model without a preselection and logs. */
    public Content(
        Architecture architecture,
        Weights evaluator,
        Weights generator,
        boolean evaluatorTrained,
        boolean generatorTrained) {
      this(architecture, evaluator, generator, evaluatorTrained, generatorTrained, 0, null, null);
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
    boolean logs = content.evaluatorLog() != null || content.generatorLog() != null;
    ModelConfig config =
        new ModelConfig(
            ModelConfig.FORMAT,
            logs ? ModelConfig.VERSION : ModelConfig.OLDEST, // earlier releases refuse what is new
            content.evaluatorTrained(),
            content.generatorTrained(),
            content.architecture().settings());
    Map<String, byte[]> entries = new LinkedHashMap<>();
    int top = content.preselection();
    entries.put(CONFIG, json(config, top));
    entries.put(SCHEMA, StrictJson.pretty(StoredSchema.of(content.architecture().schema())));
    entries.put(WEIGHTS, SafeTensors.write(content.all()));
    addLog(entries, EVALUATOR_LOG, content.evaluatorLog());
    addLog(entries, GRPO_LOG, content.generatorLog());
    return entries;
  }

  /** In the oldest form that says it all: earlier releases read what they know. */
  private static byte[] json(ModelConfig config, int preselection) throws IOException {
    if (!EarlierSettings.suffices(config.settings())) {
      ObjectMapper form = StrictJson.of(config.settings());
      int version = form == StrictJson.MEMBERS ? WholeConfig.MEMBERS : WholeConfig.VERSION;
      return StrictJson.pretty(form, WholeConfig.of(config, version, preselection));
    }
    return StrictJson.pretty(
        preselection == 0 ? config : WholeConfig.of(config, WholeConfig.PRESELECTED, preselection));
  }

  private static void addLog(Map<String, byte[]> entries, String name, TrainingLog log)
      throws IOException {
    if (log != null) {
      byte[] json = StrictJson.MAPPER.writeValueAsBytes(StoredCurves.of(log));
      if (json.length <= MAX_LOG) {
        entries.put(name, json);
      }
    }
  }

  private static TrainingLog log(CheckedZip zip, String name, String training) throws IOException {
    return zip.has(name) ? zip.json(name, MAX_LOG, StoredCurves.class).toLog(training) : null;
  }

  /** Reads a model and checks every part of it; of a checkpoint, the model as it is there. */
  public static Content read(Path file) {
    return CheckedZip.read(
        file,
        KIND,
        zip -> CheckpointFile.is(zip) ? CheckpointFile.model(zip, file) : read(zip, file));
  }

  private static Content read(CheckedZip zip, Path file) throws IOException {
    zip.require(Set.of(CONFIG, SCHEMA, WEIGHTS), Set.of(EVALUATOR_LOG, GRPO_LOG));
    int version =
        zip.version(
            CONFIG, MAX_CONFIG, ModelConfig.FORMAT, ModelConfig.OLDEST, WholeConfig.MEMBERS);
    byte[] json = zip.bytes(CONFIG, MAX_CONFIG);
    ModelConfig config;
    int preselection = 0;
    if (version >= WholeConfig.PRESELECTED) {
      ObjectMapper mapper =
          switch (version) {
            case WholeConfig.MEMBERS -> StrictJson.MEMBERS;
            case WholeConfig.VERSION -> StrictJson.WHOLE;
            default -> StrictJson.MAPPER;
          };
      WholeConfig whole = zip.json(mapper, CONFIG, json, WholeConfig.class);
      config = whole.plain();
      preselection = whole.preselection();
    } else {
      config = zip.json(CONFIG, json, ModelConfig.class);
    }
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
            preselection,
            log(zip, EVALUATOR_LOG, CheckpointConfig.EVALUATOR),
            log(zip, GRPO_LOG, CheckpointConfig.GRPO));
    SafeTensors.read(weights, content.all(), what);
    return content;
  }
}
