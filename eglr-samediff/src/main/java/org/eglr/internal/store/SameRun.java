package org.eglr.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.eglr.ModelFileException;
import org.eglr.Settings;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;

/** Refuses to go on with a run under other conditions than it began with, and says which. */
final class SameRun {

  private final Path file;

  SameRun(Path file) {
    this.file = file;
  }

  void training(String run, String wanted) {
    if (!run.equals(wanted)) {
      throw new ModelFileException(
          "%s is a checkpoint of %s training, not of %s training: resume it with %s"
              .formatted(
                  file,
                  run,
                  wanted,
                  run.equals(CheckpointConfig.GRPO) ? "trainGenerator" : "trainEvaluator"));
    }
  }

  void settings(Settings run, Settings model) {
    List<String> differences = new ArrayList<>();
    boolean earlier = EarlierSettings.suffices(run) && EarlierSettings.suffices(model);
    compare("", tree(run, earlier), tree(model, earlier), differences);
    if (!differences.isEmpty()) {
      throw new ModelFileException(
          ("%s is of another model: %s. Build the model with the run's settings, or take it"
                  + " from the checkpoint: Eglr.load(file)")
              .formatted(file, String.join("; ", differences)));
    }
  }

  /** Other gates than the entropy's stand there as people write them. */
  private static JsonNode tree(Settings settings, boolean earlier) {
    ObjectNode tree = (earlier ? StrictJson.MAPPER : StrictJson.WHOLE).valueToTree(settings);
    if (!earlier) {
      tree.put("decoderLayers", settings.decoderLayers()); // left out where there is one
      tree.withObject("/reasoning").put("gate", settings.reasoning().gate().describe());
    }
    return tree;
  }

  private static void compare(String prefix, JsonNode run, JsonNode model, List<String> into) {
    for (Map.Entry<String, JsonNode> field : run.properties()) {
      String name = prefix + field.getKey();
      JsonNode there = field.getValue();
      JsonNode here = model.path(field.getKey());
      if (there.isObject()) {
        compare(name + ".", there, here, into);
      } else if (!there.equals(here)) {
        into.add(
            "setting '%s' is %s in the checkpoint, %s here"
                .formatted(name, there.asText(), here.asText()));
      }
    }
  }

  void schema(Schema run, Schema model) {
    if (!run.equals(model)) {
      throw new ModelFileException(
          ("%s is of a model of another schema: %s. Encode the data with the run's schema:"
                  + " log.encode(Eglr.load(file).schema())")
              .formatted(file, difference(run, model)));
    }
  }

  private static String difference(Schema run, Schema model) {
    if (!names(run).equals(names(model))) {
      return "its fields are %s, here %s".formatted(names(run), names(model));
    }
    List<Vocabulary> categories = categories(run);
    for (int f = 0; f < categories.size(); f++) {
      Vocabulary there = categories.get(f);
      Vocabulary here = categories(model).get(f);
      if (!there.equals(here)) {
        return there.size() == here.size()
            ? "field '%s' has other values".formatted(there.field())
            : String.format(
                Locale.ROOT,
                "field '%s' has %,d ids in the checkpoint, %,d here",
                there.field(),
                there.size(),
                here.size());
      }
    }
    return "a dense field is scaled by other numbers: %s in the checkpoint, %s here"
        .formatted(scalings(run), scalings(model));
  }

  private static List<String> names(Schema schema) {
    List<String> names = new ArrayList<>();
    categories(schema).forEach(vocabulary -> names.add(vocabulary.field()));
    scalings(schema).forEach(scaling -> names.add(scaling.field()));
    return names;
  }

  private static List<Vocabulary> categories(Schema schema) {
    List<Vocabulary> all = new ArrayList<>(schema.userCategories());
    all.addAll(schema.itemCategories());
    return all;
  }

  private static List<Scaling> scalings(Schema schema) {
    List<Scaling> all = new ArrayList<>(schema.userValues());
    all.addAll(schema.itemValues());
    return all;
  }

  void conditions(Map<String, String> run, List<Condition> wanted) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> remedies = new TreeSet<>();
    TreeSet<String> left = new TreeSet<>(run.keySet());
    for (Condition condition : wanted) {
      left.remove(condition.name());
      String value = run.getOrDefault(condition.name(), condition.usual());
      if (!condition.value().equals(value)) {
        differences.add(
            "%s: %s in the checkpoint, %s here"
                .formatted(
                    condition.name(), value == null ? "not recorded" : value, condition.value()));
        remedies.add(condition.remedy());
      }
    }
    if (!differences.isEmpty()) {
      throw new ModelFileException(
          "%s cannot be resumed here: %s. To resume it, %s"
              .formatted(file, String.join("; ", differences), String.join(", and ", remedies)));
    }
    if (!left.isEmpty()) {
      throw new ModelFileException(
          "%s: unknown condition '%s' in checkpoint.json".formatted(file, left.first()));
    }
  }

  void steps(int taken, int total) {
    if (taken > total) {
      throw new ModelFileException(
          ("%s has taken %d steps and this run would end after %d: give it at least as many"
                  + " by epochs or steps")
              .formatted(file, taken, total));
    }
  }
}
