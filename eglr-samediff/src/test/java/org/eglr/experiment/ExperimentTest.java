package org.eglr.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.eglr.Eglr;
import org.eglr.Evaluator;
import org.eglr.Rerankers;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class ExperimentTest {

  private static final Splits DATA =
      Simulator.adLike()
          .lists(240)
          .users(40)
          .listLength(4)
          .pool(6)
          .seed(2)
          .log()
          .split(0.6, 0.2, 0.2);

  @TempDir Path folder;

  private static Experiment small() {
    return Experiment.of(DATA)
        .fix("width", 8)
        .fix("heads", 2)
        .fix("evaluatorLayers", 1)
        .fix("embedding", "4")
        .fix("position", 4)
        .fix("evaluator.epochs", 1)
        .fix("grpo.batchSize", 8)
        .fix("steps", 2)
        .fix("groupSize", 3);
  }

  private static Experiment grid() {
    return small().vary("maxSteps", 0, 2).vary("exploration", 1, 1.5).seeds(1, 2);
  }

  /** Two machines with one folder: each has the runs of one seed, whose evaluator they share. */
  @Test
  void parts_in_one_folder_are_the_whole() {
    assertEquals(4, grid().folder(folder).runPart(0, 2));
    assertEquals(4, grid().folder(folder).runPart(1, 2));
    assertEquals(0, grid().folder(folder).runPart(2, 3));
    List<String> labels = new ArrayList<>();
    ExperimentResult whole =
        grid().folder(folder).progress((share, left, what) -> labels.add(what)).run();
    assertEquals(List.of(), labels, "a run was done again");
    assertEquals(grid().run().toCsv(), whole.toCsv());
  }

  /** A run is what the same lines by hand give, though runs share evaluators. */
  @Test
  void its_numbers_are_those_of_models_trained_by_hand() {
    ExperimentResult result = grid().parallel(2).run();
    assertEquals(
        List.of(
            Map.of("maxSteps", "0", "exploration", "1.0"),
            Map.of("maxSteps", "0", "exploration", "1.5"),
            Map.of("maxSteps", "2", "exploration", "1.0"),
            Map.of("maxSteps", "2", "exploration", "1.5")),
        result.rows().stream().map(ExperimentRow::settings).toList());
    double[] mean = new double[DATA.test().size()];
    List<Double> bySeed = new ArrayList<>();
    double steps = 0;
    for (long seed : new long[] {1, 2}) {
      Eglr eglr =
          Eglr.builder(DATA.schema())
              .width(8)
              .heads(2)
              .evaluatorLayers(1)
              .embedding(4)
              .position(4)
              .reasoning(r -> r.maxSteps(2).exploration(1.5))
              .seed(seed)
              .build();
      eglr.trainEvaluator(DATA, t -> t.epochs(1));
      eglr.trainGenerator(DATA, t -> t.batchSize(8).steps(2).groupSize(3));
      Report report = eglr.evaluate(DATA.test());
      double[] values = report.perList("true DCG");
      for (int list = 0; list < mean.length; list++) {
        mean[list] += values[list] / 2;
      }
      bySeed.add(report.value("true DCG"));
      steps += report.profile().orElseThrow().stepsPerList() / 2;
    }
    ExperimentRow row = result.rows().get(3);
    assertArrayEquals(mean, row.report().perList("true DCG"), 1e-12);
    assertEquals(
        Math.abs(bySeed.get(0) - bySeed.get(1)) / Math.sqrt(2),
        row.seedDeviation("true DCG"),
        1e-12);
    assertEquals(steps, row.reasoningSteps(), 1e-12);
    assertEquals(0, result.rows().get(0).reasoningSteps());
    assertEquals(8, result.finished());
    pairedDifferencesAre(result);
  }

  @Test
  void sorted_lists_are_the_first_row_and_need_no_generator() {
    ExperimentResult result = small().vary("maxSteps", 0, 2).seeds(1, 2).sortedAlone().run();
    ExperimentRow row = result.rows().get(0);
    assertEquals(Map.of("maxSteps", "sorted by evaluator"), row.settings());
    double[] mean = new double[DATA.test().size()];
    for (long seed : new long[] {1, 2}) {
      Evaluator evaluator =
          Evaluator.builder(DATA.schema())
              .width(8)
              .heads(2)
              .evaluatorLayers(1)
              .embedding(4)
              .position(4)
              .seed(seed)
              .build();
      evaluator.train(DATA, t -> t.epochs(1));
      double[] values = Rerankers.sortedAlone(evaluator).evaluate(DATA.test()).perList("true DCG");
      for (int list = 0; list < mean.length; list++) {
        mean[list] += values[list] / 2;
      }
    }
    assertArrayEquals(mean, row.report().perList("true DCG"), 1e-12);
    assertEquals(0, row.trainingSeconds());
    assertEquals(3, result.rows().size());
    assertEquals(6, result.finished());
  }

  @Test
  void the_initial_order_comes_before_sorted_lists_and_any_row_may_be_compared_to() {
    ExperimentResult result =
        small().vary("maxSteps", 0, 2).seeds(1).sortedAlone().initialOrder().run();
    assertEquals(
        List.of("initial order", "sorted by evaluator", "0", "2"),
        result.rows().stream().map(row -> row.settings().get("maxSteps")).toList());
    double[] first = result.rows().get(0).report().perList("true DCG");
    assertArrayEquals(
        Rerankers.initialOrder().evaluate(DATA.test()).perList("true DCG"), first, 1e-12);
    for (int row = 0; row < 4; row++) {
      for (int other = 0; other < 4; other++) {
        Metric difference = result.difference(row, other, "true DCG");
        double own = result.mean(row, "true DCG").value();
        assertEquals(own - result.mean(other, "true DCG").value(), difference.value(), 1e-12);
        assertEquals(
            result.difference(other, row, "true DCG").standardError(),
            difference.standardError(),
            1e-12);
      }
    }
    pairedDifferencesAre(result);
  }

  /** Written out: each list averaged over seeds, differences list by list, summed by user. */
  private static void pairedDifferencesAre(ExperimentResult result) {
    double[] own = result.rows().get(2).report().perList("true DCG");
    double[] first = result.rows().get(0).report().perList("true DCG");
    double sum = 0;
    for (int i = 0; i < own.length; i++) {
      sum += own[i] - first[i];
    }
    Map<Integer, Double> byUser = new HashMap<>();
    for (int i = 0; i < own.length; i++) {
      int user = DATA.test().log().user(DATA.test().logIndex(i));
      byUser.merge(user, own[i] - first[i] - sum / own.length, Double::sum);
    }
    double users = byUser.size();
    double squares = byUser.values().stream().mapToDouble(r -> r * r).sum();
    Metric difference = result.difference(2, "true DCG");
    assertEquals(sum / own.length, difference.value(), 1e-12);
    assertEquals(
        Math.sqrt(squares * users / (users - 1)) / own.length, difference.standardError(), 1e-12);
    assertEquals(0, result.difference(0, "true DCG").value());
    Table table = result.toTable();
    assertEquals(difference.value(), table.doubleColumn("difference").get(2), 1e-12);
    assertEquals(
        1.96 * difference.standardError(), table.doubleColumn("± 95 % of it").get(2), 1e-12);
    assertTrue(table.column("difference").isMissing(0));
  }

  @Test
  void runs_at_a_time_do_not_change_the_numbers_and_evaluators_are_shared() {
    String one = grid().parallel(1).run().toCsv();
    assertEquals(one, grid().parallel(3).run().toCsv());
    Evaluator shared =
        Evaluator.builder(DATA.schema())
            .width(8)
            .heads(2)
            .evaluatorLayers(1)
            .embedding(4)
            .position(4)
            .seed(1)
            .build();
    shared.train(DATA, t -> t.epochs(1));
    ExperimentResult given =
        Experiment.of(DATA)
            .evaluator(shared)
            .fix("grpo.batchSize", 8)
            .fix("steps", 2)
            .fix("groupSize", 3)
            .vary("maxSteps", 0)
            .vary("exploration", 1)
            .seeds(1)
            .run();
    ExperimentResult own = small().vary("maxSteps", 0).vary("exploration", 1).seeds(1).run();
    assertEquals(own.toCsv(), given.toCsv());
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Experiment.of(DATA).evaluator(shared).fix("evaluator.epochs", 3).run());
    assertEquals(
        "a trained evaluator is given, so that 'evaluator.epochs=3' would have no effect; leave one"
            + " of them out",
        error.getMessage());
  }

  /** Stopped in the middle and begun again: the same table, and nothing done twice. */
  @Test
  void goes_on_where_it_was_stopped() throws IOException {
    String whole = grid().run().toCsv();
    Path kept = folder.resolve("runs/here");
    int[] calls = new int[1];
    ExperimentResult part =
        grid()
            .folder(kept)
            .parallel(1)
            .progress(
                (share, left, what) -> {
                  if (what.startsWith("run 4 of 8") && calls[0]++ == 2) {
                    Thread.currentThread().interrupt();
                  }
                })
            .run();
    assertEquals(3, part.finished());
    assertEquals(8, part.planned());
    assertTrue(part.note().contains("3 of 8 runs finished"), part.note());
    Map<Path, byte[]> before = files(kept);
    assertEquals(4, before.size(), "three runs and the manifest");
    Set<String> done = new LinkedHashSet<>();
    ExperimentResult rest =
        grid()
            .folder(kept)
            .parallel(1)
            .progress((share, left, what) -> done.add(what.replaceFirst("^[^·]*", "")))
            .run();
    assertEquals(whole, rest.toCsv());
    done.remove(""); // Between two runs.
    assertEquals(5, done.size(), () -> "the other five runs: " + done);
    Map<Path, byte[]> after = files(kept);
    assertEquals(9, after.size());
    before.forEach((file, bytes) -> assertArrayEquals(bytes, after.get(file), file::toString));
    ExperimentResult again =
        grid().folder(kept).progress((s, l, w) -> assertTrue(false, "nothing to do")).run();
    assertEquals(whole, again.toCsv());
    assertEquals(12, grid().seeds(2, 1, 3).folder(kept).run().finished(), "a seed more");
  }

  private static Map<Path, byte[]> files(Path folder) throws IOException {
    Map<Path, byte[]> all = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.put(file, Files.readAllBytes(file));
      }
    }
    return all;
  }

  @Test
  void a_stop_before_the_first_run_says_so() {
    Thread.currentThread().interrupt();
    var stopped = assertThrows(CancellationException.class, () -> grid().parallel(1).run());
    assertTrue(stopped.getMessage().contains("before a run of its first row"));
  }

  @Test
  void folders_of_others_are_refused() throws IOException {
    Path kept = folder.resolve("mine");
    Experiment tiny = small().vary("token", "NONE").seeds(1).folder(kept);
    tiny.run();
    String other = message(() -> small().fix("learningRate", 1).run());
    assertEquals(
        "there is more than one setting 'learningRate'; write 'evaluator.learningRate' or"
            + " 'grpo.learningRate'",
        other);
    String fixed = message(() -> small().fix("grpo.learningRate", 0.1).seeds(1).folder(kept).run());
    assertTrue(fixed.contains("has runs of another experiment: fixed settings is '"), fixed);
    String data = message(() -> small().vary("token", "NONE").on(DATA.valid()).folder(kept).run());
    assertTrue(data.contains("another experiment: measured lists is '48 lists, SHA"), data);
    Path manifest = kept.resolve("experiment.txt");
    String now = Files.readString(manifest);
    Files.writeString(manifest, now.replaceAll("default settings: .*\n", ""));
    String earlier = message(tiny::run);
    assertTrue(earlier.contains("default settings is 'not said' there and 'SHA-256 "), earlier);
    Files.writeString(manifest, now);
    Path foreign = Files.createDirectory(folder.resolve("other"));
    Files.writeString(foreign.resolve("notes.txt"), "mine");
    assertEquals(
        "folder %s has files of something else; an experiment needs an empty folder"
            .formatted(foreign),
        message(() -> small().folder(foreign).run()));
    try (Stream<Path> files = Files.list(kept)) {
      Path run = files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow();
      Files.writeString(run, Files.readString(run).substring(0, 300));
      assertEquals(
          "file %s is damaged; delete it, and its run is done again".formatted(run),
          message(tiny::run));
    }
    String lambda =
        message(
            () ->
                small()
                    .variant("x", Map.of("token", new Choice("T@" + hash(), ReasoningToken.NONE)))
                    .folder(folder.resolve("new"))
                    .run());
    assertEquals(
        "a value of 'token' has no lasting name for the folder; give it one: Choice.of(\"name\","
            + " value)",
        lambda);
  }

  private static String hash() {
    return Integer.toHexString(ReasoningToken.NONE.hashCode());
  }

  @Test
  void settings_are_named_as_in_java_and_refused_early() {
    assertEquals(
        "there is no setting 'maxStep'; the nearest is 'maxSteps'",
        message(() -> small().fix("maxStep", 1)));
    assertEquals(
        "there is no setting 'grpo.groupsize'; the nearest is 'grpo.groupSize'",
        message(() -> small().vary("grpo.groupsize", 1)));
    assertTrue(message(() -> small().fix("seed", 1)).endsWith("seeds are given by seeds(...)"));
    assertEquals(
        "setting 'token' is SOME; allowed: NONE, PLAIN, CONTEXT_AWARE, ZERO, MEAN, NOISE",
        message(() -> small().fix("token", "SOME")));
    assertEquals(
        "setting 'maxSteps' is 1.5; allowed: a whole number",
        message(() -> small().vary("maxSteps", 1.5)));
    assertEquals(
        "setting 'maxSteps' is 17; allowed: 0 to 16",
        message(() -> small().vary("maxSteps", 0, 17).run()));
    assertEquals(
        "setting 'width' is given twice: fixed or varied once is enough",
        message(() -> small().vary("width", 8, 16).run()));
    assertEquals(
        "'maxSteps' is varied over '1' twice", message(() -> small().vary("maxSteps", 1, "1")));
    assertEquals(
        "setting 'seeds' is [1, 1]; allowed: each seed once", message(() -> small().seeds(1, 1)));
  }

  private static String message(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(IllegalArgumentException.class, action).getMessage();
  }

  @Test
  void the_catalogue_has_the_builders_settings() {
    List<String> names = SettingCatalog.all().stream().map(NamedSetting::qualified).toList();
    assertTrue(
        names.containsAll(
            List.of(
                "model.width",
                "model.trainFeatures",
                "model.maxSteps",
                "model.token",
                "evaluator.weightDecay",
                "evaluator.epochs",
                "grpo.reward",
                "grpo.scaleByDeviation",
                "grpo.clipNorm")),
        names.toString());
    assertEquals(names.size(), new LinkedHashSet<>(names).size());
    assertTrue(names.stream().noneMatch(n -> n.endsWith(".seed") || n.endsWith(".listener")));
  }
}
