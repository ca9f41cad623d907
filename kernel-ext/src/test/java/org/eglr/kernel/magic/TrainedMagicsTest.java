package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eglr.Eglr;
import org.eglr.Ranking;
import org.eglr.Rerankers;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.eglr.kernel.view.SettingsView;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.EvaluatorReport;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.train.Reward;
import org.eglr.train.TrainingLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** The whole way of a notebook, on a tiny model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainedMagicsTest {

  private final FakeHost host = new FakeHost();
  private final EglrMagic magic = new EglrMagic(host);

  @BeforeAll
  void train() {
    run("data simulated kuairand --lists 300 --length 5");
    run("model --width 8 --heads 2 --evaluatorLayers 1 --embedding 4 --position 4");
    run("train evaluator --epochs 1 --batchSize 64");
    run("train grpo --steps 4 --batchSize 8 --groupSize 3 --validateEvery 2");
  }

  @BeforeEach
  void clear() {
    host.shown.clear();
  }

  @Test
  void trainingLeavesLogsThatCanBeDrawn() {
    TrainingLog log = value("grpoLog", TrainingLog.class);
    assertEquals(4, log.steps().size());
    run("plot reward");
    run("plot loss");
    assertEquals(2, host.shown.size());
    host.shown.forEach(states -> assertTrue(states.get(0).data().containsKey(Content.PNG)));
  }

  @Test
  void ownAndCombinedRewardsTrain() {
    host.variables.set("half", (Reward) list -> list.clickDcg() / 2);
    for (String reward : new String[] {"--reward $half", "--reward=$half"}) {
      run("train grpo --steps 1 --batchSize 8 --groupSize 3 --as own " + reward);
      assertTrue(host.text().contains("Training of the generator (GRPO): 1 steps"), host.text());
    }
    run(
        "train grpo --steps 2 --batchSize 8 --groupSize 3 --as mixed --normaliseEach true"
            + " --updates-per-rollout 2 --klToReference 0.1 --entropyBonus 0.01 --schedule cosine"
            + " --warmUpSteps 1 --reward true-dcg+0.2*diversity(tag)");
    var values = value("mixed", TrainingLog.class).steps().get(1).values();
    for (String name :
        new String[] {
          "reward: true-dcg", "reward: diversity(tag)", "clipped choices", "KL to reference"
        }) {
      assertTrue(values.containsKey(name), name + " is not in " + values.keySet());
    }
    assertEquals(3e-3, values.get("learning rate"), 1e-12, "the first step after the warm-up");
  }

  @Test
  void entropyIsDrawnOfTestLists() {
    run("plot entropy --lists 20");
    run("plot reasoning --lists 20");
    assertEquals(2, host.shown.size());
    assertEquals(
        20, value("report", org.eglr.metrics.Report.class).lists(), "as many as were asked for");
  }

  @Test
  void rerankShowsTheListAndItsTrace() {
    run("rerank 2");
    Ranking ranking = value("ranking", Ranking.class);
    assertEquals(3, host.shown.size(), "pool, list, trace");
    String pool = host.shown.get(0).get(0).data().get(Content.TEXT);
    List.of(ranking.request().labels()).forEach(label -> assertTrue(pool.contains(label), label));
    ranking.labels().forEach(label -> assertTrue(host.text().contains(label), label));
    assertTrue(host.text().contains("How the list was made"), host.text());
    var error = assertThrows(EglrError.class, () -> run("rerank 1000"));
    assertTrue(error.getMessage().startsWith("there is no list 1000; the test lists are 0 to "));
  }

  @Test
  void aBeamShowsItsListsAndTakesTheBest() {
    run("rerank 1 --beam 3");
    Ranking[] beam = value("beam", Ranking[].class);
    var expected =
        value("eglr", Eglr.class).beamSearch(value("data", Splits.class).test().request(1), 3);
    assertEquals(expected.size(), beam.length);
    double most = 0;
    for (int i = 0; i < beam.length; i++) {
      assertArrayEquals(expected.get(i).order(), beam[i].order());
      assertEquals(expected.get(i).labels(), beam[i].labels());
      most = Math.max(most, beam[i].score());
    }
    assertEquals(most, value("ranking", Ranking.class).score());
    assertEquals(4, host.shown.size(), "pool, lists, best list, trace");
    assertTrue(host.text().contains("Beam search: 3 lists"), host.text());
  }

  @Test
  void preselectionNarrowsThePoolAndKeepsPlacesAndClicks() {
    Splits data = value("data", Splits.class);
    run("rerank 2 --length 2 --preselect 3");
    assertEquals(2, value("ranking", Ranking.class).order().length);
    assertEquals(3, value("ranking", Ranking.class).request().pool());
    assertTrue(host.text().contains("5 candidates, 3 of them preselected"), host.text());
    assertEquals(2, host.text().split("not preselected", -1).length - 1, host.text());
    var error = assertThrows(EglrError.class, () -> run("rerank --length 6"));
    assertEquals("a request for 6 items of 5 candidates; allowed is 1 to 5", error.getMessage());
    for (int list = 0; list < 5; list++) {
      host.shown.clear();
      run("rerank " + list + " --preselect 1 --as narrowed");
      Ranking same = value("narrowed", Ranking.class);
      assertEquals(5, same.request().pool(), "the list has as many items");
      assertFalse(host.text().contains("preselected"), host.text());
    }
    Request request = data.test().request(2).withLength(2);
    Eglr narrow = value("eglr", Eglr.class).withPreselection(3);
    Ranking expected = narrow.rerank(request);
    Preselected made = Preselected.of(request, i -> false, r -> List.of(narrow.rerank(r)));
    Ranking ranking = made.lists().get(0);
    assertEquals(3, made.pool().kept().length);
    assertEquals(expected.labels(), ranking.labels());
    assertArrayEquals(expected.order(), ranking.order());
    for (int i = 0; i < 3; i++) {
      assertEquals(
          request.labels()[made.pool().kept()[i]], expected.request().labels()[i], "place " + i);
    }
    assertArrayEquals(expected.request().itemIds(), ranking.request().itemIds());
  }

  @Test
  void compareMeasuresFurtherModelsOnTheSameLists() {
    host.variables.set("never", value("eglr", Eglr.class).withReasoning(r -> r.maxSteps(0)));
    run("compare --lists 25 --with never");
    Comparison comparison = value("comparison", Comparison.class);
    assertEquals(
        List.of("initial order", "sorted by evaluator", "EGLR", "never"),
        comparison.reports().stream().map(report -> report.model()).toList());
    comparison.reports().forEach(report -> assertEquals(25, report.lists()));
    assertTrue(host.text().contains("true DCG"), host.text());
    assertTrue(host.text().contains("25 lists of "), host.text());
    assertTrue(host.text().contains("without a click (they count 0)"), host.text());
    assertTrue(host.text().contains("Differences to initial order"), host.text());
    assertTrue(host.text().contains("users with all their lists redrawn"), host.text());
  }

  @Test
  void compareTakesAnyRerankerAndThePoolAsOneList() {
    Eglr eglr = value("eglr", Eglr.class);
    host.variables.set("alone", Rerankers.sortedAlone(eglr.evaluator()));
    run("compare --lists 10 --pool --with alone");
    Comparison comparison = value("comparison", Comparison.class);
    assertEquals(
        List.of(
            "initial order",
            "sorted by evaluator",
            "EGLR",
            "sorted by evaluator, pool as one list",
            "alone"),
        comparison.reports().stream().map(report -> report.model()).toList());
    assertEquals(
        comparison.reports().get(1).value("NDCG@10"), comparison.reports().get(4).value("NDCG@10"));
  }

  @Test
  void anEvaluatorShowsItsOwnSettings() {
    String text = SettingsView.of(value("eglr", Eglr.class).evaluator()).plain();
    assertTrue(text.startsWith("Evaluator, "), text);
    assertTrue(text.contains("evaluatorLayers"), text);
    assertFalse(text.contains("maxSteps"), text);
  }

  @Test
  void attentionIsDrawnOfOneList() {
    run("plot attention --list 1 --head 1");
    assertTrue(host.shown.get(0).get(0).data().get(Content.TEXT).contains("head 1"));
    var error = assertThrows(EglrError.class, () -> run("plot attention --list 9999"));
    assertTrue(error.getMessage().startsWith("there is no list 9999; the test lists are 0 to "));
    error = assertThrows(EglrError.class, () -> run("plot attention --head 7"));
    assertEquals("there is no head 7: the decoder's are 0 to 1", error.getMessage());
  }

  @Test
  void calibrationNeedsNoGenerator() {
    host.variables.set("judge", Eglr.builder(value("data", Splits.class).schema()).build());
    var error = assertThrows(EglrError.class, () -> run("plot calibration --model judge"));
    assertEquals("the evaluator is not trained yet: %eglr train evaluator", error.getMessage());
    value("judge", Eglr.class)
        .trainEvaluator(value("data", Splits.class), t -> t.epochs(1).batchSize(64));
    run("plot calibration --model judge --lists 20");
    assertTrue(host.shown.get(0).get(0).data().containsKey(Content.PNG));
    run("plot evaluator --model judge --lists 20");
    String text = host.text();
    for (var metric : value("evaluatorReport", EvaluatorReport.class).metrics()) {
      assertTrue(text.contains(metric.name()), text);
    }
    assertTrue(text.contains("20 lists of "), text);
  }

  @Test
  void anExperimentIsACellOfSettings() {
    FakeHost other = new FakeHost();
    new EglrMagic(other)
        .cell(
            List.of("experiment"),
            """
            data.preset kuairand
            data.source simulated
            data.lists 120
            data.length 4
            # small
            model.width 8
            model.heads 2
            evaluator.epochs 1
            grpo.steps 2
            grpo.batch-size 8
            compare.lists 10
            """);
    Eglr model = (Eglr) other.variables.get("eglr").orElseThrow();
    assertEquals(8, model.settings().width());
    assertTrue(model.generatorTrained());
    Comparison comparison = (Comparison) other.variables.get("comparison").orElseThrow();
    assertEquals(10, comparison.reports().get(0).lists());
    assertEquals(96, ((Splits) other.variables.get("data").orElseThrow()).train().size());
  }

  @Test
  void anExperimentIsReadWholeBeforeItRuns() {
    FakeHost other = new FakeHost();
    EglrMagic fresh = new EglrMagic(other);
    for (String[] bad :
        new String[][] {
          {"data.source simulated\ncompare.lits 5", "did you mean --lists"},
          {"data.source simulated\nlits 5", "'lits=5' is no setting of an experiment"},
          {
            "data.source simulated\nmodle.width 5",
            "data.., model.., evaluator.., grpo.., compare.."
          }
        }) {
      var error = assertThrows(EglrError.class, () -> fresh.cell(List.of("experiment"), bad[0]));
      assertTrue(error.getMessage().contains(bad[1]), error.getMessage());
    }
    assertTrue(other.shown.isEmpty(), "nothing ran");
  }

  @Test
  void whatifTriesEveryCombination() {
    run("whatif --lists 10 --entropy-threshold=-1,9 --max-steps 1,3");
    Table table = value("whatif", Table.class);
    assertEquals(4, table.rowCount());
    assertEquals(
        List.of(5.0, 15.0, 0.0, 0.0),
        table.doubleColumn("reasoning steps per list").asList(),
        "below -1 nothing lies, above 9 nothing either");
    assertTrue(
        host.text()
            .contains(
                "A what-if of the decoder, no ablation, and valid: this model (query GATED) adds"),
        host.text());
    assertEquals(2, value("eglr", Eglr.class).settings().reasoning().maxSteps(), "unchanged");
  }

  @Test
  void whatifOfAResidualModelSaysThatItFallsApart() {
    run(
        "model --as residual --width 8 --heads 2 --evaluatorLayers 1 --embedding 4 --position 4"
            + " --decoder-layers 2 --query residual");
    assertEquals(2, value("residual", Eglr.class).settings().decoderLayers());
    run(
        "train evaluator --model residual --epochs 1 --batchSize 64 --select order --as residualLog");
    TrainingLog log = value("residualLog", TrainingLog.class);
    assertTrue(log.validations().get(0).values().containsKey("order loss"));
    run("train grpo --model residual --steps 1 --batchSize 8 --groupSize 3 --as residualGrpo");
    run("whatif --model residual --lists 10 --as residualTable");
    assertTrue(
        host.text()
            .contains(
                "A what-if of the decoder, no ablation: with query RESIDUAL weights trained with"
                    + " one budget fall apart with another"),
        host.text());
    run("headroom --model residual --lists 5 --beam 1 --samples 0 --as room");
    assertTrue(host.text().contains("this evaluator"), host.text());
    assertTrue(host.text().contains("spread over neighbours"), host.text());
  }

  @Test
  void whatifHasASliderOverTheValuesOfOneSetting() {
    run("whatif --lists 10 --slider entropyThreshold --entropyThreshold=9,-1 --as slid");
    assertEquals(1, value("slid", Table.class).rowCount());
    String text = host.text();
    assertTrue(text.contains("entropyThreshold: a slider over 9.0, -1.0, where"), text);
    assertTrue(text.contains("without --slider measures all of them"), text);
    assertTrue(text.contains("entropyThreshold = 9.0"), text);
    String shown = ((Content) host.values.get(0).get(0)).data().get(Content.TEXT);
    assertTrue(shown.contains("entropy:9.0") && shown.contains("query GATED"), shown);
    for (String[] bad :
        new String[][] {
          {
            "--slider maxSteps --maxSteps 2",
            "--slider maxSteps needs at least two values of it, as in --maxSteps 0,1,2,4"
          },
          {
            "--slider gate",
            "--slider gate needs at least two values of it, as in --gate never,entropy:0.8,always"
          },
          {
            "--slider maxSteps --maxSteps 0,2 --exploration 1,2",
            "--slider maxSteps moves one setting: give the others one value each"
          },
        }) {
      var error = assertThrows(EglrError.class, () -> run("whatif --lists 10 " + bad[0]));
      assertEquals(bad[1], error.getMessage());
    }
  }

  @Test
  void whatifTriesGates() {
    run("whatif --lists 10 --gate always,positions:1,3,never --entropyThreshold 9");
    Table table = value("whatif", Table.class);
    assertEquals(
        List.of("entropy:9.0", "always", "positions:1,3", "never"),
        table.stringColumn("gate").asList());
    assertEquals(
        List.of(0.0, 10.0, 4.0, 0.0), table.doubleColumn("reasoning steps per list").asList());
    host.variables.set("odd", (Gate) d -> d.position() % 2 == 1);
    run("whatif --lists 10 --gate $odd,never --as other");
    assertEquals(
        List.of(6.0, 0.0),
        value("other", Table.class).doubleColumn("reasoning steps per list").asList());
  }

  @Test
  void aModelTakesAGate() {
    for (String[] written :
        new String[][] {
          {"--gate entropy:1.5", "entropy:1.5"},
          {"--gate positions:1,2,5", "positions:1,2,5"},
          {"--gate random:0.3", "random:0.3:1"},
          {"--entropy-threshold 0.7", "entropy:0.7"},
        }) {
      run("model --as other " + written[0]);
      Gate gate = value("other", Eglr.class).settings().reasoning().gate();
      assertEquals(written[1], gate.describe());
      assertTrue(host.text().contains(written[1]), host.text());
    }
    run("model --as other --query gated");
    assertEquals(QueryUpdate.GATED, value("other", Eglr.class).settings().reasoning().query());
    Gate own = d -> d.remaining() > 3;
    host.variables.set("own", own);
    run("model --as other --gate $own");
    assertSame(own, value("other", Eglr.class).settings().reasoning().gate());
    magic.cell(List.of("model", "--as", "other"), "gate relative 0.6");
    assertEquals(
        Gate.relativeEntropy(0.6), value("other", Eglr.class).settings().reasoning().gate());
    magic.cell(List.of("model", "--as", "other"), "gate $own\nmaxSteps 3");
    assertSame(own, value("other", Eglr.class).settings().reasoning().gate());
    var error = assertThrows(EglrError.class, () -> run("model --gate often"));
    assertTrue(
        error
            .getMessage()
            .contains("setting 'gate' is 'often'; allowed: entropy:NATS, relative:SHARE"),
        error.getMessage());
    error = assertThrows(EglrError.class, () -> run("model --gate never --entropyThreshold 1"));
    assertEquals(
        "--entropyThreshold X is short for --gate entropy:X: give one of them", error.getMessage());
  }

  @Test
  void aModelIsSavedAndLoaded(@TempDir Path folder) {
    Path file = folder.resolve("model.eglr");
    run("save " + file);
    var error = assertThrows(EglrError.class, () -> run("save " + file));
    assertEquals(file + " exists; --force replaces it", error.getMessage());
    run("save --force " + file);
    assertTrue(Files.exists(file));
    run("load " + file + " --as copy");
    Eglr copy = value("copy", Eglr.class);
    assertNotEquals(value("eglr", Eglr.class), copy);
    assertTrue(copy.generatorTrained());
    assertTrue(host.text().contains("evaluator trained, generator trained"), host.text());
  }

  @Test
  void aMissingModelFileIsOneLine(@TempDir Path folder) {
    var error = assertThrows(EglrError.class, () -> run("load " + folder.resolve("no.eglr")));
    assertEquals("there is no model file " + folder.resolve("no.eglr"), error.getMessage());
    Path file = folder.resolve("sub").resolve("m.eglr");
    error = assertThrows(EglrError.class, () -> run("save " + file));
    assertEquals(
        "cannot write model file %s: there is no folder %s; make it, or name another file"
            .formatted(file, file.getParent()),
        error.getMessage());
    error = assertThrows(EglrError.class, () -> run("save --force " + folder));
    assertTrue(error.getMessage().endsWith("it is a folder; name a file in it"));
  }

  @Test
  void aTildeIsTheHomeFolderWhereverAPathIsTaken(@TempDir Path home) {
    String before = System.getProperty("user.home");
    System.setProperty("user.home", home.toString());
    try {
      run("save ~/m.eglr");
      assertTrue(Files.exists(home.resolve("m.eglr")));
      run("load ~/m.eglr --as copy");
      run("train grpo --steps 1 --batchSize 8 --groupSize 3 --checkpoint=~/run --as brief");
      assertTrue(Files.exists(home.resolve("run")));
      assertEquals(
          List.of("~/m.eglr"),
          magic.editorHelp().complete("%eglr load ~/m", 14).orElseThrow().texts());
      var error = assertThrows(EglrError.class, () -> run("data ~/ml-100k --as other"));
      assertTrue(error.getMessage().contains(home.resolve("ml-100k").toString()));
    } finally {
      System.setProperty("user.home", before);
    }
  }

  @Test
  void aModelComesBackWithItsLearningCurves(@TempDir Path folder) {
    Path file = folder.resolve("model.eglr");
    run("save " + file);
    FakeHost restarted = new FakeHost();
    EglrMagic fresh = new EglrMagic(restarted);
    fresh.line(List.of("load", file.toString()));
    fresh.line(List.of("plot", "reward"));
    fresh.line(List.of("plot", "loss"));
    assertEquals(3, restarted.shown.size(), "settings and two charts");
    TrainingLog log = (TrainingLog) restarted.variables.get("grpoLog").orElseThrow();
    assertEquals(
        value("eglr", Eglr.class).generatorLog().orElseThrow().steps().size(), log.steps().size());

    restarted.variables.set("data", value("data", Splits.class));
    fresh.line(List.of("model", "--as", "plain", "--width", "8", "--heads", "2"));
    var error =
        assertThrows(
            EglrError.class, () -> fresh.line(List.of("plot", "loss", "--model", "plain")));
    assertEquals(
        "the model has no log of that training: %eglr train evaluator", error.getMessage());
    fresh.line(List.of("save", "--model", "plain", folder.resolve("plain.eglr").toString()));
    fresh.line(List.of("load", folder.resolve("plain.eglr").toString()));
    assertTrue(restarted.variables.get("grpoLog").isEmpty(), "those of the model before");
    assertTrue(restarted.text().contains("grpoLog is empty now"), restarted.text());
  }

  @Test
  void aTrainingGoesOnAfterARestart(@TempDir Path folder) {
    String settings = "model --width 8 --heads 2 --evaluatorLayers 1 --embedding 4 --position 4";
    String evaluator = "train evaluator --epochs 2 --batchSize 64 --as whole";
    String grpo = "train grpo --steps 5 --batchSize 8 --groupSize 3 --as whole";
    for (String line : List.of(evaluator, grpo)) {
      Path file = folder.resolve(line.split(" ")[1]);
      FakeHost first = session();
      EglrMagic magic = new EglrMagic(first);
      magic.line(words(settings));
      if (line == grpo) {
        magic.line(words("train evaluator --epochs 1 --batchSize 64"));
      }
      magic.line(
          words(line.replaceAll("(epochs|steps) \\d", "$1 1") + " --every 1 --checkpoint " + file));
      assertTrue(Files.exists(file));

      FakeHost second = session();
      EglrMagic restarted = new EglrMagic(second);
      restarted.line(words("load " + file));
      restarted.line(words(line + " --resume " + file));
      TrainingLog log = (TrainingLog) second.variables.get("whole").orElseThrow();

      magic.line(words(settings + " --as other"));
      if (line == grpo) {
        magic.line(words("train evaluator --epochs 1 --batchSize 64 --model other"));
      }
      magic.line(words(line + " --model other"));
      TrainingLog never = (TrainingLog) first.variables.get("whole").orElseThrow();
      assertEquals(never.steps().size(), log.steps().size());
      for (int s = 0; s < log.steps().size(); s++) {
        assertEquals(never.steps().get(s).values(), log.steps().get(s).values(), line + s);
      }
      Eglr written = Eglr.load(file);
      assertEquals(
          log.steps().size(),
          (line == grpo ? written.generatorLog() : written.evaluatorLog())
              .orElseThrow()
              .steps()
              .size(),
          "the run goes on in its file");
    }
    var error = assertThrows(EglrError.class, () -> run("train evaluator --every 5 --as none"));
    assertEquals("--every needs a file: --checkpoint FILE", error.getMessage());
    Path absent = folder.resolve("absent");
    error = assertThrows(EglrError.class, () -> run("train grpo --as none --resume " + absent));
    assertEquals("there is no checkpoint " + absent, error.getMessage());
  }

  private FakeHost session() {
    FakeHost session = new FakeHost();
    session.variables.set("data", value("data", Splits.class));
    return session;
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  @Test
  void anInterruptKeepsTheModelUsable() {
    Thread.currentThread().interrupt();
    try {
      run("train grpo --steps 1000 --batchSize 8 --groupSize 3 --as stopped");
    } finally {
      Thread.interrupted();
    }
    TrainingLog log = value("stopped", TrainingLog.class);
    assertTrue(log.interrupted());
    assertTrue(log.steps().size() < 1000);
    run("rerank");
  }

  @Test
  void theNextCommandWaitsUntilAnInterruptedOneHasTidiedUp() throws InterruptedException {
    String line = "train grpo --steps 100000 --batchSize 8 --groupSize 3 --as cut";
    Thread cell = new Thread(() -> run(line));
    cell.start();
    while (host.shown.isEmpty()) {
      Thread.sleep(5);
    }
    cell.interrupt();
    run("rerank");
    TrainingLog log = value("cut", TrainingLog.class);
    assertTrue(log.interrupted() && log.steps().size() >= 1);
    assertTrue(host.text().contains("Stopped by hand after step"), host.text());
    cell.join();
  }

  private void run(String line) {
    magic.line(List.of(line.split(" ")));
  }

  private <T> T value(String name, Class<T> type) {
    return type.cast(host.variables.get(name).orElseThrow());
  }
}
