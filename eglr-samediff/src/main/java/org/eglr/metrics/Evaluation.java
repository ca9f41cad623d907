package org.eglr.metrics;

import java.util.List;
import java.util.Optional;
import org.eglr.data.ListSet;
import org.eglr.decode.EntropyProfile;

/** Measures given orders of a set of lists. */
public final class Evaluation {

  private Evaluation() {}

  /**
   * A report on orders that some re-ranker made.
   *
   * @param model the re-ranker's name
   * @param lists whose labels, and truth if simulated, decide; a candidate that was not shown
   *     counts as not clicked
   * @param orders one order a list: indices into its pool
   * @param scores the evaluator's score of each order (eq. 18); empty where there is no evaluator
   * @param profile of the decisions, if there were any
   */
  public static Report report(
      String model,
      ListSet lists,
      List<int[]> orders,
      double[] scores,
      Optional<EntropyProfile> profile) {
    ReportBuilder report = new ReportBuilder(model, lists);
    for (int list = 0; list < lists.size(); list++) {
      report.add(list, orders.get(list), scores.length > 0 ? scores[list] : Double.NaN);
    }
    return report.build(profile);
  }
}
