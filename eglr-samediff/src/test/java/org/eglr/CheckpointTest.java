package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.Reward;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints: when they are written, and every way one can be wrong. */
class CheckpointTest {

  private static final String CONFIG = "checkpoint.json";
  private static final String STATE = "state.safetensors";
  private static final String LOG = "log.json";
  private static final Splits DATA = data(1, 80);
  private static final Splits OTHER = data(2, 80);

  @TempDir Path folder;
  private final Eglr trained = model(b -> b);
  private Path file;

  private static Splits data(long seed, int lists) {
    ListLog log = Simulator.adLike().lists(lists).listLength(4, 5).pool(6).seed(seed).log();
    return log.split(0.7, 0.15, 0.15);
  }

  private static Eglr model(UnaryOperator<EglrBuilder> more) {
    return more.apply(
            Eglr.builder(DATA.schema()).width(8).heads(2).embedding(4).position(4).seed(3))
        .build();
  }

  private static EvaluatorTraining evaluator(EvaluatorTraining options) {
    return options.epochs(2).batchSize(20).validation(DATA.valid());
  }

  private static GrpoTraining grpo(GrpoTraining options) {
    return options.steps(3).batchSize(10).groupSize(4).validateEvery(1).validation(DATA.valid());
  }

  /** A checkpoint of the generator's training after three steps. */
  @BeforeEach
  void train() {
    trained.trainEvaluator(DATA.train(), t -> evaluator(t).epochs(1));
    file = folder.resolve("run.checkpoint");
    trained.trainGenerator(DATA.train(), t -> grpo(t).checkpoint(file, 2));
  }

  // when and how it is written

  @Test
  void is_written_every_so_many_steps_and_at_the_end() throws IOException {
    Path written = folder.resolve("evaluator.checkpoint");
    StringBuilder seen = new StringBuilder();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            seen.append(Files.exists(written) ? steps(written) : "-").append(' ');
          }
        };
    trained.trainEvaluator(
        DATA.train(), t -> evaluator(t).batchSize(8).checkpoint(written, 3).listener(listener));
    assertEquals("- - - 3 3 3 6 6 6 9 9 9 12 12 ", seen.toString());
    assertEquals("14", steps(written));
  }

  private static String steps(Path checkpoint) {
    try {
      String config = new String(StoredZip.entries(checkpoint).get(CONFIG), StandardCharsets.UTF_8);
      return config.replaceAll("(?s).*\"steps\" : (\\d+).*", "$1");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void holds_nothing_but_numbers_and_text() throws IOException {
    assertEquals(
        new TreeSet<>(
            List.of(CONFIG, "schema.json", "weights.safetensors", STATE, LOG, "manifest.sha256")),
        new TreeSet<>(StoredZip.entries(file).keySet()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "no temporary file is left");
    }
  }

  @Test
  void is_written_by_a_thread_that_is_being_interrupted() throws IOException {
    Path written = folder.resolve("evaluator.checkpoint");
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            Thread.currentThread().interrupt(); // the step's checkpoint is yet to be written
          }
        };
    var log =
        trained.trainEvaluator(
            DATA.train(), t -> evaluator(t).checkpoint(written, 1).listener(listener));
    assertTrue(log.interrupted());
    assertEquals("1", steps(written));
    assertEquals(evaluatorSteps(2), resumeEvaluator(written).size());
  }

  private List<TrainingStep> resumeEvaluator(Path checkpoint) {
    return trained.trainEvaluator(DATA.train(), t -> evaluator(t).resume(checkpoint)).steps();
  }

  private static int evaluatorSteps(int epochs) {
    return epochs * ((DATA.train().size() + 19) / 20);
  }

  @Test
  void a_run_that_fails_leaves_the_last_one() throws IOException {
    Path written = folder.resolve("evaluator.checkpoint");
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            if (step.step() == 4) {
              throw new IllegalStateException("no more");
            }
          }
        };
    assertThrows(
        IllegalStateException.class,
        () ->
            trained.trainEvaluator(
                DATA.train(), t -> evaluator(t).checkpoint(written, 2).listener(failing)));
    assertEquals("2", steps(written));
    assertEquals(evaluatorSteps(2), resumeEvaluator(written).size());
  }

  @Test
  void a_new_run_does_not_replace_it() throws IOException {
    byte[] before = Files.readAllBytes(file);
    byte[] weights = bytes(trained);
    for (UnaryOperator<GrpoTraining> way :
        List.<UnaryOperator<GrpoTraining>>of(
            t -> t.checkpoint(file, 1),
            t -> t.checkpoint(file, 1).resume(copy("other.checkpoint")))) {
      String message =
          assertThrows(
                  ModelFileException.class,
                  () -> trained.trainGenerator(DATA.train(), t -> way.apply(grpo(t))))
              .getMessage();
      assertTrue(message.contains("exists already and a new run would replace it"), message);
      assertTrue(message.contains("resume, or name another file"), message);
    }
    assertArrayEquals(before, Files.readAllBytes(file));
    assertArrayEquals(weights, bytes(trained));
  }

  /** Whether it exists yet or not, and whether the second run resumes or begins. */
  @Test
  void two_runs_do_not_share_it() throws IOException {
    Path shared = folder.resolve("shared.checkpoint");
    List<String> refusals = new ArrayList<>();
    TrainingListener second =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            Eglr other = model(b -> b.seed(4));
            for (boolean resume : new boolean[] {false, true}) {
              UnaryOperator<EvaluatorTraining> options =
                  t -> resume ? evaluator(t).resume(shared) : evaluator(t);
              refusals.add(
                  assertThrows(
                          ModelFileException.class,
                          () ->
                              other.trainEvaluator(
                                  DATA.train(), t -> options.apply(t).checkpoint(shared, 1)))
                      .getMessage());
            }
          }
        };
    trained.trainEvaluator(DATA.train(), t -> evaluator(t).checkpoint(shared, 1).listener(second));
    assertEquals(2 * evaluatorSteps(2), refusals.size());
    for (String refusal : refusals) {
      assertEquals(
          "checkpoint "
              + shared
              + " is being written by another run of this process: wait for its end, stop it, or"
              + " name another file",
          refusal);
    }
    assertEquals(3, Eglr.load(shared).settings().seed());
    assertEquals(evaluatorSteps(2), resumeEvaluator(shared).size());
    assertFalse(Files.exists(folder.resolve("shared.checkpoint.lock")));
  }

  @Test
  void a_run_that_fails_or_is_refused_lets_others_write() {
    Path written = folder.resolve("evaluator.checkpoint");
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            throw new IllegalStateException("no more");
          }
        };
    assertThrows(
        IllegalStateException.class,
        () ->
            trained.trainEvaluator(
                DATA.train(), t -> evaluator(t).checkpoint(written, 2).listener(failing)));
    assertThrows(
        ModelFileException.class,
        () -> trained.trainEvaluator(DATA.train(), t -> evaluator(t).checkpoint(file, 2)));
    trained.trainEvaluator(DATA.train(), t -> evaluator(t).checkpoint(written, 2));
    assertFalse(Files.exists(folder.resolve("run.checkpoint.lock")));
  }

  /** As where a file system has no locks: what someone else wrote meanwhile is not replaced. */
  @Test
  void a_file_that_is_not_the_run_s_is_left_and_the_run_is_saved_beside_it() throws IOException {
    for (int at : new int[] {1, 3}) { // at the first write, at a later one
      Path written = folder.resolve("of step " + at);
      TrainingListener intruder =
          new TrainingListener() {
            @Override
            public void onStep(TrainingStep step) {
              if (step.step() == at) {
                model(b -> b.seed(9)).save(written);
              }
            }
          };
      String message =
          assertThrows(
                  ModelFileException.class,
                  () ->
                      trained.trainEvaluator(
                          DATA.train(),
                          t -> evaluator(t).checkpoint(written, 1).listener(intruder)))
              .getMessage();
      assertEquals(
          "checkpoint %s is not this run's any more: another program has written it meanwhile, and"
                  .formatted(written)
              + " it was left as it is; this run's state is in %s.1: go on with it by resume"
                  .formatted(written),
          message);
      assertEquals(9, Eglr.load(written).settings().seed());
      assertEquals("" + at, steps(folder.resolve("of step " + at + ".1")));
      assertEquals(
          evaluatorSteps(2), resumeEvaluator(folder.resolve("of step " + at + ".1")).size());
    }
  }

  @Test
  void a_file_that_was_deleted_meanwhile_is_written_anew() throws IOException {
    Path written = folder.resolve("evaluator.checkpoint");
    TrainingListener deleting =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            try {
              Files.deleteIfExists(written);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    trained.trainEvaluator(
        DATA.train(), t -> evaluator(t).checkpoint(written, 1).listener(deleting));
    assertEquals("" + evaluatorSteps(2), steps(written));
  }

  @Test
  void a_place_that_cannot_be_written_to_is_said_before_the_first_step() {
    Path nowhere = folder.resolve("absent").resolve("run.checkpoint");
    String message =
        assertThrows(
                ModelFileException.class,
                () -> trained.trainEvaluator(DATA.train(), t -> t.checkpoint(nowhere, 1)))
            .getMessage();
    assertTrue(message.contains("cannot write checkpoint " + nowhere), message);
    assertTrue(message.contains("there is no folder " + nowhere.getParent()), message);
  }

  // who may resume it

  @Test
  void other_settings_are_refused() {
    refusedModel(b -> b.width(16), "setting 'width' is 8 in the checkpoint, 16 here");
    refusedModel(b -> b.seed(4), "setting 'seed' is 3 in the checkpoint, 4 here");
    refusedModel(
        b -> b.reasoning(r -> r.maxSteps(1).entropyThreshold(2)),
        "setting 'reasoning.maxSteps' is 2 in the checkpoint, 1 here; setting"
            + " 'reasoning.gate' is entropy:1.2 in the checkpoint, entropy:2.0 here. Build the model"
            + " with the run's settings, or take it from the checkpoint: Eglr.load(file)");
  }

  private void refusedModel(UnaryOperator<EglrBuilder> change, String message) {
    Eglr other = model(change);
    other.trainEvaluator(DATA.train(), t -> evaluator(t).epochs(1));
    refused(other, DATA.train(), t -> t, message);
  }

  @Test
  void another_schema_is_refused() {
    Eglr other =
        Eglr.builder(OTHER.schema()).width(8).heads(2).embedding(4).position(4).seed(3).build();
    other.trainEvaluator(OTHER.train(), t -> t.epochs(1));
    refused(
        other,
        OTHER.train(),
        t -> t.validation(OTHER.valid()),
        "is of a model of another schema: field '",
        "log.encode(Eglr.load(file).schema())");
  }

  @Test
  void another_engine_and_other_options_are_refused() {
    refused(
        trained.withEngine(Engine.SAMEDIFF),
        DATA.train(),
        t -> t,
        "engine: JAVA in the checkpoint, SAMEDIFF here",
        "model.withEngine");
    option(t -> t.batchSize(11), "batchSize: 10 in the checkpoint, 11 here");
    option(t -> t.learningRate(0.01), "learningRate: 0.003 in the checkpoint, 0.01 here");
    option(t -> t.clipNorm(1), "clipNorm: 0.0 in the checkpoint, 1.0 here");
    option(t -> t.patience(2), "patience: 0 in the checkpoint, 2 here");
    option(t -> t.groupSize(5), "groupSize: 4 in the checkpoint, 5 here");
    option(t -> t.reward(Reward.LIST_VALUE), "reward: CLICK_DCG in the checkpoint, LIST_VALUE");
    option(t -> t.scaleByDeviation(false), "scaleByDeviation: true in the checkpoint, false");
    option(t -> t.deviationFloor(1), "deviationFloor: 1.0E-6 in the checkpoint, 1.0 here");
    option(t -> t.validateEvery(2), "validateEvery: 1 in the checkpoint, 2 here");
    option(
        t -> t.batchSize(11).groupSize(5),
        "batchSize: 10 in the checkpoint, 11 here; groupSize: 4 in the checkpoint, 5 here."
            + " To resume it, give it the options of the run; only epochs and steps may be raised");
    Path evaluator = folder.resolve("evaluator.checkpoint");
    trained.trainEvaluator(DATA.train(), t -> evaluator(t).checkpoint(evaluator, 9));
    String message =
        assertThrows(
                ModelFileException.class,
                () ->
                    trained.trainEvaluator(
                        DATA.train(), t -> evaluator(t).weightDecay(0.2).resume(evaluator)))
            .getMessage();
    assertTrue(message.contains("weightDecay: 0.0 in the checkpoint, 0.2 here"), message);
  }

  private void option(UnaryOperator<GrpoTraining> change, String... message) {
    refused(trained, DATA.train(), change, message);
  }

  @Test
  void fewer_steps_than_it_has_are_refused() {
    option(t -> t.steps(2), "has taken 3 steps and this run would end after 2: give it at least");
    option(t -> t.steps(0).batchSize(10).epochs(1).steps(1), "would end after 1");
  }

  @Test
  void other_lists_are_refused() {
    refused(
        trained,
        DATA.train().range(1, DATA.train().size()),
        t -> t,
        "training lists: 56 lists, SHA-256 ",
        "55 lists, SHA-256 ",
        "give it the lists of the run, in their order");
    option(t -> t.validation(DATA.test()), "validation lists: 12 lists, SHA-256 ");
    option(t -> t.validation(null), ", none here");
  }

  /** The order of two lists, a click, a candidate, a utility, a user: each makes other data. */
  @Test
  void lists_that_differ_in_little_are_refused() {
    int[] train = IntStream.range(0, DATA.train().size()).map(DATA.train()::logIndex).toArray();
    String message = "training lists: 56 lists, SHA-256 ";
    refused(trained, copy(swapped(train, 0, 5), 0), t -> t, message);
    for (int change = 1; change <= 4; change++) {
      refused(trained, copy(train, change), t -> t, message);
    }
    ListSet same = copy(train, 0);
    assertEquals(3, trained.trainGenerator(same, t -> grpo(t).resume(file)).steps().size());
  }

  /** The chosen lists as a log of their own, with a change to the 21st. */
  private static ListSet copy(int[] chosen, int change) {
    ListLog log = DATA.log();
    ListLog.Builder builder = ListLog.builder("copy", log.users(), log.items());
    for (int i = 0; i < chosen.length; i++) {
      add(builder, log, chosen[i], i == 20 ? change : 0);
    }
    return builder.build().encode(DATA.schema());
  }

  private static int[] swapped(int[] values, int a, int b) {
    int[] swapped = values.clone();
    swapped[a] = values[b];
    swapped[b] = values[a];
    return swapped;
  }

  private static void add(ListLog.Builder builder, ListLog log, int list, int change) {
    int[] pool = IntStream.range(0, log.pool(list)).map(i -> log.candidate(list, i)).toArray();
    boolean[] clicks = new boolean[log.length(list)];
    for (int i = 0; i < clicks.length; i++) {
      clicks[i] = log.clicked(list, i);
    }
    int user = log.user(list);
    float utility = log.utility(list);
    switch (change) {
      case 1 -> clicks[2] ^= true;
      case 2 -> pool = swapped(pool, 0, pool.length - 1);
      case 3 -> utility += 1;
      case 4 -> user = (user + 1) % log.users().size();
      default -> {}
    }
    builder.add(user, log.time(list), pool, clicks, utility);
  }

  @Test
  void another_evaluator_is_refused() {
    Eglr other = Eglr.load(file);
    other.trainEvaluator(DATA.train(), t -> evaluator(t).epochs(1));
    refused(
        other,
        DATA.train(),
        t -> t,
        "the evaluator's weights: SHA-256 ",
        "take the model that the run began with, as Eglr.load(checkpoint) gives it");
  }

  @Test
  void the_other_training_is_refused() {
    String message =
        assertThrows(
                ModelFileException.class,
                () -> trained.trainEvaluator(DATA.train(), t -> evaluator(t).resume(file)))
            .getMessage();
    assertTrue(
        message.contains(
            "is a checkpoint of grpo training, not of evaluator training: resume it with"
                + " trainGenerator"),
        message);
  }

  // files that are none

  @Test
  void a_missing_foreign_or_truncated_file() throws IOException {
    option(t -> t.resume(folder.resolve("absent")), "there is no checkpoint", "absent");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, 100, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused("is not a checkpoint, or is truncated");
    }
    trained.save(file);
    refused("is not a checkpoint: it holds 'config.json'");
  }

  @Test
  void entries_that_would_escape_do_not_belong_or_are_missing() throws IOException {
    for (String name : new String[] {"../evil.sh", "/etc/passwd", "config.json", "a/b"}) {
      Map<String, byte[]> entries = StoredZip.entries(file);
      entries.put(name, new byte[0]);
      altered(entries, "is not a checkpoint: it holds '" + name + "'");
    }
    for (String name : new String[] {CONFIG, "schema.json", "weights.safetensors", STATE, LOG}) {
      Map<String, byte[]> entries = StoredZip.entries(file);
      entries.remove(name);
      altered(entries, "is not a checkpoint: it has no '" + name + "'");
    }
  }

  @Test
  void any_altered_entry() throws IOException {
    for (String name : new String[] {CONFIG, "schema.json", "weights.safetensors", STATE, LOG}) {
      Map<String, byte[]> entries = StoredZip.entries(file);
      entries.get(name)[entries.get(name).length / 2] ^= 1;
      Path altered = copy("altered.checkpoint");
      StoredZip.write(altered, entries);
      refused(altered, name, "damaged or altered");
    }
  }

  @Test
  void a_version_of_the_future() throws IOException {
    change(
        CONFIG,
        text -> text.replace("\"version\" : 2", "\"version\" : 4, \"later\" : []"),
        "version 4; this release reads 'eglr-checkpoint' versions 1 to 2");
    change(CONFIG, text -> text.replace("eglr-checkpoint", "eglr-model"), "format 'eglr-model'");
  }

  @Test
  void numbers_that_no_run_has() throws IOException {
    change(
        CONFIG,
        text -> text.replace("\"updates\" : 3", "\"updates\" : 4"),
        "setting 'updates' is 4; allowed: 0 to 3");
    change(
        CONFIG,
        text -> text.replace("\"steps\" : 3", "\"steps\" : -3"),
        "setting 'steps' is -3; allowed: at least 0");
    change(
        CONFIG,
        text -> text.replaceFirst("\"worse\" : \\d+", "\"worse\" : -1"),
        "setting 'worse' is -1; allowed: at least 0");
    change(
        CONFIG,
        text -> text.replaceFirst("\"seconds\" : [0-9.E-]+", "\"seconds\" : \"Infinity\""),
        "setting 'seconds' is Infinity");
    change(CONFIG, text -> text.replace("\"grpo\"", "\"dpo\""), "setting 'training' is dpo");
    change(
        CONFIG, text -> text.replace("\"groupSize\" : \"4\"", "\"groupSize\" : null"), "groupSize");
    change(
        CONFIG,
        text -> text.replace("\"groupSize\" : \"4\"", "\"groupSize\" : \"4\", \"x\" : \"y\""),
        "unknown condition 'x'");
    change(CONFIG, text -> text.replace("\"groupSize\" : \"4\",", ""), "groupSize: not recorded");
    change(CONFIG, text -> text.replace("\"measured\" : true", "\"measured\" : false"), STATE);
    change(CONFIG, text -> text + "{}", CONFIG);
  }

  @Test
  void a_log_that_no_run_writes() throws IOException {
    change(LOG, text -> text.replaceFirst("\"seconds\":\\[[^,]*,", "\"seconds\":["), "'values'");
    change(LOG, text -> text.replaceFirst("\"profiles\":\\[\\{", "\"profiles\":[null,{"), LOG);
    change(LOG, text -> text.replaceFirst("\"before\":\\[[^,]*,", "\"before\":["), "positions");
    change(LOG, text -> text.replaceFirst("\"loss\":[^,]*,", "\"loss\":null,"), "loss");
    change(LOG, text -> text.replaceFirst("\"step\":0", "\"step\":7"), "validations.step");
    change(LOG, text -> text.replaceFirst("\"step\":0", "\"class\":\"x\",\"step\":0"), "class");
    change(LOG, text -> "{}", "seconds");
    change(
        LOG,
        text -> "{\"seconds\":[],\"values\":[],\"profiles\":[],\"validations\":[]}",
        "setting 'steps' is 3; allowed: 0, as in log.json");
  }

  @Test
  void a_state_that_no_run_has() throws IOException {
    change(STATE, text -> text.replace("\"first.inp.bias\"", "\"other.inp.bias\""), "inp.bias");
    change(STATE, text -> text.replaceFirst("\"shape\":\\[8,12\\]", "\"shape\":[12,8]"), "shape");
    Map<String, byte[]> entries = StoredZip.entries(file);
    put(entries.get(STATE), -4, Float.NaN);
    altered(entries, "holds the value NaN");
    entries = StoredZip.entries(file);
    int third = (entries.get(STATE).length - header(entries.get(STATE))) / 3;
    put(entries.get(STATE), -third - 4, -1); // the last of the second moments
    altered(entries, "tensor 'second.", "holds the value -1.0; allowed: at least 0");
    entries = StoredZip.entries(file);
    entries.put(CONFIG, new byte[3 << 20]);
    altered(entries, "checkpoint.json is larger than the 1,048,576 bytes it may have");
  }

  private static int header(byte[] safetensors) {
    return 8 + (int) ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static void put(byte[] bytes, int fromEnd, float value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length + fromEnd, value);
  }

  // how the tests say it

  private void altered(Map<String, byte[]> entries, String... parts) throws IOException {
    Path altered = copy("altered.checkpoint");
    StoredZip.rewrite(altered, entries);
    refused(altered, parts);
    assertThrows(ModelFileException.class, () -> Eglr.load(altered));
  }

  private void change(String entry, UnaryOperator<String> edit, String part) throws IOException {
    Path altered = copy("altered.checkpoint");
    StoredZip.change(altered, entry, edit);
    refused(altered, part);
  }

  private Path copy(String name) {
    try {
      Path copy = folder.resolve(name);
      Files.write(copy, Files.readAllBytes(file));
      return copy;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refused(String... parts) {
    refused(file, parts);
  }

  private void refused(Path path, String... parts) {
    refused(trained, DATA.train(), t -> t.resume(path), parts);
  }

  /** The message has the parts and names the file; nothing of the model has changed. */
  private void refused(
      Eglr model, ListSet lists, UnaryOperator<GrpoTraining> options, String... parts) {
    byte[] before = bytes(model);
    String message =
        assertThrows(
                ModelFileException.class,
                () -> model.trainGenerator(lists, t -> options.apply(grpo(t).resume(file))))
            .getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
    }
    assertTrue(message.contains(folder.toString()), message);
    assertArrayEquals(before, bytes(model));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private byte[] bytes(Eglr model) {
    try {
      Path saved = folder.resolve("bytes.eglr");
      model.save(saved);
      byte[] bytes = Files.readAllBytes(saved);
      Files.delete(saved);
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
