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
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.reasoning.QueryUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, reading it gives a sound model or one line, in bounded memory. */
class HostileFileTest {

  private static final Splits DATA =
      Simulator.adLike().lists(30).listLength(4).pool(5).seed(1).log().split(0.7, 0.15, 0.15);

  @TempDir Path folder;
  private final Eglr model =
      Eglr.builder(DATA.schema())
          .width(4)
          .heads(1)
          .embedding(2)
          .position(2)
          .pairEffects(PairEffects.NONE)
          .members(1)
          .reasoning(r -> r.query(QueryUpdate.RESIDUAL)) // as first releases know it
          .seed(3)
          .build();

  private Path saved() {
    Path file = folder.resolve("model.eglr");
    model.trainEvaluator(DATA.train(), t -> t.epochs(1));
    model.trainGenerator(DATA.train(), t -> t.steps(1).groupSize(2).batchSize(8));
    model.withPreselection(3).save(file);
    return file;
  }

  private Path checkpoint() {
    Path file = folder.resolve("run.checkpoint");
    model.trainEvaluator(DATA.train(), t -> t.epochs(1));
    model.trainGenerator(
        DATA.train(), t -> t.steps(2).batchSize(4).groupSize(2).checkpoint(file, 1));
    return file;
  }

  /** The one line that refuses the file. */
  private static String refused(Path file, String... parts) {
    ModelFileException refusal = assertThrows(ModelFileException.class, () -> Eglr.load(file));
    requireLine(refusal);
    for (String part : parts) {
      assertTrue(refusal.getMessage().contains(part), part + " is not in " + refusal.getMessage());
    }
    return refusal.getMessage();
  }

  private static void requireLine(ModelFileException refusal) {
    String message = refusal.getMessage();
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    assertTrue(message.length() <= 4000, message);
  }

  @Test
  void truncated_at_any_byte() throws IOException {
    for (Path file : List.of(saved(), checkpoint())) {
      byte[] whole = Files.readAllBytes(file);
      Path cut = folder.resolve("cut");
      int stride = Math.max(1, whole.length / 400);
      for (int length = 0; length < whole.length; length += length < 300 ? 1 : stride) {
        Files.write(cut, Arrays.copyOf(whole, length));
        refused(cut, "is not a model file, or is truncated");
      }
      Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
      refused(cut, "is not a model file, or is truncated");
    }
  }

  /** Bytes of the zip itself: directory, sizes, names, compressed data. */
  @Test
  void flipped_removed_and_inserted_bytes_change_nothing_or_are_refused() throws IOException {
    for (Path file : List.of(saved(), checkpoint())) {
      byte[] whole = Files.readAllBytes(file);
      byte[] same = bytes(Eglr.load(file));
      Path altered = folder.resolve("altered");
      for (int seed = 0; seed < 500; seed++) {
        Files.write(altered, mutated(whole, new SplittableRandom(seed)));
        requireSameOrRefused(altered, same, "seed " + seed);
      }
    }
  }

  private byte[] mutated(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      // half of them in the directory at the end, which decides most
      int directory = Math.min(bytes.length, 500);
      int from = random.nextBoolean() ? 0 : bytes.length - directory;
      int at = from + random.nextInt(bytes.length - from);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) 0xFF;
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0x7F);
        default -> {
          byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
          System.arraycopy(bytes, at + 1, cut, at, bytes.length - 1 - at);
          bytes = cut;
        }
      }
    }
    return bytes;
  }

  private void requireSameOrRefused(Path altered, byte[] same, String what) {
    try {
      assertArrayEquals(same, bytes(Eglr.load(altered)), what);
    } catch (ModelFileException refusal) {
      requireLine(refusal);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + " is not refused by a ModelFileException: " + e, e);
    }
  }

  private byte[] bytes(Eglr loaded) {
    try {
      Path file = folder.resolve("bytes");
      loaded.save(file);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Entries altered by someone who renews the manifest: nothing but the checks is in his way. */
  @Test
  void altered_entries_give_a_sound_model_or_are_refused() throws IOException {
    for (Path file : List.of(saved(), checkpoint())) {
      Map<String, byte[]> entries = new TreeMap<>(StoredZip.entries(file));
      List<String> names =
          entries.keySet().stream().filter(n -> !n.startsWith("manifest")).toList();
      Path altered = folder.resolve("altered");
      int sound = 0;
      for (int seed = 0; seed < 500; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, byte[]> changed = new TreeMap<>(entries);
        String name = names.get(random.nextInt(names.size()));
        changed.put(name, edited(changed.get(name), random));
        StoredZip.rewrite(altered, changed);
        try {
          Eglr loaded = Eglr.load(altered);
          if (loaded.evaluatorTrained() && loaded.generatorTrained()) {
            loaded.rerank(DATA.test().request(0).withLength(1)).score();
          }
          sound++;
        } catch (ModelFileException refusal) {
          requireLine(refusal);
        } catch (org.eglr.data.DataException other) {
          sound++; // a sound model of another schema
        } catch (RuntimeException | Error e) {
          throw new AssertionError("seed %d: %s: %s".formatted(seed, name, e), e);
        }
      }
      assertTrue(sound > 0 && sound < 500, sound + " are sound");
    }
  }

  private static final List<String> TOKENS =
      List.of(
          "0",
          "-1",
          "1.0",
          "\"1\"",
          "null",
          "true",
          "[]",
          "{}",
          "1e999",
          "\"NaN\"",
          "\n",
          "\"",
          "9223372036854775808",
          "2147483647",
          ",",
          "[[",
          "}",
          "\\u0000",
          "\"a\":1,",
          "é");

  /** A byte changed, or a token of the JSON replaced, doubled or left out. */
  private static byte[] edited(byte[] bytes, SplittableRandom random) {
    int text = Math.min(bytes.length, 4000);
    int at = random.nextInt(text);
    if (random.nextInt(3) == 0) {
      byte[] copy = bytes.clone();
      copy[at] = (byte) random.nextInt(256);
      return copy;
    }
    int end = Math.min(text, at + random.nextInt(12));
    String token = TOKENS.get(random.nextInt(TOKENS.size()));
    byte[] middle = token.getBytes(StandardCharsets.UTF_8);
    ByteBuffer joined = ByteBuffer.allocate(at + middle.length + bytes.length - end);
    joined.put(bytes, 0, at).put(middle).put(bytes, end, bytes.length - end);
    return joined.array();
  }

  @Test
  void an_entry_that_is_there_twice() throws IOException {
    Path file = saved();
    Map<String, byte[]> entries = StoredZip.entries(file);
    entries.put("config.jsoX", "{}".getBytes(StandardCharsets.UTF_8));
    StoredZip.write(file, entries);
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    text = text.replace("config.jsoX", "config.json");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    refused(file, "it holds 'config.json' twice");
  }

  @Test
  void a_name_that_would_be_a_second_line() throws IOException {
    Path file = saved();
    Map<String, byte[]> entries = StoredZip.entries(file);
    entries.put("a\nModel saved to /", new byte[0]);
    StoredZip.write(file, entries);
    refused(file, "is not a model file: it holds 'a?Model saved to /'");
  }

  /** A few kilobytes that unpack to as many megabytes. */
  @Test
  void an_entry_that_shrinks_too_well() throws IOException {
    Path file = saved();
    for (String name : List.of("schema.json", "weights.safetensors")) {
      Map<String, byte[]> entries = StoredZip.entries(file);
      byte[] bomb = new byte[3_000_000];
      Arrays.fill(bomb, (byte) ' ');
      entries.put(name, bomb);
      Path altered = folder.resolve("bomb");
      StoredZip.rewrite(altered, entries);
      assertTrue(Files.size(altered) < 50_000);
      refused(altered, name);
    }
    Map<String, byte[]> entries = StoredZip.entries(checkpoint());
    entries.put("log.json", " ".repeat(3_000_000).getBytes(StandardCharsets.UTF_8));
    StoredZip.rewrite(file, entries);
    refused(file, "log.json has 3,000,000 bytes and takes", "no file of ours shrinks that much");
  }

  /** Files whose settings ask for gigabytes, in no more memory than they have themselves. */
  @Test
  void sizes_that_only_settings_and_vocabularies_claim() throws IOException {
    for (Path file : List.of(saved(), checkpoint())) {
      String name = file.toString().endsWith(".eglr") ? "config.json" : "checkpoint.json";
      for (UnaryOperator<String> edit :
          List.<UnaryOperator<String>>of(
              t -> t.replace("\"width\" : 4", "\"width\" : 1024"),
              t -> t.replace("\"feedForward\" : ", "\"feedForward\" : 10"),
              t -> t.replace("\"embedding\" : 2", "\"embedding\" : 256"))) {
        Path altered = Files.copy(file, folder.resolve("large"), REPLACE);
        StoredZip.change(altered, name, edit);
        refused(altered, ": it has ", " bytes; settings and vocabularies ask for ");
      }
      Path altered = Files.copy(file, folder.resolve("large"), REPLACE);
      String many =
          IntStream.range(0, 300_000)
              .mapToObj(i -> "\"" + i + "\"")
              .collect(Collectors.joining(","));
      StoredZip.change(
          altered, "schema.json", t -> t.replaceFirst("\"values\" : \\[ ", "$0" + many + ","));
      refused(altered, "schema.json has 300,", " texts; the weights have room for ");
    }
  }

  private static final java.nio.file.StandardCopyOption REPLACE =
      java.nio.file.StandardCopyOption.REPLACE_EXISTING;

  /** A directory that claims gigabytes for an entry of the right bytes. */
  @Test
  void sizes_that_only_the_directory_claims() throws IOException {
    Path file = saved();
    byte[] whole = Files.readAllBytes(file);
    for (int field : new int[] {20, 24}) { // compressed and plain size
      for (int size : new int[] {0, 1, 1 << 20, Integer.MAX_VALUE, -2}) {
        ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.getInt(whole.length - 22 + 16); // the directory; config.json is the first
        assertEquals(0x02014b50, bytes.getInt(at));
        assertEquals("config.json", new String(whole, at + 46, 11, StandardCharsets.UTF_8));
        bytes.putInt(at + field, size);
        Files.write(file, bytes.array());
        refused(file);
      }
    }
  }

  @Test
  void numbers_that_are_written_as_something_else() throws IOException {
    Path file = saved();
    for (String[] edit :
        new String[][] {
          {"\"width\" : 4", "\"width\" : 4.0"},
          {"\"width\" : 4", "\"width\" : \"4\""},
          {"\"width\" : 4", "\"width\" : 4, \"width\" : 4"},
          {"\"width\" : 4", "\"width\" : null"},
          {"\"width\" : 4", "\"width\" : 4294967300"},
          {"\"width\" : 4", "\"width\" : [ 4 ]"},
          {"\"seed\" : 3", "\"seed\" : 9223372036854775808"},
          {"\"evaluatorTrained\" : true", "\"evaluatorTrained\" : 1"},
          {"\"evaluatorTrained\" : true", "\"evaluatorTrained\" : \"true\""},
          {"\"token\" : \"CONTEXT_AWARE\"", "\"token\" : 1"},
          {"\"preselection\" : 3", "\"preselection\" : 0"},
          {"\"preselection\" : 3", "\"preselection\" : -1"},
          {"\"preselection\" : 3", "\"preselection\" : 3.0"},
          {"\"preselection\" : 3,", ""},
          {"\"version\" : 3", "\"version\" : 2"},
          {"\"version\" : 3", "\"version\" : 3.0"},
        }) {
      Path altered = Files.copy(file, folder.resolve("altered"), REPLACE);
      StoredZip.change(altered, "config.json", t -> t.replace(edit[0], edit[1]));
      refused(altered, "config.json: ");
    }
    Path altered = Files.copy(file, folder.resolve("altered"), REPLACE);
    StoredZip.change(
        altered, "schema.json", t -> t.replaceFirst("\"field\" : \"[^\"]*\"", "\"field\" : 5"));
    refused(altered, "schema.json: ");
  }

  @Test
  void a_folder_and_nothing_at_all() {
    refused(folder, folder.toString());
    refused(folder.resolve("absent"), "there is no model file", "absent");
  }
}
