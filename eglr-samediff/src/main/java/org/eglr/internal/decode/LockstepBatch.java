package org.eglr.internal.decode;

import java.util.Arrays;
import java.util.List;
import org.eglr.internal.nn.DeviceArray;
import org.eglr.internal.nn.StepGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The lists of a batch on the device: their candidates and key/value caches. All lists get a token
 * at a time, whether it is a reasoning token or an item, so all have equally many.
 */
final class LockstepBatch implements AutoCloseable {

  private static final float GONE = -1e9f;

  private final StepGraph graph;
  private final int width;
  private DeviceArray table = new DeviceArray(); // [N + 1, B, d]: candidates, then an own row each
  private DeviceArray keys = new DeviceArray(); // [T, B, d]
  private DeviceArray values = new DeviceArray();
  private DeviceArray query = new DeviceArray(); // [1, B, d]
  private DeviceArray spare = new DeviceArray();
  private int size;
  private int pool;
  private int tokens;
  private int room; // columns of the cache that are looked at
  private int most; // of tokens
  private int[] rows; // of the table: each list's next token
  private boolean[] reasoned;
  private float[] gone; // [B, N]

  LockstepBatch(StepGraph graph, int width) {
    this.graph = graph;
    this.width = width;
  }

  /** Begins lists: every one's first token is its context (eq. 10). */
  void start(List<ListTask> tasks, int mostTokens) {
    size = places(tasks.size());
    pool = tasks.stream().mapToInt(ListTask::pool).max().orElseThrow();
    most = mostTokens;
    tokens = 0;
    room = 0;
    reasoned = new boolean[size];
    rows = new int[size];
    gone = new float[size * pool];
    float[] all = new float[(pool + 1) * size * width];
    for (int b = 0; b < size; b++) {
      rows[b] = ownRow(b);
      int own = b < tasks.size() ? tasks.get(b).pool() : 0;
      Arrays.fill(gone, b * pool + own, (b + 1) * pool, GONE);
      if (own > 0) {
        candidates(tasks.get(b), all, b);
      }
    }
    table.shape(pool + 1L, (long) size * width);
    try (INDArray array = Nd4j.createFromArray(all)) {
      table.rows(0, pool + 1L, all.length).assign(array);
    }
    keys.shape(room(most), (long) size * width);
    values.shape(room(most), (long) size * width);
    query.shape(1, (long) size * width);
    query.rows(0, 1, size, width).assign(0);
  }

  /** The context is summed in double so that the pool's order does not matter. */
  private void candidates(ListTask task, float[] all, int b) {
    double[] context = new double[width];
    for (int j = 0; j < task.pool(); j++) {
      System.arraycopy(task.z(), j * width, all, (j * size + b) * width, width);
      for (int i = 0; i < width; i++) {
        context[i] += task.z()[j * width + i];
      }
    }
    for (int i = 0; i < width; i++) {
      all[ownRow(b) * width + i] = (float) context[i];
    }
  }

  private int ownRow(int b) {
    return pool * size + b;
  }

  /** Lists there is place for: a power of two, so that few shapes occur. */
  static int places(int lists) {
    return lists <= 1 ? 1 : 2 * Integer.highestOneBit(lists - 1);
  }

  /** Columns of the cache that a step looks at: a quarter too many at most, and few shapes. */
  static int room(int tokens) {
    int unit = Math.max(8, Integer.highestOneBit(tokens) / 4);
    return (tokens + unit - 1) / unit * unit;
  }

  /** Numbers that a batch keeps on the device. */
  static long floats(int lists, int pool, int tokens, int width) {
    return (pool + 2L + 2L * room(tokens)) * places(lists) * width;
  }

  int size() {
    return size;
  }

  int pool() {
    return pool;
  }

  INDArray z() {
    return table.rows(0, pool, pool, size, width);
  }

  /** Sends every list's next token through the decoder. */
  StepGraph.Scored step() {
    StepGraph.Projected projected;
    try (INDArray tokenRows = Nd4j.createFromArray(rows)) {
      INDArray flat = table.rows(0, pool + 1L, (pool + 1L) * size, width);
      projected = graph.project(flat, tokenRows, tokens);
    }
    if (room(tokens + 1) > room) {
      room = room(tokens + 1);
      for (DeviceArray cache : List.of(keys, values)) {
        cache.rows(tokens, room, room - tokens, size, width).assign(0);
      }
    }
    keys.rows(tokens, tokens + 1L, size, width).assign(projected.key());
    values.rows(tokens, tokens + 1L, size, width).assign(projected.value());
    tokens++;
    StepGraph.Mixture mixture =
        graph.mixes() && anyReasoned()
            ? new StepGraph.Mixture(query.rows(0, 1, size, width), reasoned)
            : null;
    INDArray roomKeys = keys.rows(0, room, room, size, width);
    INDArray roomValues = values.rows(0, room, room, size, width);
    try (INDArray mask = Nd4j.createFromArray(gone)) {
      INDArray unavailable = mask.reshape(size, pool);
      return graph.attend(projected, tokens, roomKeys, roomValues, z(), unavailable, mixture);
    }
  }

  private boolean anyReasoned() {
    boolean any = false;
    for (boolean list : reasoned) {
      any |= list;
    }
    return any;
  }

  /** The next token of list b is a reasoning token. */
  void reason(int b) {
    reasoned[b] = true;
    rows[b] = ownRow(b);
  }

  /**
   * Keeps the tokens of those lists that reason.
   *
   * @param next [B, d]
   * @param before the queries that were scored with: [B, d]
   */
  void reasoningTokens(INDArray next, INDArray before) {
    if (graph.mixes()) {
      query.rows(0, 1, size, width).assign(before);
    }
    table.rows(pool, pool + 1L, size, width).assign(next);
  }

  /** The next token of list b is a candidate, which is gone from here on. */
  void take(int b, int item) {
    reasoned[b] = false;
    rows[b] = item * size + b;
    gone[b * pool + item] = GONE;
  }

  /** Keeps only the given lists, in their order. */
  void keep(int[] lists) {
    int kept = places(lists.length);
    int[] from = Arrays.copyOf(lists, kept);
    Arrays.fill(from, lists.length, kept, lists[0]); // computed along and looked at by nobody
    table = gather(table, pool + 1, pool + 1, from);
    keys = gather(keys, room(most), room, from);
    values = gather(values, room(most), room, from);
    query = gather(query, 1, 1, from);
    int[] newRows = new int[kept];
    boolean[] newReasoned = new boolean[kept];
    float[] newGone = new float[kept * pool];
    for (int b = 0; b < kept; b++) {
      newRows[b] = rows[from[b]] / size * kept + b;
      newReasoned[b] = reasoned[from[b]];
      System.arraycopy(gone, from[b] * pool, newGone, b * pool, pool);
    }
    rows = newRows;
    reasoned = newReasoned;
    gone = newGone;
    size = kept;
  }

  /** Copies the columns of some lists into the spare array, which takes this one's place. */
  private DeviceArray gather(DeviceArray array, int rows, int count, int[] lists) {
    DeviceArray target = spare;
    target.shape(rows, (long) lists.length * width);
    try (INDArray columns = Nd4j.createFromArray(lists)) {
      Nd4j.exec(
          DynamicCustomOp.builder("gather")
              .addInputs(array.rows(0, count, count, size, width), columns)
              .addOutputs(target.rows(0, count, count, lists.length, width))
              .addIntegerArguments(1)
              .build());
    }
    spare = array;
    return target;
  }

  @Override
  public void close() {
    List.of(table, keys, values, query, spare).forEach(DeviceArray::close);
  }
}
