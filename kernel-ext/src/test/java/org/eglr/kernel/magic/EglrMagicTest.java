package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.eglr.kernel.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EglrMagicTest {

  private final FakeHost host = new FakeHost();
  private final EglrMagic magic = new EglrMagic(host);

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "--help"})
  void helpListsEveryCommandWithItsJava(String line) {
    run(line);
    for (String command :
        List.of(
            "data",
            "model",
            "train evaluator",
            "train grpo",
            "plot",
            "rerank",
            "compare",
            "whatif",
            "experiment",
            "save",
            "load",
            "reset",
            "error")) {
      assertTrue(host.text().contains("%eglr " + command), command);
    }
    for (String java :
        List.of(
            "Datasets.movieLens(\"ml-100k\")",
            "Eglr.builder(data.schema())",
            "eglr.trainEvaluator(data",
            "eglr.trainGenerator(data",
            "Charts.entropy(",
            "eglr.rerank(data.test().request(0))",
            "eglr.compare(data.test())",
            "eglr.withReasoning(",
            "eglr.save(",
            "Eglr.load(")) {
      assertTrue(host.text().contains(java), java);
    }
    assertTrue(host.shown.get(0).get(0).data().containsKey(Content.HTML));
  }

  @ParameterizedTest
  @ValueSource(strings = {"help train grpo", "train grpo --help"})
  void helpOnACommandListsItsOptionsWithDefaults(String line) {
    run(line);
    assertTrue(host.text().lines().anyMatch(l -> l.matches("--groupSize +8 +.*G")), host.text());
    assertTrue(host.text().contains("In Java: var grpoLog = eglr.trainGenerator("), host.text());
  }

  @Test
  void helpOnRerankHasALineOfJavaForEachWay() {
    run("help rerank");
    for (String java :
        List.of(
            "In Java: var ranking = eglr.rerank(",
            "In Java: var beam = eglr.beamSearch(",
            "In Java: var ranking = eglr.withPreselection(8).rerank(")) {
      assertTrue(host.text().contains(java), host.text());
    }
    assertTrue(host.text().lines().anyMatch(l -> l.matches("--beam +.*1 to 1000.*")), host.text());
    assertTrue(host.text().lines().anyMatch(l -> l.startsWith("--preselect ")), host.text());
  }

  @Test
  void helpOnModelExplainsEverySetting() {
    run("help model");
    assertTrue(
        host.text().lines().anyMatch(l -> l.matches("--entropyThreshold +.*nats.*")), host.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modle|unknown command 'modle' of %eglr; did you mean model?",
        "trian grpo|unknown command 'trian' of %eglr; did you mean train or rerank?",
        "model --widht 3|unknown option '--widht' of %eglr model; did you mean --width?",
        "model --width abc|'abc' is not an int (%eglr help model)",
        "plot entrpy|expected one of [entropy, reasoning, reward, loss, calibration, evaluator,"
            + " lists, attention]",
        "plot|Missing required parameter: 'WHAT' (%eglr help plot)",
        "train|%eglr train needs one of [evaluator, grpo, reranker]",
        "help nonsense|there is no help on 'nonsense'; the topics are help, data, model",
        "save|Missing required parameter: 'PATH' (%eglr help save)",
        "model|no variable 'data' yet: %eglr data SOURCE loads data",
        "train evaluator|no variable 'data' yet: %eglr data",
        "rerank|no variable 'eglr' yet: %eglr model makes one, %eglr load reads one",
        "rerank --beam 0|--beam is 0; allowed is 1 to 1000",
        "rerank --beam 1001|--beam is 1001; allowed is 1 to 1000",
        "rerank --preselect 0|--preselect is 0; allowed is 1 or more",
        "rerank --beam wide|'wide' is not an int (%eglr help rerank)",
        "train grpo --reward clicks|setting 'reward' is clicks; allowed: click-dcg, list-value",
        "train grpo --reward $none|$none: the notebook has no variable 'none'",
        "train grpo --schedule linear|expected one of [CONSTANT, COSINE]",
        "model --engine gpu|expected one of [JAVA, SAMEDIFF]",
        "plot reward|no variable 'grpoLog' yet: %eglr train grpo makes one",
        "plot loss|no variable 'evaluatorLog' yet: %eglr train evaluator makes one",
        "save x.eglr|no variable 'eglr' yet: %eglr model makes one"
      })
  void aMistakeIsOneLineWithItsRemedy(String line, String expected) {
    String message = refusal(line);
    assertTrue(message.contains(expected), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aVariableOfAnotherTypeIsNamed() {
    host.variables.set("data", 5);
    assertEquals(
        "variable 'data' is a Integer where a Splits is needed: %eglr data SOURCE loads data",
        refusal("model"));
  }

  @Test
  void modelMakesAVariableAndShowsItsSettings() {
    host.variables.set("data", Samples.data());
    run("model --width 32 --max-steps 3 --token plain --pair-effects factors");
    assertTrue(host.variables.get("eglr").isPresent());
    assertTrue(
        host.text().lines().anyMatch(l -> l.matches("width +32 +default: 64 .*")), host.text());
    assertTrue(
        host.text().lines().anyMatch(l -> l.matches("pairEffects +FACTORS +default: MATCH .*")),
        host.text());
    assertTrue(host.text().contains("evaluator not trained yet"), host.text());
    assertTrue(host.text().contains("computes on CPU, plain Java"), host.text());
  }

  @Test
  void aSettingThatIsRefusedIsNamed() {
    host.variables.set("data", Samples.data());
    assertEquals("setting 'maxSteps' is 40; allowed: 0 to 16", refusal("model --maxSteps 40"));
    assertEquals(
        "setting 'device' is tpu; allowed: auto, cpu or gpu", refusal("model --device tpu"));
    assertTrue(host.variables.get("eglr").isEmpty());
  }

  @Test
  void aCellOfSettingsMakesAModel() {
    host.variables.set("data", Samples.data());
    magic.cell(List.of(), "width 16\nheads 2\n");
    assertTrue(
        host.text().lines().anyMatch(l -> l.matches("heads +2 +default: 4 .*")), host.text());
    magic.cell(List.of("model", "--as", "other"), "width 8\n");
    assertTrue(host.variables.get("other").isPresent());
  }

  @Test
  void aCellNamesAnUnknownSetting() {
    host.variables.set("data", Samples.data());
    var error = assertThrows(EglrError.class, () -> magic.cell(List.of(), "widht 16"));
    assertTrue(error.getMessage().contains("did you mean --width?"), error.getMessage());
  }

  @Test
  void anotherNameThanAJavaNameIsRefused() {
    host.variables.set("data", Samples.data());
    assertEquals("'a-b' is not a name for a Java variable", refusal("model --as a-b"));
  }

  @Test
  void plotsTheLogsThatTheUserMade() {
    host.variables.set("mine", Samples.grpo(40, false));
    run("plot reward --log mine");
    assertTrue(host.shown.get(0).get(0).data().containsKey(Content.PNG));
    host.variables.set("evaluatorLog", Samples.evaluator(40));
    run("plot loss");
    host.variables.set("data", Samples.data());
    run("plot lists --on train");
    assertEquals(3, host.shown.size());
  }

  @Test
  void anUntrainedModelIsNotUsed() {
    host.variables.set("data", Samples.data());
    run("model --width 8 --heads 2");
    for (String line : List.of("rerank", "compare", "whatif", "plot entropy", "train grpo")) {
      assertEquals("the evaluator is not trained yet: %eglr train evaluator", refusal(line), line);
    }
  }

  @Test
  void errorShowsWhereTheLastCommandFailed() {
    run("error");
    assertEquals("No command has failed\n", host.text());
    refusal("model --width abc");
    run("error");
    assertTrue(
        host.text().contains("ParameterException") && host.text().contains("at "), host.text());
  }

  @Test
  void resetForgetsWhatTheMagicsMadeAndNothingElse() {
    host.variables.set("data", Samples.data());
    run("model --width 8 --heads 2");
    run("reset");
    assertTrue(host.text().endsWith("Forgot eglr\n"), host.text());
    assertTrue(host.variables.get("eglr").isEmpty());
    assertTrue(host.variables.get("data").isPresent());
    run("reset");
    assertTrue(host.text().endsWith("There was nothing to forget\n"), host.text());
  }

  private void run(String line) {
    magic.line(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }

  private String refusal(String line) {
    return assertThrows(EglrError.class, () -> run(line)).getMessage();
  }
}
