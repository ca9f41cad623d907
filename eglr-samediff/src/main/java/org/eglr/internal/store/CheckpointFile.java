package org.eglr.internal.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eglr.ModelFileException;
import org.eglr.internal.check.Setting;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.train.TrainingLog;

/**
 * A training run in one zip file: checkpoint.json, schema.json, weights.safetensors (the model),
 * state.safetensors (optimiser and best weights), log.json and the SHA-256 of each.
 */
public final class CheckpointFile {

  private static final String CONFIG = "checkpoint.json";
  private static final String STATE = "state.safetensors";
  private static final String LOG = "log.json";
  private static final Set<String> ENTRIES =
      Set.of(CONFIG, ModelFile.SCHEMA, ModelFile.WEIGHTS, STATE, LOG);
  private static final String KIND = "checkpoint";

  /** A bound on what a hostile file can make of memory; some 400,000 GRPO steps. */
  private static final long MAX_LOG = 1L << 30;

  private CheckpointFile() {}

  /**
   * Writes a checkpoint; an existing file is replaced only by a complete one.
   *
   * @return its identity
   */
  public static String write(Path file, Checkpoint checkpoint) {
    return CheckedZip.write(file, KIND, () -> entries(file, checkpoint));
  }

  private static Map<String, byte[]> entries(Path file, Checkpoint checkpoint) throws IOException {
    Checkpoint.Best best = checkpoint.best();
    ObjectMapper mapper = StrictJson.of(checkpoint.architecture().settings());
    CheckpointConfig config =
        new CheckpointConfig(
            CheckpointConfig.FORMAT,
            version(mapper),
            checkpoint.generator() == null ? CheckpointConfig.EVALUATOR : CheckpointConfig.GRPO,
            checkpoint.architecture().settings(),
            checkpoint.conditions(),
            checkpoint.history().steps().size(),
            checkpoint.optimiser().steps(),
            best.weights() != null,
            best.value(),
            best.worse(),
            checkpoint.history().seconds());
    byte[] log = StrictJson.MAPPER.writeValueAsBytes(StoredLog.of(checkpoint.history()));
    if (log.length > MAX_LOG) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT,
              "cannot write checkpoint %s: the log of %,d steps is larger than %,d bytes;"
                  + " train without a checkpoint, or in several runs",
              file,
              config.steps(),
              MAX_LOG));
    }
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(CONFIG, StrictJson.pretty(mapper, config));
    entries.put(
        ModelFile.SCHEMA, StrictJson.pretty(StoredSchema.of(checkpoint.architecture().schema())));
    entries.put(
        ModelFile.WEIGHTS,
        SafeTensors.write(model(checkpoint.evaluator(), checkpoint.generator())));
    entries.put(
        STATE,
        SafeTensors.write(state(checkpoint.optimiser(), best.weights(), checkpoint.reference())));
    entries.put(LOG, log);
    return entries;
  }

  private static int version(ObjectMapper form) {
    if (form == StrictJson.MEMBERS) {
      return CheckpointConfig.MEMBERS;
    }
    return form == StrictJson.WHOLE ? CheckpointConfig.VERSION : CheckpointConfig.OLDEST;
  }

  /**
   * Reads a checkpoint for a run that goes on with it.
   *
   * @param training the run's name
   * @param conditions what the run has, which must be what the checkpoint says
   * @param total steps that the run will have taken at its end
   * @throws ModelFileException if the file is damaged, or of another run: what differs, and what to
   *     do
   */
  public static Checkpoint read(
      Path file,
      Architecture architecture,
      String training,
      List<Condition> conditions,
      int total) {
    return CheckedZip.read(
        file,
        KIND,
        zip -> {
          zip.require(ENTRIES);
          CheckpointConfig config = config(zip);
          SameRun same = new SameRun(file);
          same.training(config.training(), training);
          same.settings(config.settings(), architecture.settings());
          same.schema(StoredSchema.read(zip, config.settings()), architecture.schema());
          same.conditions(config.conditions(), conditions);
          same.steps(config.steps(), total);
          return read(zip, file, config, architecture, total);
        });
  }

  /** Refuses a place where no checkpoint can be written, before a run that would find out late. */
  public static void requireWritable(Path file) {
    Places.requireWritable(file, KIND);
  }

  /** What a file holds; null if there is none. Files of the same identity have the same content. */
  public static String identity(Path file) {
    return CheckedZip.identity(file);
  }

  static boolean is(CheckedZip zip) {
    return zip.has(CONFIG);
  }

  /** The model of a checkpoint with the best weights so far, or the present ones. */
  static ModelFile.Content model(CheckedZip zip, Path file) throws IOException {
    zip.require(ENTRIES);
    CheckpointConfig config = config(zip);
    Architecture architecture =
        new Architecture(StoredSchema.read(zip, config.settings()), config.settings());
    Checkpoint checkpoint = read(zip, file, config, architecture, config.steps());
    if (config.measured()) {
      checkpoint.trained().setFrom(checkpoint.best().weights());
    }
    boolean grpo = checkpoint.generator() != null;
    Checkpoint.History history = checkpoint.history();
    TrainingLog log =
        new TrainingLog(
            config.training(), history.steps(), history.validations(), false, history.seconds());
    return new ModelFile.Content(
        architecture,
        checkpoint.evaluator(),
        grpo ? checkpoint.generator() : architecture.generator(),
        true,
        grpo,
        0,
        grpo ? null : log,
        grpo ? log : null);
  }

  private static CheckpointConfig config(CheckedZip zip) throws IOException {
    int version =
        zip.version(
            CONFIG,
            ModelFile.MAX_CONFIG,
            CheckpointConfig.FORMAT,
            CheckpointConfig.OLDEST,
            CheckpointConfig.MEMBERS);
    byte[] json = zip.bytes(CONFIG, ModelFile.MAX_CONFIG);
    ObjectMapper mapper =
        switch (version) {
          case CheckpointConfig.MEMBERS -> StrictJson.MEMBERS;
          case CheckpointConfig.VERSION -> StrictJson.WHOLE;
          default -> StrictJson.MAPPER;
        };
    return zip.json(mapper, CONFIG, json, CheckpointConfig.class);
  }

  private static Checkpoint read(
      CheckedZip zip, Path file, CheckpointConfig config, Architecture architecture, int total)
      throws IOException {
    boolean grpo = config.training().equals(CheckpointConfig.GRPO);
    long generated = grpo ? architecture.generatorSize() : 0;
    long size = architecture.evaluatorSize() + generated;
    int parts = 2 + (config.measured() ? 1 : 0) + (config.referred() ? 1 : 0);
    long state = parts * (grpo ? generated : size);
    SafeTensors.requireSize(zip.size(ModelFile.WEIGHTS), size, file + ": " + ModelFile.WEIGHTS);
    SafeTensors.requireSize(zip.size(STATE), state, file + ": " + STATE);
    Weights evaluator = architecture.blankEvaluator();
    Weights generator = grpo ? architecture.blankGenerator() : null;
    fill(zip, ModelFile.WEIGHTS, model(evaluator, generator), file);
    Weights trained = grpo ? generator : evaluator;
    Checkpoint.Optimiser optimiser =
        new Checkpoint.Optimiser(config.updates(), trained.zeros(), trained.zeros());
    Weights best = config.measured() ? trained.zeros() : null;
    Weights reference = config.referred() ? trained.zeros() : null;
    fill(zip, STATE, state(optimiser, best, reference), file);
    requirePositive(optimiser.second(), file);
    StoredLog log = zip.json(LOG, MAX_LOG, StoredLog.class);
    int steps = log.seconds().size();
    Setting.require(steps == config.steps(), "steps", config.steps(), steps + ", as in " + LOG);
    return new Checkpoint(
        architecture,
        config.conditions(),
        evaluator,
        generator,
        optimiser,
        new Checkpoint.Best(best, config.bestValue(), config.worse()),
        reference,
        log.toHistory(total, config.seconds()));
  }

  private static void fill(CheckedZip zip, String name, Weights weights, Path file)
      throws IOException {
    byte[] bytes = zip.bytes(name, SafeTensors.limit(weights.size()));
    SafeTensors.read(bytes, weights, file + ": " + name);
  }

  private static Weights model(Weights evaluator, Weights generator) {
    Map<String, Weights> parts = new LinkedHashMap<>();
    parts.put("evaluator", evaluator);
    if (generator != null) {
      parts.put("generator", generator);
    }
    return Weights.join(parts);
  }

  private static Weights state(Checkpoint.Optimiser optimiser, Weights best, Weights reference) {
    Map<String, Weights> parts = new LinkedHashMap<>();
    parts.put("first", optimiser.first());
    parts.put("second", optimiser.second());
    if (best != null) {
      parts.put("best", best);
    }
    if (reference != null) {
      parts.put("reference", reference);
    }
    return Weights.join(parts);
  }

  /** A negative mean of squares would make weights of it that are not numbers. */
  private static void requirePositive(Weights second, Path file) {
    for (Tensor tensor : second.all()) {
      for (float value : tensor.data()) {
        if (value < 0) {
          throw new ModelFileException(
              "%s: %s: tensor 'second.%s' holds the value %s; allowed: at least 0"
                  .formatted(file, STATE, tensor.name(), value));
        }
      }
    }
  }
}
