package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.train.GrpoTraining;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gates in model files and checkpoints. */
class GateFileTest {

  private static final Splits DATA =
      Simulator.adLike().lists(120).listLength(4).pool(6).seed(2).log().split(0.6, 0.2, 0.2);

  private static final Request REQUEST = DATA.test().request(0);

  @TempDir Path folder;

  private static Eglr model(Gate gate) {
    return Eglr.builder(DATA.schema())
        .width(8)
        .heads(2)
        .evaluatorLayers(1)
        .embedding(4)
        .pairEffects(PairEffects.NONE)
        .members(1)
        .reasoning(r -> r.query(QueryUpdate.RESIDUAL)) // as first releases know it
        .reasoning(r -> r.gate(gate))
        .asTrained();
  }

  private static GrpoTraining brief(GrpoTraining t) {
    return t.steps(2).groupSize(3).batchSize(8);
  }

  private Path saved(Eglr model) {
    Path file = folder.resolve("model.eglr");
    model.save(file);
    return file;
  }

  private static String config(Path file) throws IOException {
    return new String(StoredZip.entries(file).get("config.json"), StandardCharsets.UTF_8);
  }

  static Stream<Gate> ready() {
    return Stream.of(
        Gate.relativeEntropy(0.6),
        Gate.margin(0.25),
        Gate.always(),
        Gate.never(),
        Gate.positions(1, 3),
        Gate.random(0.4, -8));
  }

  @ParameterizedTest
  @MethodSource("ready")
  void a_ready_gate_comes_back(Gate gate) throws IOException {
    Eglr model = model(gate);
    Path file = saved(model);
    assertTrue(config(file).contains("\"version\" : 4"), config(file));
    Eglr loaded = Eglr.load(file);
    assertEquals(model.settings(), loaded.settings());
    assertArrayEquals(model.rerank(REQUEST).order(), loaded.rerank(REQUEST).order());
    byte[] bytes = Files.readAllBytes(file);
    assertArrayEquals(bytes, Files.readAllBytes(saved(loaded)));
    Eglr narrow = Eglr.load(saved(model.withPreselection(5)));
    assertEquals(5, narrow.rerank(REQUEST).request().pool());
  }

  @Test
  void the_entropy_gate_is_written_as_ever() throws IOException {
    String config = config(saved(model(Gate.entropy(0.7))));
    assertTrue(config.contains("\"version\" : 1"), config);
    assertTrue(config.contains("\"entropyThreshold\" : 0.7"), config);
    assertFalse(config.contains("gate"), config);
  }

  @Test
  void a_gated_model_keeps_its_gain_and_its_kind() throws IOException {
    Eglr model =
        Eglr.builder(DATA.schema())
            .width(8)
            .heads(2)
            .evaluatorLayers(1)
            .embedding(4)
            .pairEffects(PairEffects.NONE)
            .members(1)
            .reasoning(r -> r.query(QueryUpdate.GATED))
            .asTrained();
    long without = model(Gate.always()).parameters();
    assertEquals(without + 8, model.parameters(), "a gain for each of the width");
    model.trainGenerator(DATA, t -> brief(t).learningRate(0.05));
    Path file = saved(model);
    assertTrue(config(file).contains("\"version\" : 4"), config(file));
    assertTrue(
        new String(StoredZip.entries(file).get("weights.safetensors"), StandardCharsets.ISO_8859_1)
            .contains("\"generator.reasoning.gain\":{\"dtype\":\"F32\",\"shape\":[8]"));
    Eglr loaded = Eglr.load(file);
    assertEquals(model.settings(), loaded.settings());
    for (int i = 0; i < 10; i++) {
      Request request = DATA.test().request(i);
      assertArrayEquals(model.rerank(request).order(), loaded.rerank(request).order());
    }
    assertEquals(
        "setting 'query' is RESIDUAL; allowed: GATED, whose gain these weights have; a model of"
            + " the other kind must be built and trained anew",
        assertThrows(
                IllegalArgumentException.class,
                () -> loaded.withReasoning(r -> r.query(QueryUpdate.RESIDUAL)))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> model(Gate.always()).withReasoning(r -> r.query(QueryUpdate.GATED)));
  }

  @Test
  void a_lambda_is_not_in_a_file_and_the_model_says_so() throws IOException {
    Eglr model = model(d -> d.position() == 2);
    Path file = saved(model);
    assertTrue(config(file).contains("\"kind\" : \"custom\""), config(file));
    Eglr loaded = Eglr.load(file);
    List<Executable> uses =
        List.of(
            () -> loaded.rerank(REQUEST),
            () -> loaded.beamSearch(REQUEST, 2),
            () -> loaded.evaluate(DATA.test()),
            () -> loaded.compare(DATA.test()),
            () -> loaded.trainGenerator(DATA, GateFileTest::brief));
    for (Executable use : uses) {
      assertEquals(
          "this model's gate was a lambda, which a file does not hold: give it again,"
              + " eglr.withReasoning(r -> r.gate(d -> ...)), or a ready one such as"
              + " Gate.entropy(1.2)",
          assertThrows(IllegalStateException.class, use).getMessage());
    }
    Eglr given = loaded.withReasoning(r -> r.gate(d -> d.position() == 2));
    assertArrayEquals(model.rerank(REQUEST).order(), given.rerank(REQUEST).order());
    assertEquals(4, loaded.withReasoning(r -> r.maxSteps(0)).rerank(REQUEST).order().length);
    byte[] bytes = Files.readAllBytes(file);
    assertArrayEquals(bytes, Files.readAllBytes(saved(loaded)), "it can be saved again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"kind\" : \"sometimes\"};setting 'gate.kind' is \"sometimes\"; allowed: one of always",
        "{\"kind\" : 3, \"rate\" : 0.4, \"seed\" : 1};setting 'gate.kind' is 3; allowed: one of",
        "{\"rate\" : 0.4, \"seed\" : 1};setting 'gate.kind' is ; allowed: one of",
        "\"never\";setting 'gate' is \"never\"; allowed: an object with a kind",
        "null;Null value for creator property 'gate'",
        "{\"kind\" : \"random\", \"rate\" : 0.4};setting 'gate random' is with [rate]; allowed:"
            + " exactly [rate, seed]",
        "{\"kind\" : \"always\", \"class\" : \"x\"};setting 'gate always' is with [class]",
        "{\"kind\" : \"random\", \"rate\" : 1.4, \"seed\" : 1};setting 'gate random' is 1.4",
        "{\"kind\" : \"random\", \"rate\" : \"0.4\", \"seed\" : 1};setting 'gate.rate' is \"0.4\"",
        "{\"kind\" : \"random\", \"rate\" : 0.4, \"seed\" : 1e30};setting 'gate.seed' is 1.0E30",
        "{\"kind\" : \"random\", \"rate\" : 0.4, \"seed\" : 1.5};setting 'gate.seed' is 1.5",
        "{\"kind\" : \"positions\", \"positions\" : []};setting 'gate positions' is []",
        "{\"kind\" : \"positions\", \"positions\" : [1, \"2\"]};setting 'gate.positions' is [1",
        "{\"kind\" : \"positions\", \"positions\" : [99999999999]};setting 'gate.positions' is",
        "{\"kind\" : \"margin\", \"gap\" : -1};setting 'gate margin' is -1.0; allowed: 0 to 1",
      })
  void hostile_gates_are_refused(String gate, String part) throws IOException {
    Path file = saved(model(Gate.random(0.4, 1)));
    StoredZip.change(
        file, "config.json", text -> text.replaceFirst("(?s)(\"gate\" : )\\{.*?\\}", "$1" + gate));
    String message = assertThrows(ModelFileException.class, () -> Eglr.load(file)).getMessage();
    assertTrue(message.contains("config.json: "), message);
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void an_old_version_holds_no_gate_and_a_new_one_no_threshold() throws IOException {
    Path file = saved(model(Gate.always()));
    StoredZip.change(
        file, "config.json", text -> text.replace("\"version\" : 4", "\"version\" : 1"));
    assertThrows(ModelFileException.class, () -> Eglr.load(file));
    Path other = saved(model(Gate.entropy(1)));
    StoredZip.change(
        other, "config.json", text -> text.replace("\"version\" : 1", "\"version\" : 4"));
    assertThrows(ModelFileException.class, () -> Eglr.load(other));
  }

  @Test
  void a_checkpoint_keeps_its_gate_and_goes_on_with_no_other() throws IOException {
    Path file = folder.resolve("run.checkpoint");
    UnaryOperator<GrpoTraining> first = t -> brief(t).checkpoint(file, 1);
    model(Gate.random(0.4, 2)).trainGenerator(DATA, first);
    assertEquals(Gate.random(0.4, 2), Eglr.load(file).settings().reasoning().gate());
    model(Gate.random(0.4, 2)).trainGenerator(DATA, t -> brief(t).steps(3).resume(file));
    var error =
        assertThrows(
            ModelFileException.class,
            () -> model(Gate.entropy(1)).trainGenerator(DATA, t -> brief(t).resume(file)));
    assertTrue(
        error
            .getMessage()
            .contains(
                "setting 'reasoning.gate' is random:0.4:2 in the checkpoint, entropy:1.0 here"),
        error.getMessage());
  }

  @Test
  void a_run_with_a_lambda_goes_on_with_a_lambda() throws IOException {
    Path file = folder.resolve("run.checkpoint");
    Gate gate = d -> d.entropy() > 1;
    model(gate).trainGenerator(DATA, t -> brief(t).checkpoint(file, 1));
    Eglr loaded = Eglr.load(file);
    assertThrows(
        IllegalStateException.class,
        () -> loaded.trainGenerator(DATA, t -> brief(t).steps(3).resume(file)));
    Eglr given = loaded.withReasoning(r -> r.gate(gate));
    assertEquals(3, given.trainGenerator(DATA, t -> brief(t).steps(3).resume(file)).steps().size());
    Eglr whole = model(gate);
    whole.trainGenerator(DATA, t -> brief(t).steps(3));
    assertArrayEquals(whole.rerank(REQUEST).order(), given.rerank(REQUEST).order());
  }
}
