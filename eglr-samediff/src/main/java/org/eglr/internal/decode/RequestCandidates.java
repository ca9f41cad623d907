package org.eglr.internal.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The candidates of a batch's requests, padded to the same number: once a request, however many
 * lists it has.
 */
final class RequestCandidates {

  static final float GONE = -1e9f;

  /** Candidates N. At least two: ND4J fails to sum the only column of a matrix. */
  final int pool;

  /** Requests R. */
  final int requests;

  /** The request of each list. */
  final int[] requestOf;

  /** Candidate vectors, then the context (eq. 10): [N + 1, R, d]. */
  final float[] vectors;

  /** 0 for candidates, {@link #GONE} for padding: [R, N]. */
  final float[] gone;

  /**
   * @param places lists there is place for; those behind the tasks are like the first
   */
  RequestCandidates(List<ListTask> tasks, int places, int width) {
    pool = Math.max(2, tasks.stream().mapToInt(ListTask::pool).max().orElseThrow());
    requestOf = new int[places];
    Map<float[], Integer> numbers = new IdentityHashMap<>();
    List<ListTask> first = new ArrayList<>();
    for (int b = 0; b < tasks.size(); b++) {
      Integer known = numbers.putIfAbsent(tasks.get(b).z(), first.size());
      if (known == null) {
        first.add(tasks.get(b));
      }
      requestOf[b] = known == null ? first.size() - 1 : known;
    }
    requests = first.size();
    vectors = new float[(pool + 1) * requests * width];
    gone = new float[requests * pool];
    for (int r = 0; r < requests; r++) {
      Arrays.fill(gone, r * pool + first.get(r).pool(), (r + 1) * pool, GONE);
      copy(first.get(r), r, width);
    }
  }

  /** The context is summed in double so that the pool's order does not matter. */
  private void copy(ListTask task, int r, int width) {
    double[] context = new double[width];
    for (int j = 0; j < task.pool(); j++) {
      System.arraycopy(task.z(), j * width, vectors, (j * requests + r) * width, width);
      for (int i = 0; i < width; i++) {
        context[i] += task.z()[j * width + i];
      }
    }
    for (int i = 0; i < width; i++) {
      vectors[(pool * requests + r) * width + i] = (float) context[i];
    }
  }
}
