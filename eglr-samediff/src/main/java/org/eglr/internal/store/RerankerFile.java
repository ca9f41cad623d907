package org.eglr.internal.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipFile;
import org.eglr.ModelFileException;
import org.eglr.data.Schema;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Parameter;
import org.eglr.internal.model.Weights;
import org.eglr.internal.rerank.GraphGate;
import org.eglr.internal.rerank.ModelKinds;
import org.eglr.internal.rerank.ModelSpec;
import org.eglr.reasoning.Reasoning;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.StepModel;
import org.eglr.train.TrainingLog;

/**
 * A re-ranker beside EGLR in one zip file: config.json, schema.json, weights.safetensors, logs.json
 * and the SHA-256 of each. The file names one of the library's models, or says that it is of one of
 * somebody's own, who must bring it along.
 */
public final class RerankerFile {

  private static final String CONFIG = "config.json";
  private static final String LOGS = "logs.json";
  private static final String KIND = "re-ranker's file";
  private static final long MAX_LOGS = 1L << 28;

  private RerankerFile() {}

  /**
   * Everything such a file holds.
   *
   * @param logs of the stages that are trained, by name
   */
  public record Content(ModelSpec spec, Weights weights, Map<String, TrainingLog> logs) {}

  /** logs.json: curves of the trained stages, in their order. */
  private record Logs(List<StoredCurves> curves) {}

  /** Writes the re-ranker; an existing file is replaced only by a complete one. */
  public static void write(Path file, Content content) {
    CheckedZip.write(file, KIND, () -> entries(content));
  }

  private static Map<String, byte[]> entries(Content content) throws IOException {
    ModelSpec spec = content.spec();
    String kind = ModelKinds.of(spec.model());
    ObjectNode settings =
        kind.equals(ModelKinds.OWN)
            ? StrictJson.MAPPER.createObjectNode()
            : StrictJson.MAPPER.valueToTree(spec.model());
    boolean earlier = LaterSettings.taken(kind, settings);
    RerankerConfig config =
        new RerankerConfig(
            RerankerConfig.FORMAT,
            earlier ? RerankerConfig.EARLIER : RerankerConfig.VERSION,
            kind,
            spec.model().name(),
            settings,
            spec.embedding(),
            spec.places(),
            spec.seed(),
            spec.reasoning() == null ? List.of() : List.of(GatedReasoning.of(spec.reasoning())),
            List.copyOf(content.logs().keySet()));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(CONFIG, StrictJson.pretty(config));
    entries.put(ModelFile.SCHEMA, StrictJson.pretty(StoredSchema.of(spec.schema())));
    entries.put(ModelFile.WEIGHTS, SafeTensors.write(content.weights()));
    entries.put(
        LOGS,
        StrictJson.MAPPER.writeValueAsBytes(
            new Logs(content.logs().values().stream().map(StoredCurves::of).toList())));
    return entries;
  }

  /** Whether a file looks like one of these, and not like another of the library's. */
  public static boolean is(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(LOGS) != null;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /**
   * Reads a re-ranker and checks every part of it.
   *
   * @param own the model where it is one of somebody's own; null: it is one of the library's
   */
  public static Content read(Path file, RerankerModel own) {
    return CheckedZip.read(file, KIND, zip -> read(zip, file, own));
  }

  private static Content read(CheckedZip zip, Path file, RerankerModel own) throws IOException {
    zip.require(Set.of(CONFIG, ModelFile.SCHEMA, ModelFile.WEIGHTS, LOGS));
    zip.version(
        CONFIG,
        ModelFile.MAX_CONFIG,
        RerankerConfig.FORMAT,
        RerankerConfig.EARLIER,
        RerankerConfig.VERSION);
    RerankerConfig config = zip.json(CONFIG, ModelFile.MAX_CONFIG, RerankerConfig.class);
    RerankerModel model = model(zip, file, config, own);
    Schema schema = StoredSchema.read(zip, config.embedding());
    ModelSpec spec =
        new ModelSpec(
            schema,
            model,
            config.embedding(),
            config.places(),
            reasoning(config, model, file),
            config.seed());
    List<Parameter> parameters = spec.parameters();
    String what = file + ": " + ModelFile.WEIGHTS;
    long values = parameters.stream().mapToLong(Parameter::size).sum();
    SafeTensors.requireSize(zip.size(ModelFile.WEIGHTS), values, what);
    byte[] bytes = zip.bytes(ModelFile.WEIGHTS, SafeTensors.limit(values));
    Weights weights = Architecture.blank(parameters);
    SafeTensors.read(bytes, weights, what);
    return new Content(spec, weights, logs(zip, file, config, model));
  }

  private static RerankerModel model(
      CheckedZip zip, Path file, RerankerConfig config, RerankerModel own) throws IOException {
    if (config.kind().equals(ModelKinds.OWN)) {
      if (own == null) {
        throw new ModelFileException(
            ("%s is of '%s', a model of somebody's own: bring its definition along,"
                    + " Rerankers.load(file, model)")
                .formatted(file, config.name()));
      }
      if (!own.name().equals(config.name())) {
        throw new ModelFileException(
            "%s is of the model '%s', not of '%s'".formatted(file, config.name(), own.name()));
      }
      return own;
    }
    RerankerModel known = ModelKinds.all().get(config.kind());
    if (known == null) {
      throw new ModelFileException(
          "%s is of the kind '%s'; this release knows %s and one's own"
              .formatted(file, config.kind(), String.join(", ", ModelKinds.all().keySet())));
    }
    if (config.version() == RerankerConfig.EARLIER) {
      LaterSettings.add(config.kind(), config.settings());
    }
    byte[] settings = StrictJson.MAPPER.writeValueAsBytes(config.settings());
    return zip.json(CONFIG + " settings", settings, known.getClass());
  }

  private static Reasoning reasoning(RerankerConfig config, RerankerModel model, Path file) {
    if (config.reasoning().isEmpty()) {
      return null;
    }
    if (!(model instanceof StepModel)) {
      throw new ModelFileException(
          "%s: %s says that '%s' reasons; it scores the pool at once"
              .formatted(file, CONFIG, model.name()));
    }
    Reasoning reasoning = config.reasoning().get(0).reasoning();
    GraphGate.require(reasoning.gate());
    return reasoning;
  }

  private static Map<String, TrainingLog> logs(
      CheckedZip zip, Path file, RerankerConfig config, RerankerModel model) throws IOException {
    List<StoredCurves> curves = zip.json(LOGS, MAX_LOGS, Logs.class).curves();
    if (curves.size() != config.stages().size()) {
      throw new ModelFileException(
          "%s: %s has %d logs of %d stages"
              .formatted(file, LOGS, curves.size(), config.stages().size()));
    }
    Map<String, TrainingLog> logs = new LinkedHashMap<>();
    for (int i = 0; i < curves.size(); i++) {
      String stage = config.stages().get(i);
      logs.put(stage, curves.get(i).toLog(model.name() + (curves.size() == 1 ? "" : ": " + stage)));
    }
    return logs;
  }
}
