package org.eglr.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eglr.Rerankers;
import org.eglr.metrics.Report;
import org.eglr.reasoning.Gate;
import org.eglr.rerank.LearnedReranker;
import org.eglr.train.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaperTest {

  @TempDir Path folder;

  private PaperRun run(String only) {
    return new PaperRun(PaperSize.SMALL, 1, 0, only, folder);
  }

  private Bench bench() {
    World world = new World("ad", 6, 5, 2, PaperSize.SMALL.lists(), 1);
    RunStore store = new RunStore(folder.resolve("bench"));
    return new Bench(world, PaperSize.SMALL, store, new RunProgress(System.err));
  }

  /** The small size of all tables, one condition each; the second time nothing is trained. */
  @Test
  void every_table_is_filled_and_its_files_say_where_they_come_from() throws IOException {
    for (PaperTable table : PaperTables.all()) {
      List<Finding> found = run("ad, pool 10").fill(table);
      Path csv = folder.resolve(table.name() + "-small.csv");
      List<String> lines = Files.readAllLines(csv);
      assertEquals(Finding.HEADER, lines.get(0));
      assertEquals(1 + found.size(), lines.size(), table.name());
      int columns = Finding.HEADER.split(",").length;
      for (String line : lines) {
        String[] cells = line.replaceAll("\"[^\"]*\"", "x").split(",", -1);
        assertEquals(columns, cells.length, line);
      }
      JsonNode json =
          new ObjectMapper().readTree(folder.resolve(table.name() + "-small.json").toFile());
      assertEquals("small", json.get("size").asText());
      for (String name : List.of("commit", "java", "machine", "engine")) {
        assertTrue(json.get("provenance").get(name).asText().length() > 3, name);
      }
      assertTrue(json.get("worlds").get(0).get("data").asText().contains("SHA-256"));
      assertEquals(found.size(), json.get("rows").size());
      assertEquals(columns, json.get("columns").size());
    }
    long files = files();
    List<String> before = Files.readAllLines(folder.resolve("figure4-small.csv"));
    double spent = seconds("figure4");
    run("ad, pool 10").fill(PaperTables.named("figure4").orElseThrow());
    assertEquals(before, Files.readAllLines(folder.resolve("figure4-small.csv")));
    assertTrue(seconds("figure4") >= spent, "what was spent before counts");
    assertEquals(files, files(), "what is finished is not done again");
  }

  private double seconds(String table) throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve(table + "-small.json").toFile())
        .get("seconds")
        .asDouble();
  }

  private long files() throws IOException {
    try (var all = Files.walk(folder.resolve("runs"))) {
      return all.count();
    }
  }

  @Test
  void a_condition_that_there_is_not_is_refused_with_those_there_are() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> run("mars").fill(new Figure4()))
            .getMessage();
    assertTrue(message.startsWith("no condition of 'figure4' has 'mars' in its name"), message);
    assertTrue(message.contains("MovieLens"), message);
  }

  /** Lists are offered, judged and counted as reports do it. */
  @Test
  void what_is_measured_is_what_a_report_says() {
    Bench bench = bench();
    var evaluator = bench.evaluator(1);
    for (String kind : List.of("initial", "alone", "ctr")) {
      CatalogSystem system = CatalogSystem.named(kind);
      Run run = new Measuring(system.train(bench, 1).reranker(), evaluator).run(bench.measured());
      Report report =
          Rerankers.judged(system.train(bench, 1).reranker(), evaluator).evaluate(bench.measured());
      for (String metric : List.of("true DCG", "evaluator score", "MAP@5")) {
        assertArrayEquals(report.perList(metric), run.lists().get(metric), 1e-12, kind + metric);
      }
    }
    CatalogSystem oracle = CatalogSystem.named("local-truth");
    Run run = new Measuring(oracle.train(bench, 1).reranker(), evaluator).run(bench.measured());
    double[] own = oracle.train(bench, 1).reranker().evaluate(bench.measured()).perList("true DCG");
    assertArrayEquals(own, run.lists().get("true DCG"), 1e-12, "lists of the truth");
  }

  /** What a training cost is what all of its stages cost. */
  @Test
  void seconds_and_steps_are_those_of_all_stages() {
    Bench bench = bench();
    CatalogSystem system = CatalogSystem.named("latentr3");
    Run run = bench.run(system, 1);
    var stages = ((LearnedReranker) bench.trained(system, 1)).logs().values();
    assertEquals(2, stages.size());
    int steps = stages.stream().mapToInt(log -> log.steps().size()).sum();
    assertEquals(steps, run.numbers().get(Measuring.STEPS));
    LearnedReranker made = (LearnedReranker) system.made(bench, 1);
    TrainingLog log = CatalogSystem.train(made, bench, Dial.NONE);
    double seconds = made.logs().values().stream().mapToDouble(TrainingLog::seconds).sum();
    assertEquals(seconds, log.seconds(), 1e-9);
    assertTrue(run.numbers().get(Measuring.SECONDS) > 0);
  }

  @Test
  void of_more_lists_the_oracle_never_takes_a_worse_one_and_one_list_leaves_no_choice() {
    List<Finding> found = run("ad, pool 10").fill(new Table5());
    double before = 0;
    for (String k : List.of("1", "2", "4")) {
      double oracle = value(found, "oracle's pick", k);
      double pick = value(found, "evaluator's pick", k);
      assertTrue(oracle >= pick, k + " lists: " + oracle + " < " + pick);
      assertTrue(oracle >= before - 1e-3 || k.equals("2"), "oracle of " + k);
      before = oracle;
      if (k.equals("1")) {
        assertEquals(pick, oracle);
      }
      withoutReasoningIsComparedWithOneList(found, k);
    }
  }

  private static void withoutReasoningIsComparedWithOneList(List<Finding> found, String k) {
    String row = "evaluator's pick, without reasoning";
    assertTrue(of(found, row, k, Latency.ONE).value() > 0);
    assertTrue(of(found, "evaluator's pick", k, Latency.ONE).value() > 0);
    Finding truth = of(found, row, k, "true DCG");
    assertEquals(value(found, row, k) - value(found, "evaluator's pick", "1"), truth.gain(), 1e-12);
  }

  private static double value(List<Finding> found, String system, String at) {
    return of(found, system, at, "true DCG").value();
  }

  private static Finding of(List<Finding> found, String system, String at, String metric) {
    return found.stream()
        .filter(f -> f.system().equals(system) && f.at().equals(at) && f.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_best_on_validation_lists_is_taken() {
    Bench bench = bench();
    for (TunedSetting setting : TunedSetting.values()) {
      PaperSystem best = tuned(bench, EglrSystem.byDefault(), setting, 1);
      double worth = bench.run(best, 1).numbers().get(Measuring.WORTH);
      for (int power : List.of(0, -1)) { // as many as a trial has
        PaperSystem other = EglrSystem.byDefault().at(setting.at(Dial.NONE, power));
        double less = bench.run(other, 1).numbers().get(Measuring.WORTH);
        assertTrue(worth >= less, other.settings(bench));
      }
    }
  }

  @Test
  void what_a_system_does_not_have_is_not_searched_for() {
    Bench bench = bench();
    PaperSystem initial = CatalogSystem.named("initial");
    assertSame(initial, tuned(bench, initial, TunedSetting.LEARNING_RATE, 1));
    PaperSystem prm = CatalogSystem.named("prm");
    assertSame(prm, tuned(bench, prm, TunedSetting.TEMPERATURE, 1));
    for (EglrSystem gateless :
        List.of(
            EglrSystem.withoutReasoning("none"),
            EglrSystem.of("random", b -> b.reasoning(r -> r.gate(Gate.random(0.5)))))) {
      assertSame(gateless, tuned(bench, gateless, TunedSetting.ENTROPY_THRESHOLD, 1));
    }
  }

  /** One setting's choice stays while the next is searched for. */
  @Test
  void settings_are_factors_of_a_systems_own_and_leave_each_other_alone() {
    Dial dial = Dial.NONE;
    for (TunedSetting setting : TunedSetting.values()) {
      dial = setting.at(dial, -1);
    }
    assertEquals(new Dial(1.0 / 3, 0.5, 0.5), dial);
    String said = EglrSystem.byDefault().at(dial).settings(bench());
    for (String part : List.of("nats=0.6", "baseTemperature=0.15", "learning rate 0.00100")) {
      assertTrue(said.contains(part), said);
    }
  }

  private static PaperSystem tuned(
      Bench bench, PaperSystem system, TunedSetting setting, long seed) {
    return Tuned.all(bench, List.of(system), setting, seed).get(0);
  }
}
