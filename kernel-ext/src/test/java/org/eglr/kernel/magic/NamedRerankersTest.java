package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code %eglr compare} with names. */
class NamedRerankersTest {

  private final FakeHost host = new FakeHost();
  private final EglrMagic magic = new EglrMagic(host);

  @BeforeEach
  void data() {
    run("data simulated kuairand --lists 120 --length 5");
    host.shown.clear();
  }

  private void run(String line) {
    magic.line(List.of(line.split(" ")));
  }

  private List<String> models() {
    Comparison comparison = (Comparison) host.variables.get("comparison").orElseThrow();
    return comparison.reports().stream().map(Report::model).toList();
  }

  private String refused(String line) {
    return assertThrows(EglrError.class, () -> run(line)).getMessage();
  }

  @Test
  void names_are_trained_and_compared_without_a_model() {
    run("compare initial,ctr,lambdamart");
    assertEquals(List.of("initial", "ctr", "lambdamart"), models());
    assertTrue(host.text().contains("lambdamart"), host.text());
    assertFalse(host.text().contains("evaluator score"), host.text());
  }

  @Test
  void with_an_evaluator_and_seeds() {
    run("model --width 8 --heads 2 --evaluatorLayers 1 --embedding 4 --position 4");
    assertEquals(
        "'mmr' needs a trained evaluator: %eglr train evaluator", refused("compare initial,mmr"));
    run("train evaluator --epochs 1 --batchSize 64");
    host.shown.clear();
    run("compare initial,random,mmr,eglr --seeds 2 --lists 10");
    assertEquals(List.of("initial", "random", "mmr", "eglr"), models());
    assertTrue(host.text().contains("true DCG by seed"), host.text());
    assertTrue(host.text().contains("seed 2"), host.text());
    assertTrue(host.text().contains("evaluator score"), host.text());
  }

  @Test
  void slips_are_told_in_one_line() {
    String unknown = refused("compare initial,prn");
    assertTrue(unknown.startsWith("'prn' is neither a kind of re-ranker (initial, "), unknown);
    assertTrue(unknown.endsWith(") nor a variable that holds a trained one"), unknown);
    assertEquals(
        "--seeds 0: one number is how many seeds, 1 to 100; 1,2,3 names them",
        refused("compare initial,random --seeds 0"));
    assertTrue(refused("compare initial,random --ablations").contains("go without names"));
  }

  @Test
  void tab_offers_the_names() {
    String cell = "%eglr compare initial,lamb";
    var found = magic.editorHelp().complete(cell, cell.length());
    assertTrue(found.toString().contains("initial,lambdamart"), found.toString());
  }
}
