package org.eglr.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.data.ListSet;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.Test;

/** What files have, character by character. */
class TablesTest {

  private static final ListSet LISTS =
      Simulator.adLike().lists(5).users(400).listLength(3).log().split(1, 0, 0).train().range(0, 4);

  private static ExperimentResult result(String... labels) {
    List<Cell> cells =
        java.util.Arrays.stream(labels)
            .map(label -> new Cell(Map.of("variant", label), Map.of()))
            .toList();
    Map<Trial, TrialResult> results = new LinkedHashMap<>();
    for (int row = 0; row < labels.length; row++) {
      double[] values = {1, 2, 3, 4 + 4 * row};
      results.put(
          new Trial(row, cells.get(row), 1), new TrialResult(Map.of("NDCG@10", values), 1.5, 2));
    }
    return ExperimentResult.of(cells, List.of(1L), results, LISTS);
  }

  @Test
  void latex_has_booktabs_and_escapes_what_it_reads_as_commands() {
    String latex = result("B", "50 % & a_b {\\x} $~^#").toLatex();
    List<String> lines = latex.lines().toList();
    assertTrue(lines.get(0).startsWith("% 4 lists of 4 users, seeds 1; "), latex);
    assertEquals("\\begin{tabular}{lrrr}", lines.get(1));
    assertEquals("\\toprule", lines.get(2));
    assertEquals("variant & NDCG@10 & difference & $p$ \\\\", lines.get(3));
    assertEquals("\\midrule", lines.get(4));
    // s = sqrt(5/3), 1.96 s / 2; the second row's difference is 0 0 0 4: 1 +- 1.96.
    assertEquals("B & $2.5000 \\pm 1.2652$ & -- & -- \\\\", lines.get(5));
    assertEquals(
        "50 \\% \\& a\\_b \\{\\textbackslash{}x\\}"
            + " \\$\\textasciitilde{}\\textasciicircum{}\\# & $3.5000 \\pm 3.0469$ &"
            + " $+1.0000 \\pm 1.9600$ & $0.317$ \\\\",
        lines.get(6));
    assertEquals(List.of("\\bottomrule", "\\end{tabular}"), lines.subList(7, 9));
  }

  @Test
  void csv_quotes_names_and_leaves_unknown_numbers_empty() {
    String csv = result("B", "a, \"b\"").toCsv();
    List<String> lines = csv.lines().toList();
    assertEquals(
        "metric,variant,seeds,mean,± 95 %,seed s.d.,difference,± 95 % of it,p (Holm),reasoning"
            + " steps per list",
        lines.get(0));
    assertTrue(lines.get(1).startsWith("NDCG@10,B,1,2.5,1.26"), csv);
    assertTrue(lines.get(1).endsWith(",,,,,1.5"), csv);
    assertTrue(lines.get(2).startsWith("NDCG@10,\"a, \"\"b\"\"\",1,3.5,3.04"), csv);
  }
}
