package org.eglr.internal.samediff.step;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.data.Request;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.model.PairScores;

/**
 * What the items of a batch's lists add to the scores of those that remain: made by the host, which
 * knows what was chosen, and sent with each step.
 */
final class LockstepPairs {

  private final PairScores scores;
  private final double scale; // of logits at the base temperature
  private final PairFields.Pool[] pools; // of each list
  private final int[][] orders;
  private final int[] chosen;

  private LockstepPairs(
      PairScores scores, double scale, PairFields.Pool[] pools, int[][] orders, int[] chosen) {
    this.scores = scores;
    this.scale = scale;
    this.pools = pools;
    this.orders = orders;
    this.chosen = chosen;
  }

  /**
   * @param places lists there is place for; those behind the tasks add nothing
   */
  LockstepPairs(PairScores scores, StepGraph graph, List<ListTask> tasks, int places) {
    this(
        scores,
        1 / graph.baseTemperature(),
        new PairFields.Pool[places],
        new int[places][],
        new int[places]);
    Map<Request, PairFields.Pool> known = new IdentityHashMap<>();
    for (int b = 0; b < tasks.size(); b++) {
      pools[b] = known.computeIfAbsent(tasks.get(b).candidates().request(), scores::pool);
      orders[b] = new int[tasks.get(b).length()];
    }
  }

  /** List b's next item. */
  void take(int b, int item) {
    orders[b][chosen[b]++] = item;
  }

  /** Added to the logits of all lists' candidates: [B, N]. */
  float[] logits(int pool) {
    float[] logits = new float[pools.length * pool];
    double[] added = new double[pool];
    for (int b = 0; b < pools.length; b++) {
      if (pools[b] != null && chosen[b] > 0) {
        Arrays.fill(added, 0);
        scores.add(pools[b], orders[b], chosen[b], added);
        for (int j = 0; j < pool; j++) {
          logits[b * pool + j] = (float) (scale * added[j]);
        }
      }
    }
    return logits;
  }

  /** Those of some lists, in that order. */
  LockstepPairs keep(int[] kept) {
    int[][] own = new int[kept.length][];
    Arrays.setAll(own, b -> orders[kept[b]] == null ? null : orders[kept[b]].clone());
    return new LockstepPairs(
        scores,
        scale,
        Arrays.stream(kept).mapToObj(b -> pools[b]).toArray(PairFields.Pool[]::new),
        own,
        Arrays.stream(kept).map(b -> chosen[b]).toArray());
  }
}
