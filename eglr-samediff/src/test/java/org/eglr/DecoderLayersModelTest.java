package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.reasoning.QueryUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of several decoder layers: settings, trainings, files. */
class DecoderLayersModelTest {

  private static final String CONFIG = "config.json";

  private static final Splits DATA =
      Simulator.adLike().lists(120).listLength(4).pool(6).seed(2).log().split(0.6, 0.2, 0.2);

  @TempDir private Path folder;

  private static Eglr model(int layers, UnaryOperator<EglrBuilder> settings) {
    return settings
        .apply(Eglr.builder(DATA.schema()).width(8).heads(2).evaluatorLayers(1).embedding(4))
        .decoderLayers(layers)
        .asTrained();
  }

  private String config(Eglr model) throws IOException {
    Path file = folder.resolve("config.eglr");
    model.save(file);
    return new String(StoredZip.entries(file).get(CONFIG), StandardCharsets.UTF_8);
  }

  @Test
  void files_of_one_layer_are_as_before() throws IOException {
    String none =
        config(
            model(
                1,
                b ->
                    b.pairEffects(PairEffects.NONE)
                        .members(1)
                        .reasoning(r -> r.query(QueryUpdate.RESIDUAL))));
    String match = config(model(1, b -> b));
    assertTrue(none.contains("\"version\" : 1"), none);
    assertTrue(match.contains("\"version\" : 4"), match);
    assertFalse(none.contains("decoderLayers"), none);
    String two =
        config(
            model(
                2,
                b ->
                    b.pairEffects(PairEffects.NONE)
                        .members(1)
                        .reasoning(r -> r.query(QueryUpdate.RESIDUAL))));
    assertTrue(two.contains("\"version\" : 4") && two.contains("\"decoderLayers\" : 2"), two);
  }

  @Test
  void what_was_trained_is_read_as_it_was_written() {
    Eglr model = model(2, b -> b);
    model.trainGenerator(DATA, t -> t.steps(2).groupSize(3).batchSize(8));
    Path file = folder.resolve("model.eglr");
    model.save(file);
    Eglr loaded = Eglr.load(file);
    assertEquals(2, loaded.settings().decoderLayers());
    assertEquals(model.settings(), loaded.settings());
    var expected = model.rerank(DATA.test().request(0));
    assertArrayEquals(expected.order(), loaded.rerank(DATA.test().request(0)).order());
    assertEquals(
        model.weights().get("generator.layer.q.weight").values().length,
        loaded.weights().get("generator.layer2.q.weight").values().length);
    assertTrue(model.parameters() > model(1, b -> b).parameters());
  }

  @Test
  void a_run_goes_on_where_it_was_and_with_no_other_number_of_layers() {
    Path file = folder.resolve("run");
    Eglr whole = model(2, b -> b);
    whole.trainGenerator(DATA.train(), t -> t.steps(4).groupSize(3).batchSize(8));
    model(2, b -> b)
        .trainGenerator(
            DATA.train(), t -> t.steps(2).groupSize(3).batchSize(8).checkpoint(file, 2));
    Eglr resumed = model(2, b -> b);
    resumed.trainGenerator(DATA.train(), t -> t.steps(4).groupSize(3).batchSize(8).resume(file));
    assertArrayEquals(
        whole.weights().get("generator.layer2.o.weight").values(),
        resumed.weights().get("generator.layer2.o.weight").values());
    Eglr other = model(1, b -> b);
    String said =
        assertThrows(
                ModelFileException.class,
                () ->
                    other.trainGenerator(
                        DATA.train(), t -> t.steps(4).groupSize(3).batchSize(8).resume(file)))
            .getMessage();
    assertTrue(said.contains("setting 'decoderLayers' is 2 in the checkpoint, 1 here"), said);
  }

  @Test
  void graphs_are_refused_in_one_line() {
    Eglr graphs = model(2, b -> b).withEngine(Engine.SAMEDIFF);
    String said =
        "setting 'decoderLayers' is 2, which the SameDiff engine does not compute; use"
            + " Engine.JAVA, model.withEngine(Engine.JAVA), or 1 layer";
    assertEquals(
        said,
        assertThrows(IllegalArgumentException.class, () -> graphs.rerank(DATA.test().request(0)))
            .getMessage());
    assertEquals(
        said,
        assertThrows(
                IllegalArgumentException.class,
                () -> graphs.trainGenerator(DATA, t -> t.steps(1).groupSize(2).batchSize(4)))
            .getMessage());
    assertEquals(
        said,
        assertThrows(IllegalArgumentException.class, () -> graphs.graph("generator")).getMessage());
  }

  @Test
  void other_numbers_are_refused() throws IOException {
    for (int layers : new int[] {0, 5}) {
      assertEquals(
          "setting 'decoderLayers' is %d; allowed: 1 to 4".formatted(layers),
          assertThrows(IllegalArgumentException.class, () -> model(layers, b -> b)).getMessage());
    }
    for (String written : new String[] {"0", "3", "2.0", "\"2\"", "null", "true"}) {
      Path file = folder.resolve("changed.eglr");
      model(2, b -> b).save(file);
      StoredZip.change(
          file, CONFIG, t -> t.replace("\"decoderLayers\" : 2", "\"decoderLayers\" : " + written));
      String said = assertThrows(ModelFileException.class, () -> Eglr.load(file)).getMessage();
      assertFalse(said.contains("\n"), said);
    }
  }
}
