package org.eglr.internal.samediff.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.ItemRows;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.samediff.device.DeviceArray;
import org.eglr.internal.samediff.device.ItemGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The candidates of a batch's requests, padded to the same number: once a request, however many
 * lists it has.
 */
final class RequestCandidates {

  private static final float GONE = -1e9f;

  /** Candidates N of the largest pool. */
  final int pool;

  /** The request of each list. */
  final int[] requestOf;

  private final List<CandidateVectors> requests = new ArrayList<>();

  /**
   * @param places lists there is place for; those behind the tasks are like the first
   */
  RequestCandidates(List<ListTask> tasks, int places) {
    pool = tasks.stream().mapToInt(ListTask::pool).max().orElseThrow();
    requestOf = new int[places];
    Map<CandidateVectors, Integer> numbers = new IdentityHashMap<>();
    for (int b = 0; b < tasks.size(); b++) {
      CandidateVectors candidates = tasks.get(b).candidates();
      Integer known = numbers.putIfAbsent(candidates, requests.size());
      if (known == null) {
        requests.add(candidates);
      }
      requestOf[b] = known == null ? requests.size() - 1 : known;
    }
  }

  /** Requests R. */
  int requests() {
    return requests.size();
  }

  /** 1 for candidates, 0 for padding: [N, R]. */
  private float[] present() {
    float[] present = new float[pool * requests()];
    for (int i = 0; i < present.length; i++) {
      present[i] = i / requests() < requests.get(i % requests()).pool() ? 1 : 0;
    }
    return present;
  }

  /** 0 for candidates, a large negative number for padding: [R, N]. */
  float[] gone() {
    float[] gone = new float[requests() * pool];
    for (int r = 0; r < requests(); r++) {
      Arrays.fill(gone, r * pool + requests.get(r).pool(), (r + 1) * pool, GONE);
    }
    return gone;
  }

  /** Candidate vectors, then the context (eq. 10): [N + 1, R, d]. */
  float[] vectors(int width) {
    float[] vectors = new float[(pool + 1) * requests() * width];
    for (int r = 0; r < requests(); r++) {
      copy(requests.get(r), r, vectors, width);
    }
    return vectors;
  }

  /** The context is summed in double so that the pool's order does not matter. */
  private void copy(CandidateVectors candidates, int r, float[] vectors, int width) {
    float[] z = candidates.all();
    double[] context = new double[width];
    for (int j = 0; j < candidates.pool(); j++) {
      System.arraycopy(z, j * width, vectors, (j * requests() + r) * width, width);
      for (int i = 0; i < width; i++) {
        context[i] += z[j * width + i];
      }
    }
    for (int i = 0; i < width; i++) {
      vectors[(pool * requests() + r) * width + i] = (float) context[i];
    }
  }

  /** Makes on the device what {@link #vectors} sends there, summed in float: [N + 1, R, d]. */
  INDArray vectors(ItemGraph items, DeviceArray into, int width) {
    int count = requests();
    into.shape(pool + 1L, (long) count * width);
    items.vectors(
        ItemRows.byCandidate(requests.stream().map(CandidateVectors::request).toList(), pool),
        into.rows(0, pool, (long) pool * count, width));
    INDArray z = into.rows(0, pool, pool, count, width);
    items.context(z, present(), into.rows(pool, pool + 1L, count, width));
    return into.rows(0, pool + 1L, pool + 1, count, width);
  }
}
