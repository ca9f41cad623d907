package org.eglr.spark;

import java.util.Arrays;
import java.util.List;
import org.eglr.Ranking;
import org.eglr.data.Request;
import org.eglr.decode.Decision;

/**
 * A list told in places of the pool that the row has, also where the model narrows large pools.
 *
 * @param order places in the pool, best position first
 * @param clickProbabilities one a position
 * @param score the evaluator's (eq. 18)
 * @param decisions one a position; what was not considered has attention and probability 0
 * @param labels what people call the pool's candidates
 */
record ListInPool(
    int[] order,
    double[] clickProbabilities,
    double score,
    List<Decision> decisions,
    String[] labels) {

  /**
   * @param labels of the row's candidates
   * @param ranking of a request whose labels are places in the pool
   */
  static ListInPool of(Ranking ranking, String[] labels) {
    int[] order = ranking.order();
    List<Decision> decisions = ranking.trace().decisions();
    if (ranking.request().pool() < labels.length) { // the model narrowed it
      int[] places = places(ranking.request());
      order = Arrays.stream(order).map(i -> places[i]).toArray();
      decisions = decisions.stream().map(d -> inPool(d, places, labels.length)).toList();
    }
    return new ListInPool(order, ranking.clickProbabilities(), ranking.score(), decisions, labels);
  }

  private static int[] places(Request request) {
    return Arrays.stream(request.labels()).mapToInt(Integer::parseInt).toArray();
  }

  private static Decision inPool(Decision decision, int[] places, int pool) {
    float[][] attention = decision.attention().clone();
    for (int token = 0; token < attention.length; token++) {
      attention[token] = spread(attention[token], places, pool);
    }
    return new Decision(
        decision.position(),
        places[decision.chosen()],
        decision.remaining(),
        decision.entropy(),
        attention,
        spread(decision.probability(), places, pool));
  }

  private static float[] spread(float[] values, int[] places, int pool) {
    if (values.length == 0) {
      return values;
    }
    float[] all = new float[pool];
    for (int i = 0; i < values.length; i++) {
      all[places[i]] = values[i];
    }
    return all;
  }
}
