package org.eglr;

import java.util.Arrays;
import java.util.List;
import org.eglr.data.Request;
import org.eglr.decode.Decision;
import org.eglr.decode.Trace;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A re-ranked list.
 *
 * @param request what was asked
 * @param order the list: candidates as indices into the request's pool, best position first
 * @param clickProbabilities the evaluator's click probability at each position
 * @param score the evaluator's score of the list (eq. 18)
 * @param trace how the list was made
 */
public record Ranking(
    Request request, int[] order, double[] clickProbabilities, double score, Trace trace) {

  /** What people call the items, in list order. */
  public List<String> labels() {
    return Arrays.stream(order).mapToObj(index -> request.labels()[index]).toList();
  }

  /** One row a position: item, click probability, entropy before and after, reasoning steps. */
  public Table toTable() {
    List<Decision> decisions = trace.decisions();
    return Table.create(
        "ranking",
        IntColumn.create("position", decisions.stream().mapToInt(d -> d.position() + 1).toArray()),
        StringColumn.create("item", labels()),
        DoubleColumn.create("P(click)", clickProbabilities),
        DoubleColumn.create(
            "entropy before", decisions.stream().mapToDouble(Decision::entropyBefore).toArray()),
        DoubleColumn.create(
            "entropy after", decisions.stream().mapToDouble(Decision::entropyAfter).toArray()),
        IntColumn.create(
            "reasoning steps", decisions.stream().mapToInt(Decision::reasoningSteps).toArray()));
  }
}
