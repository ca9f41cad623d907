package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Schema;
import org.eglr.internal.learn.BatchLists;
import org.eglr.internal.learn.BatchOrder;
import org.eglr.internal.learn.TrainingLists;
import org.eglr.train.Reward;
import org.eglr.train.RewardTerm;

/**
 * Training lists that the executors keep. The driver holds those of the step and of some steps to
 * come, which one job fetches together.
 */
final class StoredLists implements TrainingLists {

  /** Most lists that are fetched together, unless a batch has more. */
  private static final int AHEAD = 1 << 14;

  private final JavaRDD<byte[][]> parts; // one array a partition
  private final int[] firsts; // the number of each partition's first list in the log
  private final int[] chosen; // the training lists, by their numbers in the log
  private final Schema schema;
  private final ListSet example;
  private final Map<BatchOrder, Window> windows = new IdentityHashMap<>();

  /** Batches on the driver. */
  private record Window(int from, List<byte[][]> batches) {}

  /**
   * @param example some lists of the log
   */
  StoredLists(JavaRDD<byte[][]> parts, int[] firsts, int[] chosen, Schema schema, ListSet example) {
    this.parts = parts;
    this.firsts = firsts;
    this.chosen = chosen;
    this.schema = schema;
    this.example = example;
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public BatchLists batch(BatchOrder order, int step) {
    Window window = windows.get(order);
    if (window == null || step < window.from || step >= window.from + window.batches.size()) {
      int before = window == null ? 0 : window.batches.size();
      windows.remove(order); // two windows are not held at once
      window = fetch(order, step, 2 * before);
      windows.put(order, window);
    }
    List<PackedList> lists = new ArrayList<>();
    for (byte[] list : window.batches.get(step - window.from)) {
      lists.add(PackedList.of(list, schema));
    }
    return new FetchedLists(lists, order.batch(step));
  }

  /** Fetches a batch and some after it, within the epoch. */
  private Window fetch(BatchOrder order, int step, int wanted) {
    int most = Math.max(1, AHEAD / order.batchSize());
    int left = order.perEpoch() - step % order.perEpoch();
    int count = Math.min(left, Math.max(1, Math.min(wanted, most)));
    int[][] batches = new int[count][];
    for (int b = 0; b < count; b++) {
      batches[b] = Arrays.stream(order.batch(step + b)).map(list -> chosen[list]).toArray();
    }
    List<byte[]> found = fetch(Arrays.stream(batches).flatMapToInt(Arrays::stream).toArray());
    List<byte[][]> window = new ArrayList<>();
    int at = 0;
    for (int[] batch : batches) {
      window.add(found.subList(at, at + batch.length).toArray(byte[][]::new));
      at += batch.length;
    }
    return new Window(step, window);
  }

  /** Lists by their numbers in the log, in the order given. */
  private List<byte[]> fetch(int[] lists) {
    Wanted wanted = Wanted.of(lists, firsts);
    List<byte[][]> found = TrainingJobs.run(() -> collected(parts, wanted));
    byte[][] all = new byte[lists.length][];
    for (int p = 0; p < firsts.length; p++) {
      for (int i = 0; i < wanted.places[p].length; i++) {
        all[wanted.places[p][i]] = found.get(p)[i];
      }
    }
    return Arrays.asList(all);
  }

  private static List<byte[][]> collected(JavaRDD<byte[][]> parts, Wanted wanted) {
    int[][] within = wanted.within;
    return parts.mapPartitionsWithIndex((p, lists) -> picked(lists, within[p]), true).collect();
  }

  private static Iterator<byte[][]> picked(Iterator<byte[][]> partition, int[] wanted) {
    byte[][] lists = partition.next();
    byte[][] found = Arrays.stream(wanted).mapToObj(i -> lists[i]).toArray(byte[][]::new);
    return Collections.singleton(found).iterator();
  }

  /**
   * Where lists lie.
   *
   * @param within places in each partition
   * @param places of the same lists in the order that is wanted
   */
  private record Wanted(int[][] within, int[][] places) implements Serializable {

    static Wanted of(int[] lists, int[] firsts) {
      int[] partition = new int[lists.length];
      int[] sizes = new int[firsts.length];
      for (int i = 0; i < lists.length; i++) {
        partition[i] = partition(firsts, lists[i]);
        sizes[partition[i]]++;
      }
      int[][] within = new int[firsts.length][];
      int[][] places = new int[firsts.length][];
      for (int p = 0; p < firsts.length; p++) {
        within[p] = new int[sizes[p]];
        places[p] = new int[sizes[p]];
      }
      int[] used = new int[firsts.length];
      for (int i = 0; i < lists.length; i++) {
        int p = partition[i];
        within[p][used[p]] = lists[i] - firsts[p];
        places[p][used[p]++] = i;
      }
      return new Wanted(within, places);
    }

    /** The last of the partitions that begin at a list or before it: others there are empty. */
    private static int partition(int[] firsts, int list) {
      int from = 0;
      int to = firsts.length;
      while (to - from > 1) {
        int middle = (from + to) >>> 1;
        if (firsts[middle] <= list) {
          from = middle;
        } else {
          to = middle;
        }
      }
      return from;
    }
  }

  @Override
  public Reward rewardedBy(Reward reward) {
    reward.require(example);
    for (RewardTerm term : reward.terms()) {
      if (term.reward().knowing(example) != term.reward()) {
        throw new DataException(
            "reward '%s' looks at the whole log, which no machine has here: leave it out, or train on the driver by setDistributed(false)"
                .formatted(term.reward().name()));
      }
    }
    return reward;
  }

  /** Of the lists in their order. */
  @Override
  public String fingerprint() {
    return ListsDigest.of(parts, firsts, chosen);
  }
}
