package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eglr.Eglr;
import org.eglr.data.Splits;
import org.eglr.experiment.Experiment;
import org.eglr.experiment.ExperimentResult;
import org.eglr.experiment.ExperimentRow;
import org.eglr.experiment.NamedSetting;
import org.eglr.experiment.SettingCatalog;
import org.eglr.experiment.Stage;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.eglr.metrics.Headroom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Magics that stand for many runs, and headroom. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GridMagicsTest {

  private static final String CELL =
      """
      model.width 8
      model.heads 2
      evaluatorLayers 1
      evaluator.epochs 1
      grpo.steps 2
      grpo.batchSize 8
      maxSteps 0, 2
      seeds: 1 2
      compare.lists 20
      """;

  private final FakeHost host = new FakeHost();
  private final EglrMagic magic = new EglrMagic(host);

  @BeforeAll
  void train() {
    run("data simulated kuairand --lists 200 --length 5");
    run("model --width 8 --heads 2 --evaluatorLayers 1 --embedding 4 --position 4");
    run("train evaluator --epochs 1 --batchSize 64");
    run("train grpo --steps 2 --batchSize 8 --groupSize 3");
  }

  @BeforeEach
  void clear() {
    host.shown.clear();
  }

  @Test
  void listsOfValuesAndSeedsMakeManyRuns(@TempDir Path folder) throws IOException {
    Path kept = folder.resolve("runs");
    Path csv = folder.resolve("all.csv");
    Path latex = folder.resolve("table.tex");
    Path picture = folder.resolve("means.svg");
    List<String> line =
        List.of(
            "experiment",
            "--folder=" + kept,
            "--csv=" + csv,
            "--latex=" + latex,
            "--save=" + picture,
            "--as=tried");
    magic.cell(line, CELL);
    ExperimentResult result = value("tried", ExperimentResult.class);
    ExperimentResult same =
        Experiment.of(value("data", Splits.class))
            .fix("width", 8)
            .fix("heads", 2)
            .fix("evaluatorLayers", 1)
            .fix("evaluator.epochs", 1)
            .fix("steps", 2)
            .fix("grpo.batchSize", 8)
            .vary("maxSteps", 0, 2)
            .seeds(1, 2)
            .on(value("data", Splits.class).test())
            .run();
    assertEquals(same.toCsv(), result.toCsv());
    assertEquals(same.toCsv(), Files.readString(csv));
    assertEquals(same.toLatex(), Files.readString(latex));
    assertTrue(Files.readString(picture).startsWith("<?xml"), "an SVG");
    List<Content> states = host.shown.get(0);
    assertTrue(states.size() > 1, "progress, then the table");
    assertTrue(states.get(0).data().get(Content.HTML).contains("<progress"));
    String table = states.get(states.size() - 1).data().get(Content.TEXT);
    assertTrue(table.startsWith("Experiment: true DCG\nmaxSteps"), table);
    assertTrue(table.contains("p (Holm)") && table.contains("seeds 1, 2"), table);
    assertTrue(host.shown.get(1).get(0).data().containsKey(Content.PNG));
    try (var files = Files.list(kept)) {
      assertEquals(5, files.count(), "four runs and the manifest");
    }
    magic.cell(line, CELL);
    assertEquals(same.toCsv(), value("tried", ExperimentResult.class).toCsv());
  }

  @Test
  void aSlipIsFoundBeforeAnythingRuns() {
    for (String[] bad :
        new String[][] {
          {
            "model.maxStep 0 1",
            "there is no setting 'model.maxStep'; the nearest is 'model.maxSteps'"
          },
          {"maxSteps 0 x", "setting 'maxSteps' is x; allowed: a whole number"},
          {"epochs 1 2", "write 'evaluator.epochs' or 'grpo.epochs'"},
          {"seeds: 1 two", "seed 'two' is no whole number"},
          {"seeds: 1 2\ncompare.pool true", "many runs have no 'compare.pool'"},
          {"seeds: 1 2\nmodel.seed 3", "'seeds: 1 2 3' instead of model.seed"},
        }) {
      var error = assertThrows(EglrError.class, () -> magic.cell(List.of("experiment"), bad[0]));
      assertTrue(error.getMessage().contains(bad[1]), error.getMessage());
    }
    assertTrue(host.shown.isEmpty(), "nothing ran");
  }

  @Test
  void ablationsAreTrainedAnew() {
    run("compare --lists 15 --ablations --seeds 1,2 --set grpo.batchSize=8,groupSize=3");
    ExperimentResult result = value("ablations", ExperimentResult.class);
    assertEquals(
        List.of(
            "B: no reasoning",
            "v1: plain token",
            "v2: context-aware token",
            "v3: + dynamic temperature"),
        result.rows().stream().map(row -> row.report().model()).toList());
    Eglr model = value("eglr", Eglr.class);
    Eglr again = Eglr.builder(model.schema()).evaluator(model.evaluator()).seed(2).build();
    again.trainGenerator(value("data", Splits.class), t -> t.steps(2).batchSize(8).groupSize(3));
    ExperimentRow last = result.rows().get(3);
    double expected =
        again.evaluate(value("data", Splits.class).test().sample(15, 1)).value("NDCG@10");
    assertEquals(expected, last.bySeed().get("NDCG@10")[1], 1e-12);
    assertEquals(0, result.rows().get(0).reasoningSteps());
    assertTrue(host.text().contains("B: no reasoning"), host.text());
  }

  @Test
  void headroomSaysWhetherThereIsAny(@TempDir Path folder) {
    Path picture = folder.resolve("room.svg");
    run("headroom --lists 12 --beam 2 --samples 3 --save " + picture);
    Headroom room = value("headroom", Headroom.class);
    assertEquals(12, room.comparison().reports().get(0).lists());
    assertEquals(
        List.of(
            "sorted alone",
            "greedy",
            "beam 2",
            "best of 3 drawn",
            "EGLR",
            "EGLR, best of beam 2",
            "local search",
            "local search on the truth"),
        room.comparison().reports().stream().map(report -> report.model()).toList());
    assertTrue(host.text().contains("Verdict: " + room.verdict() + "."), host.text());
    assertTrue(host.shown.get(1).get(0).data().containsKey(Content.PNG));
    assertTrue(Files.exists(picture));
  }

  /** One list of settings: what Java has, the magics have. */
  @Test
  void modelHasEverySettingOfTheCatalogue() {
    var eglr = Commands.line(new Session(host)).getSubcommands();
    var train = eglr.get("train").getSubcommands();
    for (NamedSetting setting : SettingCatalog.all()) {
      var command =
          setting.stage() == Stage.MODEL ? eglr.get("model") : train.get(setting.stage().key());
      Set<String> options = new LinkedHashSet<>(command.getCommandSpec().optionsMap().keySet());
      assertTrue(options.contains("--" + setting.name()), setting + " is no option: " + options);
    }
  }

  private void run(String line) {
    magic.line(List.of(line.split(" ")));
  }

  private <T> T value(String name, Class<T> type) {
    return type.cast(host.variables.get(name).orElseThrow());
  }
}
