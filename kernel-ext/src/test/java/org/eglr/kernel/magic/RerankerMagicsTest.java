package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.eglr.Ranking;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import org.eglr.rerank.Cmr;
import org.eglr.rerank.EgRerank;
import org.eglr.rerank.LearnedReranker;
import org.eglr.rerank.SetRank;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code %eglr model KIND} and what can be done with it then. */
class RerankerMagicsTest {

  private final FakeHost host = new FakeHost();
  private final EglrMagic magic = new EglrMagic(host);

  @TempDir Path folder;

  @BeforeEach
  void data() {
    run("data simulated ad --lists 120 --length 4");
    host.shown.clear();
  }

  private void run(String line) {
    magic.line(List.of(line.split(" ")));
  }

  private String refused(String line) {
    return assertThrows(EglrError.class, () -> run(line)).getMessage();
  }

  private LearnedReranker reranker() {
    return (LearnedReranker) host.variables.get("reranker").orElseThrow();
  }

  private void evaluator() {
    run("model --width 8 --heads 2 --evaluatorLayers 1 --embedding 4 --position 4");
    run("train evaluator --epochs 1 --batchSize 64");
    host.shown.clear();
  }

  @Test
  void a_supervised_one_is_made_trained_asked_compared_and_saved() {
    run("model setrank --width 8 --heads 2 --blocks 1 --induced 2 --embedding 4 --seed 7");
    assertEquals(new SetRank(8, 2, 1, 64, 2), reranker().model());
    assertEquals(7, reranker().seed());
    assertTrue(host.text().contains("default: 8"), host.text());
    assertEquals(
        "'reranker' is not trained yet: %eglr train reranker",
        refused("rerank 0 --model reranker"));
    run("train reranker --epochs 1 --batchSize 64");
    assertTrue(reranker().trained());
    run("rerank 1 --model reranker");
    Ranking ranking = (Ranking) host.variables.get("ranking").orElseThrow();
    assertEquals(4, ranking.order().length);
    assertTrue(host.text().contains("no decisions to trace"), host.text());
    run("compare initial,reranker");
    Comparison comparison = (Comparison) host.variables.get("comparison").orElseThrow();
    assertEquals(
        List.of("initial", "reranker"), comparison.reports().stream().map(Report::model).toList());
    Path file = folder.resolve("setrank.eglr");
    run("save " + file + " --model reranker");
    run("load " + file + " --as again");
    LearnedReranker again = (LearnedReranker) host.variables.get("again").orElseThrow();
    assertEquals(reranker().model(), again.model());
    assertEquals(List.of(ranking.labels()), List.of(again.rerank(ranking.request()).labels()));
  }

  @Test
  void one_that_an_evaluator_teaches_takes_reasoning_and_shows_its_decisions() {
    assertEquals(
        "'cmr' learns from a trained evaluator: %eglr model, then %eglr train evaluator",
        refused("model cmr"));
    evaluator();
    run("model cmr --width 8 --memory 4 --discount 0.5 --maxSteps 2 --gate always");
    assertEquals(new Cmr(8, 4, 1, 0.5, ""), reranker().model());
    assertEquals("CMR + reasoning", reranker().name());
    run("train reranker --epochs 1 --batchSize 64");
    run("rerank 0 --model reranker");
    assertTrue(host.text().contains("reasoning steps: 8"), host.text());
    Ranking ranking = (Ranking) host.variables.get("ranking").orElseThrow();
    assertTrue(ranking.score() > 0);
  }

  @Test
  void eg_rerank_needs_no_evaluator_unless_it_is_to_be_taught_by_one() {
    run("model eg-rerank --width 8 --samples 2 --embedding 4");
    assertEquals(new EgRerank().width(8).samples(2), reranker().model());
    run("train reranker --epochs 1 --batchSize 64");
    assertEquals(List.of("evaluator", "reinforced"), List.copyOf(reranker().logs().keySet()));
    assertEquals(
        "'eg-rerank' learns from a trained evaluator: %eglr model, then %eglr train evaluator",
        refused("model eg-rerank --evaluator shared"));
    assertEquals(
        "Invalid value for option '--evaluator': expected one of [OWN, SHARED] (case-insensitive)"
            + " but was 'theirs' (%eglr help model)",
        refused("model eg-rerank --evaluator theirs"));
    evaluator();
    run("model eg-rerank --width 8 --evaluator shared");
    assertEquals(new EgRerank().width(8).evaluator(EgRerank.Judge.SHARED), reranker().model());
    assertTrue(host.text().contains("default: OWN"), host.text());
    String tab = "%eglr model eg-rerank --evaluator S";
    assertTrue(magic.editorHelp().complete(tab, tab.length()).toString().contains("SHARED"));
  }

  @Test
  void slips_are_told_in_one_line() {
    assertTrue(
        refused("model prn").startsWith("there is no kind of model 'prn'; there are eglr, "));
    assertTrue(
        refused("model prm --decoderLayers 2")
            .startsWith("prm has no setting 'decoderLayers'; it has width, heads, blocks"),
        refused("model prm --decoderLayers 2"));
    assertTrue(refused("model prm --maxSteps 2").startsWith("prm has no setting 'maxSteps'"));
    assertEquals(
        "setting 'heads' is 3; allowed: a divisor of the width, 64",
        refused("model prm --heads 3"));
    assertTrue(refused("model setrank --induced many").contains("a whole number"));
    assertTrue(
        refused("model --induced 2")
            .startsWith("--induced is a setting of setrank: name the model, %eglr model KIND"),
        refused("model --induced 2"));
    run("model prm --width 8");
    assertEquals(
        "--beam and --preselect are EGLR's; other kinds make one list",
        refusedAfterTraining("rerank 0 --model reranker --beam 3"));
  }

  private String refusedAfterTraining(String line) {
    run("train reranker --epochs 1 --batchSize 64");
    return refused(line);
  }

  @Test
  void tab_offers_kinds_and_their_settings() {
    String kinds = "%eglr model seq";
    assertTrue(magic.editorHelp().complete(kinds, kinds.length()).toString().contains("seq2slate"));
    String loss = "%eglr model seq2slate --loss H";
    assertTrue(magic.editorHelp().complete(loss, loss.length()).toString().contains("HINGE"));
  }
}
