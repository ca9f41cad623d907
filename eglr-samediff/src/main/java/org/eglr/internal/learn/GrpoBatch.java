package org.eglr.internal.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.internal.ListWriter;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.internal.work.Parts;

/**
 * What a step of GRPO learns from.
 *
 * @param requests of the batch: [R]
 * @param written a group of lists for each: [R]
 * @param advantages of the lists, group after group (eq. 18): [R * G]
 */
public record GrpoBatch(
    List<Request> requests, List<ListWriter.Written> written, double[] advantages) {

  /**
   * Some requests of a batch whose lists are replayed together.
   *
   * @param lists their trajectories and weights in the loss
   */
  public record Part(List<CandidateVectors> candidates, ReplayBatch lists) {

    public List<Request> requests() {
      return candidates.stream().map(CandidateVectors::request).toList();
    }

    /** The candidates' vectors, padded: [R, N, width]. */
    public float[] vectors(int width) {
      int row = lists.pool() * width;
      float[] vectors = new float[candidates.size() * row];
      for (int r = 0; r < candidates.size(); r++) {
        float[] z = candidates.get(r).all();
        System.arraycopy(z, 0, vectors, r * row, z.length);
      }
      return vectors;
    }
  }

  private static final long POOL = 256; // candidates whose scores cost as much as the token

  private int group() {
    return advantages.length / requests.size();
  }

  /**
   * Cuts the batch into parts of like size for a device's memory, lists of like length together.
   * Groups of lists that are all worth the same teach nothing and are left out.
   *
   * @param settings of the graphs that replay
   * @param limit largest {@link #cost} of a part
   */
  List<Part> cutEvenly(Settings settings, long limit) {
    int[] useful = byLength(false);
    long tokens = Math.min(limit * POOL / (POOL + largestPool()), fittingTokens(settings));
    int group = group();
    return parts(
        useful,
        Parts.even(useful.length, i -> (long) group * longest(written.get(useful[i])), tokens));
  }

  /**
   * Cuts the batch into parts, lists of like length together.
   *
   * @param limit largest {@link #cost} of a part
   * @param all whether groups whose lists are all worth the same teach something, too
   */
  List<Part> cut(long limit, boolean all) {
    int[] useful = byLength(all);
    return parts(useful, Parts.of(useful.length, i -> cost(useful[i]), limit));
  }

  private int[] byLength(boolean all) {
    return IntStream.range(0, requests.size())
        .filter(r -> all || teaches(r))
        .boxed()
        .sorted(Comparator.comparingInt(r -> longest(written.get(r))))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private List<Part> parts(int[] useful, List<Parts.Part> cut) {
    return cut.stream()
        .map(part -> part(Arrays.copyOfRange(useful, part.from(), part.to())))
        .toList();
  }

  private boolean teaches(int request) {
    int group = group();
    return IntStream.range(0, group).anyMatch(g -> advantages[request * group + g] != 0);
  }

  /**
   * Largest {@link #cost} of a part whose replay by graphs fits into the device's memory, whatever
   * its lists' lengths and pools.
   */
  long fitting(Settings settings) {
    long filled = fittingTokens(settings) * lengths().min().orElse(1);
    int smallestPool = requests.stream().mapToInt(Request::pool).min().orElse(1);
    return cost(filled / lengths().max().orElse(1), smallestPool);
  }

  /** Tokens, those included that lists of a part are filled up with. */
  private long fittingTokens(Settings settings) {
    int shortest = lengths().min().orElse(1);
    int longest = lengths().max().orElse(1);
    return ReplayGraph.fitting(settings, largestPool(), shortest, longest);
  }

  private int largestPool() {
    return requests.stream().mapToInt(Request::pool).max().orElse(1);
  }

  private IntStream lengths() {
    return written.stream().flatMap(of -> of.lists().stream()).mapToInt(Trajectory::length);
  }

  private static int longest(ListWriter.Written written) {
    return written.lists().stream().mapToInt(Trajectory::length).max().orElse(0);
  }

  private long cost(int request) {
    long tokens = written.get(request).lists().stream().mapToLong(Trajectory::length).sum();
    return cost(tokens, requests.get(request).pool());
  }

  /** Tokens, each more costly the larger the pool whose scores it has. */
  private static long cost(long tokens, int pool) {
    return tokens * (POOL + pool) / POOL;
  }

  private Part part(int[] rows) {
    int group = group();
    List<CandidateVectors> candidates = new ArrayList<>();
    List<Trajectory> lists = new ArrayList<>();
    double[] coefficient = new double[rows.length * group];
    for (int i = 0; i < rows.length; i++) {
      candidates.add(written.get(rows[i]).candidates());
      lists.addAll(written.get(rows[i]).lists());
      for (int g = 0; g < group; g++) {
        coefficient[i * group + g] = -advantages[rows[i] * group + g] / advantages.length;
      }
    }
    int[] pools = candidates.stream().mapToInt(CandidateVectors::pool).toArray();
    int pool = Arrays.stream(pools).max().orElseThrow();
    return new Part(
        candidates,
        new ReplayBatch(
            pool,
            pools,
            group,
            candidates.stream().map(CandidateVectors::request).toList(),
            lists,
            coefficient));
  }
}
