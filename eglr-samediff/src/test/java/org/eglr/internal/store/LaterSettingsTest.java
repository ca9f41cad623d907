package org.eglr.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipFile;
import org.eglr.ModelFileException;
import org.eglr.data.Schema;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.rerank.ModelSpec;
import org.eglr.rerank.EgRerank;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.Seq2Slate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Re-rankers' files of version 1, which say nothing of settings that came later. */
class LaterSettingsTest {

  private static final Schema SCHEMA =
      Simulator.adLike().lists(20).seed(1).log().split(0.8, 0.1, 0.1).schema();

  @TempDir Path folder;

  private Path written(RerankerModel model) {
    Path file = folder.resolve("model.eglr");
    ModelSpec spec = new ModelSpec(SCHEMA, model, 2, 3, null, 1);
    RerankerFile.write(file, new RerankerFile.Content(spec, spec.firstWeights(), Map.of()));
    return file;
  }

  private static Map<String, byte[]> entries(Path file) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (String name : new String[] {"config.json", "schema.json", "weights.safetensors"}) {
        entries.put(name, zip.getInputStream(zip.getEntry(name)).readAllBytes());
      }
      entries.put("logs.json", zip.getInputStream(zip.getEntry("logs.json")).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static ObjectNode config(Path file) throws IOException {
    return (ObjectNode) StrictJson.MAPPER.readTree(entries(file).get("config.json"));
  }

  /** The file with another configuration. */
  private Path edited(Path file, UnaryOperator<String> edit) {
    Map<String, byte[]> entries = entries(file);
    entries.computeIfPresent(
        "config.json",
        (name, text) ->
            edit.apply(new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
    Path other = folder.resolve("edited.eglr");
    CheckedZip.write(other, "re-ranker's file", () -> entries);
    return other;
  }

  /** What earlier releases wrote, to the letter: they can read it, and it is what it was. */
  @Test
  void a_model_without_anything_new_is_written_as_earlier_releases_wrote_it() throws IOException {
    EgRerank model = new EgRerank(4, 2, 0.1, 0.01, 0.001, EgRerank.Judge.SHARED);
    Path file = written(model);
    assertEquals(1, config(file).get("version").asInt());
    assertEquals(
        "{\"width\":4,\"samples\":2,\"clip\":0.1,\"discount\":0.01,\"entropy\":0.001}",
        config(file).get("settings").toString());
    assertEquals(model, RerankerFile.read(file, null).spec().model());
    assertEquals(
        "EgRerank[width=4, samples=2, clip=0.1, discount=0.01, entropy=0.001]", model.toString());
    Seq2Slate other = new Seq2Slate(4, Seq2Slate.Loss.HINGE);
    assertEquals(1, config(written(other)).get("version").asInt());
    assertEquals(other, RerankerFile.read(folder.resolve("model.eglr"), null).spec().model());
  }

  @Test
  void one_with_something_new_says_so() throws IOException {
    EgRerank model = new EgRerank().width(4);
    Path file = written(model);
    assertEquals(2, config(file).get("version").asInt());
    assertEquals("OWN", config(file).get("settings").get("evaluator").asText());
    assertEquals(model, RerankerFile.read(file, null).spec().model());
    assertEquals(
        "EgRerank[width=4, samples=5, clip=0.1, discount=0.01, entropy=0.001, evaluator=OWN]",
        model.toString());
  }

  @Test
  void a_version_and_its_settings_must_go_together() {
    Path file = written(new EgRerank().width(4));
    Path early = edited(file, text -> text.replace("\"version\" : 2", "\"version\" : 1"));
    assertEquals(
        early + ": setting 'evaluator' is \"OWN\"; allowed: none in version 1", refusal(early));
    Path shared = written(new EgRerank().width(4).evaluator(EgRerank.Judge.SHARED));
    Path late = edited(shared, text -> text.replace("\"version\" : 1", "\"version\" : 2"));
    assertTrue(refusal(late).contains("Missing creator property 'evaluator'"), refusal(late));
    Path future = edited(shared, text -> text.replace("\"version\" : 1", "\"version\" : 3"));
    assertTrue(
        refusal(future).endsWith("version 3; this release reads 'eglr-reranker' versions 1 to 2"),
        refusal(future));
  }

  private static String refusal(Path file) {
    return assertThrows(ModelFileException.class, () -> RerankerFile.read(file, null)).getMessage();
  }
}
