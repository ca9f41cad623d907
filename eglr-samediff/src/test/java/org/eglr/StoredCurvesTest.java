package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning curves in model files and checkpoints. */
class StoredCurvesTest {

  private static final Splits DATA =
      Simulator.adLike().lists(80).listLength(4).seed(1).log().split(0.7, 0.15, 0.15);

  @TempDir Path folder;
  private final Eglr model = Eglr.builder(DATA.schema()).width(8).heads(2).seed(3).build();
  private TrainingLog evaluator;
  private TrainingLog generator;
  private Path file;

  @BeforeEach
  void train() {
    evaluator = model.trainEvaluator(DATA, t -> t.epochs(2).batchSize(20));
    generator = model.trainGenerator(DATA, t -> t.steps(3).batchSize(8).groupSize(3));
    file = folder.resolve("model.eglr");
    model.save(file);
  }

  @Test
  void a_model_brings_back_what_its_trainings_measured() {
    Eglr loaded = Eglr.load(file);
    same(evaluator, loaded.evaluatorLog().orElseThrow());
    same(generator, loaded.generatorLog().orElseThrow());
    assertTrue(Double.isNaN(loaded.generatorLog().orElseThrow().seconds()), "not in the file");
  }

  @Test
  void a_model_that_is_saved_again_is_the_same_file() throws IOException {
    Path again = folder.resolve("again.eglr");
    Eglr.load(file).save(again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void a_training_that_makes_the_generator_useless_drops_its_log() {
    model.trainEvaluator(DATA, t -> t.epochs(1).batchSize(20));
    assertTrue(model.generatorLog().isEmpty());
    assertEquals(3, model.evaluatorLog().orElseThrow().steps().size());
  }

  @Test
  void a_run_without_a_step_leaves_the_log_of_the_one_before() {
    Thread.currentThread().interrupt();
    assertTrue(model.trainGenerator(DATA, t -> t.steps(3)).steps().isEmpty());
    same(generator, model.generatorLog().orElseThrow());
  }

  @Test
  void a_checkpoint_brings_back_its_run() {
    Path checkpoint = folder.resolve("run.checkpoint");
    TrainingLog log =
        model.trainGenerator(
            DATA.train(), t -> t.steps(4).batchSize(8).groupSize(3).checkpoint(checkpoint, 2));
    Eglr loaded = Eglr.load(checkpoint);
    same(log, loaded.generatorLog().orElseThrow());
    assertTrue(loaded.evaluatorLog().isEmpty());
  }

  @Test
  void a_log_that_was_altered_is_refused() throws IOException {
    StoredZip.change(file, "grpo-log.json", text -> text.replace("\"total\":3", "\"total\":2"));
    refused("setting 'total' is 2; allowed: 3 steps or more");
    model.save(file);
    StoredZip.change(
        file, "evaluator-log.json", text -> text.replace("\"total\"", "\"later\":1,\"total\""));
    refused("evaluator-log.json: Unrecognized field \"later\"");
    model.save(file);
    var entries = StoredZip.entries(file);
    entries.put("other-log.json", "{}".getBytes(StandardCharsets.UTF_8));
    StoredZip.rewrite(file, entries);
    refused("it holds 'other-log.json'");
  }

  private void refused(String part) {
    String message = assertThrows(ModelFileException.class, () -> Eglr.load(file)).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static void same(TrainingLog expected, TrainingLog actual) {
    assertEquals(expected.name(), actual.name());
    assertEquals(expected.interrupted(), actual.interrupted());
    assertEquals(expected.validations(), actual.validations());
    assertEquals(expected.steps().size(), actual.steps().size());
    for (int s = 0; s < expected.steps().size(); s++) {
      TrainingStep step = expected.steps().get(s);
      assertEquals(step.step(), actual.steps().get(s).step());
      assertEquals(step.total(), actual.steps().get(s).total());
      assertEquals(step.values(), actual.steps().get(s).values());
      assertEquals(step.profile().isPresent(), actual.steps().get(s).profile().isPresent());
      step.profile()
          .ifPresent(
              profile ->
                  assertArrayEquals(
                      profile.before(),
                      actual.steps().get(step.step() - 1).profile().orElseThrow().before()));
    }
  }
}
