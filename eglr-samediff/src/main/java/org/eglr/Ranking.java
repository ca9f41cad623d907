package org.eglr;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
 * @param clickProbabilities the evaluator's click probability at each position; empty where there
 *     is no evaluator
 * @param score the evaluator's score of the list (eq. 18); NaN where there is no evaluator
 * @param trace how the list was made; without decisions where it was not made item by item
 */
public record Ranking(
    Request request, int[] order, double[] clickProbabilities, double score, Trace trace) {

  /**
   * A list that was made without an evaluator.
   *
   * @param order candidates as indices into the request's pool, best position first
   */
  public static Ranking of(Request request, int[] order) {
    return new Ranking(request, order, new double[0], Double.NaN, new Trace(List.of()));
  }

  /** What people call the items, in list order. */
  public List<String> labels() {
    return Arrays.stream(order).mapToObj(index -> request.labels()[index]).toList();
  }

  /**
   * One row a position: item, and as far as they are known click probability, entropy before and
   * after, reasoning steps.
   */
  public Table toTable() {
    Table table =
        Table.create(
            "ranking",
            IntColumn.create("position", IntStream.rangeClosed(1, order.length).toArray()),
            StringColumn.create("item", labels()));
    if (clickProbabilities.length > 0) {
      table.addColumns(DoubleColumn.create("P(click)", clickProbabilities));
    }
    List<Decision> decisions = trace.decisions();
    if (!decisions.isEmpty()) {
      table.addColumns(
          DoubleColumn.create(
              "entropy before", decisions.stream().mapToDouble(Decision::entropyBefore).toArray()),
          DoubleColumn.create(
              "entropy after", decisions.stream().mapToDouble(Decision::entropyAfter).toArray()),
          IntColumn.create(
              "reasoning steps", decisions.stream().mapToInt(Decision::reasoningSteps).toArray()));
    }
    return table;
  }
}
