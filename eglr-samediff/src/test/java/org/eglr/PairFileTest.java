package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.eglr.data.Request;
import org.eglr.internal.model.RandomRequests;
import org.eglr.reasoning.QueryUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of models with pair effects, and without. */
class PairFileTest {

  private static final String CONFIG = "config.json";

  @TempDir private Path folder;

  private static Eglr model(PairEffects effects) {
    return Eglr.builder(RandomRequests.SCHEMA)
        .width(8)
        .heads(2)
        .seed(3)
        .pairEffects(effects)
        .members(1)
        .reasoning(r -> r.query(QueryUpdate.RESIDUAL)) // as first releases know it
        .asTrained();
  }

  private String config(Path file) throws IOException {
    return new String(StoredZip.entries(file).get(CONFIG), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(PairEffects.class)
  void is_read_as_it_was_written(PairEffects effects) throws IOException {
    Path file = folder.resolve("model.eglr");
    Eglr model = model(effects);
    model.save(file);
    Eglr loaded = Eglr.load(file);
    assertEquals(effects, loaded.settings().pairEffects());
    assertEquals(model.settings(), loaded.settings());
    Request request = RandomRequests.request(new SplittableRandom(1), 9, 9);
    int[] order = RandomRequests.permutation(new SplittableRandom(2), 9);
    assertArrayEquals(
        model.evaluator().score(request, order).clickProbabilities(),
        loaded.evaluator().score(request, order).clickProbabilities());
    boolean none = effects == PairEffects.NONE;
    assertEquals(none, !config(file).contains("pairEffects"), config(file));
    assertTrue(config(file).contains("\"version\" : " + (none ? 1 : 4)), config(file));
  }

  @Test
  void a_version_without_pair_effects_has_none() throws IOException {
    refused(
        PairEffects.MATCH,
        t -> t.replace("\"version\" : 4", "\"version\" : 3").replace("tion\" : 0", "tion\" : 1"),
        "Missing creator property");
    refused(
        PairEffects.NONE,
        t -> t.replace("\"seed\" : 3", "\"seed\" : 3, \"pairEffects\" : \"MATCH\""),
        "Unrecognized field \"pairEffects\"");
    refused(PairEffects.MATCH, t -> t.replace("\"pairEffects\" : \"MATCH\",", ""), "pairEffects");
    refused(PairEffects.MATCH, t -> t.replace("\"MATCH\"", "\"NONE\""), "weights.safetensors");
    refused(PairEffects.MATCH, t -> t.replace("\"MATCH\"", "\"MATCHES\""), "MATCHES");
    refused(PairEffects.MATCH, t -> t.replace("\"MATCH\"", "1"), "PairEffects");
    refused(PairEffects.MATCH, t -> t.replace("tion\" : 0", "tion\" : -1"), "'preselection' is -1");
  }

  private void refused(PairEffects effects, UnaryOperator<String> edit, String message)
      throws IOException {
    Path file = folder.resolve("model.eglr");
    model(effects).save(file);
    StoredZip.change(file, CONFIG, edit);
    Exception error = assertThrows(ModelFileException.class, () -> Eglr.load(file));
    assertTrue(error.getMessage().contains(message), error.getMessage());
    assertFalse(error.getMessage().contains("\n"), error.getMessage());
  }

  @Test
  void a_shared_evaluator_decides() {
    Evaluator shared =
        Evaluator.builder(RandomRequests.SCHEMA).pairEffects(PairEffects.FACTORS).build();
    assertEquals(
        PairEffects.FACTORS,
        Eglr.builder(RandomRequests.SCHEMA).evaluator(shared).build().settings().pairEffects());
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Eglr.builder(RandomRequests.SCHEMA)
                    .evaluator(shared)
                    .pairEffects(PairEffects.NONE)
                    .build());
    assertEquals(
        "setting 'pairEffects' is NONE; allowed: FACTORS, as the shared evaluator has it",
        error.getMessage());
  }

  @Test
  void it_must_be_one() {
    Exception error = assertThrows(IllegalArgumentException.class, () -> model(null));
    assertEquals(
        "setting 'pairEffects' is null; allowed: NONE, MATCH, FACTORS, DIFFERENCES or ALL",
        error.getMessage());
  }
}
