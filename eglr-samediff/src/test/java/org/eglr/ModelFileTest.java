package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eglr.data.Request;
import org.eglr.internal.model.RandomRequests;
import org.eglr.reasoning.QueryUpdate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Model files: whole round trips, and every way a file can be wrong. */
class ModelFileTest {

  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "weights.safetensors";

  @TempDir Path folder;
  private final Eglr model =
      Eglr.builder(RandomRequests.SCHEMA)
          .width(8)
          .heads(2)
          .pairEffects(PairEffects.NONE)
          .members(1)
          .reasoning(r -> r.query(QueryUpdate.RESIDUAL)) // as first releases know it
          .seed(3)
          .asTrained();
  private Path file;

  @BeforeEach
  void save() {
    file = folder.resolve("model.eglr");
    model.save(file);
  }

  @Test
  void a_loaded_model_makes_the_same_lists() {
    Eglr loaded = Eglr.load(file);
    assertEquals(model.settings(), loaded.settings());
    assertEquals(model.schema(), loaded.schema());
    assertEquals(model.parameters(), loaded.parameters());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20; i++) {
      Request request = RandomRequests.request(random, 6, 4);
      Ranking expected = model.rerank(request);
      Ranking actual = loaded.rerank(request);
      assertArrayEquals(expected.order(), actual.order());
      assertEquals(expected.score(), actual.score());
      assertArrayEquals(expected.clickProbabilities(), actual.clickProbabilities());
    }
  }

  @Test
  void the_same_model_gives_the_same_bytes() throws IOException {
    Path again = folder.resolve("again.eglr");
    Eglr.load(file).save(again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  /** The layout, read by hand as its specification says. */
  @Test
  void weights_are_safetensors() throws IOException {
    byte[] bytes = entries().get(WEIGHTS);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) buffer.getLong();
    assertEquals(0, length % 8);
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertTrue(
        header.contains(
            "\"evaluator.features.user.0.weight\":{\"dtype\":\"F32\",\"shape\":[6,16],"
                + "\"data_offsets\":[0,384]}"),
        header.substring(0, 200));
    assertTrue(header.contains("\"generator.layer.q.weight\":{\"dtype\":\"F32\",\"shape\":[8,8]"));
    assertEquals(8 + length + 4 * model.parameters(), bytes.length);
  }

  @Test
  void a_failed_save_leaves_the_old_file_and_nothing_else() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Path taken = folder.resolve("taken.eglr");
    Files.createDirectories(taken.resolve("child")); // the last step, the move, must fail
    for (Path target : List.of(taken, folder.resolve("no such folder").resolve("model.eglr"))) {
      String message =
          assertThrows(ModelFileException.class, () -> model.save(target)).getMessage();
      assertTrue(message.contains("cannot write model file"), message);
    }
    assertTrue(Files.isDirectory(taken.resolve("child")));
    assertArrayEquals(before, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void a_missing_file() {
    for (Path absent : List.of(folder.resolve("absent.eglr"), file.resolve("below.eglr"))) {
      says("there is no model file " + absent, () -> Eglr.load(absent));
    }
    says(folder + " is a folder, not a model file", () -> Eglr.load(folder));
  }

  @Test
  void a_place_where_no_file_can_be_written() {
    Path absent = folder.resolve("sub");
    says(
        "cannot write model file %s: there is no folder %s; make it, or name another file"
            .formatted(absent.resolve("m.eglr"), absent),
        () -> model.save(absent.resolve("m.eglr")));
    says(
        "cannot write model file %s: %s is a file, not a folder; name another file"
            .formatted(file.resolve("m.eglr"), file),
        () -> model.save(file.resolve("m.eglr")));
    says(
        "cannot write model file %s: it is a folder; name a file in it".formatted(folder),
        () -> model.save(folder));
    Path relative = Path.of("no-such-folder", "m.eglr");
    says(
        "cannot write model file no-such-folder/m.eglr: there is no folder no-such-folder; make it,"
            + " or name another file",
        () -> model.save(relative));
  }

  private static void says(String message, Executable action) {
    assertEquals(message, assertThrows(ModelFileException.class, action).getMessage());
  }

  @Test
  void a_truncated_file_at_any_length() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, 3, 100, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(file, "is not a model file, or is truncated");
    }
  }

  @Test
  void a_foreign_file() throws IOException {
    Files.writeString(file, "user,item,click\n1,2,1\n");
    refused(file, "is not a model file, or is truncated");
    write(Map.of("readme.txt", "hello".getBytes(StandardCharsets.UTF_8)));
    refused(file, "is not a model file: it holds 'readme.txt'");
  }

  @Test
  void entries_that_would_escape_or_do_not_belong() throws IOException {
    for (String name : new String[] {"../evil.sh", "/etc/passwd", "config.json/", "a/b"}) {
      Map<String, byte[]> entries = entries();
      entries.put(name, new byte[0]);
      write(entries);
      refused(file, "it holds '" + name + "'");
      model.save(file);
    }
  }

  @Test
  void a_missing_entry() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.remove(WEIGHTS);
    write(entries);
    refused(file, "it has no 'weights.safetensors'");
  }

  @Test
  void any_altered_entry() throws IOException {
    for (String name : new String[] {CONFIG, "schema.json", WEIGHTS}) {
      Map<String, byte[]> entries = entries();
      entries.get(name)[entries.get(name).length / 2] ^= 1;
      write(entries);
      refused(file, name, "SHA-256", "damaged or altered");
      model.save(file);
    }
  }

  @Test
  void a_version_of_the_future() throws IOException {
    change(CONFIG, text -> text.replace("\"version\" : 1", "\"version\" : 6"));
    refused(file, "version 6; this release reads 'eglr-model' versions 1 to 4");
    change(CONFIG, text -> text.replace("\"settings\" :", "\"later\" : 1, \"settings\" :"));
    refused(file, "version 6; this release reads 'eglr-model' versions 1 to 4");
  }

  @Test
  void a_file_of_the_release_before() throws IOException {
    // what has nothing new is written as it was, see EarlierFormatTest
    Eglr loaded = Eglr.load(file);
    assertEquals(model.settings(), loaded.settings());
    assertTrue(loaded.evaluatorLog().isEmpty() && loaded.generatorLog().isEmpty());
    change(CONFIG, text -> text.replace("\"version\" : 1", "\"version\" : 0"));
    refused(file, "version 0; this release reads 'eglr-model' versions 1 to 4");
  }

  @Test
  void an_interrupted_thread_can_save() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Thread.currentThread().interrupt();
    model.save(file);
    assertTrue(Thread.interrupted(), "the flag is kept");
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void settings_that_are_unknown_missing_or_out_of_range() throws IOException {
    change(CONFIG, text -> text.replace("\"heads\" :", "\"class\" : \"x\", \"heads\" :"));
    refused(file, CONFIG, "Unrecognized field \"class\"", "line");
    model.save(file);
    change(CONFIG, text -> text.replaceAll("\"heads\" : 2,", ""));
    refused(file, CONFIG, "heads");
    model.save(file);
    change(CONFIG, text -> text.replace("\"heads\" : 2", "\"heads\" : 3"));
    refused(file, CONFIG, "setting 'width' is 8; allowed: a multiple of heads (3)");
    model.save(file);
    change(CONFIG, text -> text.replaceAll("(\"baseTemperature\" : )[0-9.]+", "$11.0E-5"));
    refused(file, CONFIG, "setting 'baseTemperature' is 1.0E-5; allowed: 0.001 to 100");
    model.save(file);
    change(CONFIG, text -> text + "{}");
    refused(file, CONFIG);
  }

  @Test
  void a_vocabulary_with_a_value_twice() throws IOException {
    change("schema.json", text -> text.replace("\"2\"", "\"1\""));
    refused(file, "vocabulary of 'segment': value '1' stands twice");
  }

  @Test
  void fields_and_shapes_that_are_no_such_thing() throws IOException {
    change("schema.json", text -> text.replaceFirst("\"itemValues\" : \\[ ", "$0null, "));
    refused(file, "null");
    model.save(file);
    change(WEIGHTS, text -> text.replace("\"shape\":[6,16]", "\"shape\":{\"a\":1}"));
    refused(file, "has shape {\"a\":1}");
  }

  @Test
  void weights_of_other_shapes() throws IOException {
    change(WEIGHTS, text -> text.replace("\"shape\":[6,16]", "\"shape\":[16,6]"));
    refused(file, "'evaluator.features.user.0.weight' has shape [16, 6]", "[6, 16]");
  }

  @Test
  void weights_that_claim_bytes_beyond_the_file() throws IOException {
    Map<String, byte[]> entries = entries();
    byte[] weights = entries.get(WEIGHTS);
    entries.put(WEIGHTS, Arrays.copyOf(weights, weights.length - 16));
    rewrite(entries);
    refused(file, "truncated or altered");
  }

  @Test
  void weights_that_are_not_numbers() throws IOException {
    Map<String, byte[]> entries = entries();
    byte[] weights = entries.get(WEIGHTS);
    ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putFloat(weights.length - 4, Float.NaN);
    rewrite(entries);
    refused(file, "holds the value NaN");
  }

  @Test
  void a_header_larger_than_the_file() throws IOException {
    Map<String, byte[]> entries = entries();
    ByteBuffer.wrap(entries.get(WEIGHTS)).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
    rewrite(entries);
    refused(file, "its header claims");
  }

  @Test
  void an_entry_larger_than_it_may_be() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put(CONFIG, new byte[3 << 20]); // compresses to almost nothing
    rewrite(entries);
    refused(file, "config.json is larger than the 1,048,576 bytes it may have");
  }

  private void refused(Path path, String... parts) {
    String message = assertThrows(ModelFileException.class, () -> Eglr.load(path)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
    }
  }

  private void change(String name, UnaryOperator<String> edit) throws IOException {
    StoredZip.change(file, name, edit);
  }

  private Map<String, byte[]> entries() throws IOException {
    return StoredZip.entries(file);
  }

  private void rewrite(Map<String, byte[]> entries) throws IOException {
    StoredZip.rewrite(file, entries);
  }

  private void write(Map<String, byte[]> entries) throws IOException {
    StoredZip.write(file, entries);
  }
}
