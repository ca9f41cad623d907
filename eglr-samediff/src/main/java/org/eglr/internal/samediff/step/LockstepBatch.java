package org.eglr.internal.samediff.step;

import java.util.Arrays;
import java.util.List;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.PairScores;
import org.eglr.internal.samediff.device.DeviceArray;
import org.eglr.internal.samediff.device.ItemGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The lists of a batch on the device: their candidates, which of them are gone, and key/value
 * caches. All lists get a token at a time, whether it is a reasoning token or an item, so all have
 * equally many.
 */
final class LockstepBatch implements AutoCloseable {

  private final StepGraph graph;
  private final ItemGraph items;
  private final int width;
  private final DeviceArray candidates = new DeviceArray(); // [N + 1, R, d]
  private DeviceArray table = new DeviceArray(); // [N + 1, B, d]: candidates, then an own row each
  private DeviceArray keys = new DeviceArray(); // [T, B, d]
  private DeviceArray values = new DeviceArray();
  private DeviceArray query = new DeviceArray(); // [1, B, d]
  private DeviceArray gone = new DeviceArray(); // [1, B, N]
  private DeviceArray spare = new DeviceArray();
  private DeviceArray spareRow = new DeviceArray();
  private StepControls controls; // of the next step
  private int size;
  private int pool;
  private int tokens;
  private int room; // columns of the cache that are looked at
  private int most; // of tokens
  private int[] rows; // of the table: each list's next token
  private LockstepSlots slots; // where reasoning is forgotten; else null
  private LockstepPairs pairs; // where there are pair scores; else null

  /**
   * @param items makes the candidates' vectors; null: they are sent
   */
  LockstepBatch(StepGraph graph, ItemGraph items, int width) {
    this.graph = graph;
    this.items = items;
    this.width = width;
  }

  /** Begins lists: every one's first token is its context (eq. 10). */
  void start(List<ListTask> tasks, int mostTokens) {
    size = places(tasks.size());
    RequestCandidates requests = new RequestCandidates(tasks, size);
    pool = requests.pool;
    most = mostTokens;
    tokens = 0;
    room = 0;
    controls = new StepControls(size, graph.gated());
    slots = graph.gated() ? new LockstepSlots(size, most) : null;
    PairScores scores = graph.pairs();
    pairs = scores == null ? null : new LockstepPairs(scores, graph, tasks, size);
    rows = new int[size];
    Arrays.setAll(rows, this::ownRow);
    table.shape(pool + 1L, (long) size * width);
    keys.shape(StepGraph.room(most), (long) size * width);
    values.shape(StepGraph.room(most), (long) size * width);
    query.shape(1, (long) size * width);
    query.rows(0, 1, size, width).assign(0);
    gone.shape(1, (long) size * pool);
    spread(requests);
  }

  /** Copies what the requests have to their lists. */
  private void spread(RequestCandidates requests) {
    int count = requests.requests();
    INDArray ofLists = table.rows(0, pool + 1L, pool + 1, size, width);
    if (items != null) {
      select(requests.vectors(items, candidates, width), requests.requestOf, ofLists);
    } else {
      try (INDArray sent = Nd4j.createFromArray(requests.vectors(width))) {
        select(sent.reshape(pool + 1, count, width), requests.requestOf, ofLists);
      }
    }
    try (INDArray sent = Nd4j.createFromArray(requests.gone())) {
      INDArray padding = sent.reshape(1, count, pool);
      select(padding, requests.requestOf, gone.rows(0, 1, 1, size, pool));
    }
  }

  private int ownRow(int b) {
    return pool * size + b;
  }

  /** Lists there is place for: a power of two, so that few shapes occur. */
  static int places(int lists) {
    return lists <= 1 ? 1 : 2 * Integer.highestOneBit(lists - 1);
  }

  /** Numbers that a batch keeps on the device, its requests' candidates included. */
  static long floats(int lists, int pool, int tokens, int width) {
    return (2 * (pool + 1L) + 1 + 2L * StepGraph.room(tokens)) * places(lists) * width;
  }

  int size() {
    return size;
  }

  INDArray z() {
    return table.rows(0, pool, pool, size, width);
  }

  /** How the next step's items are chosen. */
  StepControls controls() {
    return controls;
  }

  /** Sends every list's next token through the decoder. */
  StepGraph.Scored step() {
    // freeing memory waits for the device: not before its results were waited for anyway
    try (INDArray tokenRows = Nd4j.createFromArray(rows);
        INDArray added = pairs == null ? null : Nd4j.createFromArray(pairs.logits(pool))) {
      INDArray flat = table.rows(0, pool + 1L, (pool + 1L) * size, width);
      INDArray addedRows = added == null ? null : added.reshape(size, pool);
      StepGraph.Scored scored =
          slots == null ? step(flat, tokenRows, addedRows) : slotted(flat, tokenRows, addedRows);
      gone.rows(0, 1, size, pool).assign(scored.gone());
      controls = new StepControls(size, graph.gated());
      return scored;
    }
  }

  private StepGraph.Scored step(INDArray flat, INDArray tokenRows, INDArray added) {
    StepGraph.Projected projected = graph.project(flat, tokenRows, tokens);
    append(projected);
    return graph.attend(projected, lists(added), controls);
  }

  /** Every list has a place of its own, and has forgotten tokens of its own. */
  private StepGraph.Scored slotted(INDArray flat, INDArray tokenRows, INDArray added) {
    slots.append();
    try (INDArray places = Nd4j.createFromArray(slots.of())) {
      StepGraph.Projected projected = graph.project(flat, tokenRows, places, tokens);
      append(projected);
      int heads = graph.heads(1);
      try (INDArray sent = Nd4j.createFromArray(slots.unseen(room, heads))) {
        INDArray unseen = sent.reshape(room, (long) size * heads);
        return graph.attend(projected, lists(added), controls, unseen);
      }
    }
  }

  private void append(StepGraph.Projected projected) {
    if (StepGraph.room(tokens + 1) > room) {
      room = StepGraph.room(tokens + 1);
      for (DeviceArray cache : List.of(keys, values)) {
        cache.rows(tokens, room, room - tokens, size, width).assign(0);
      }
    }
    keys.rows(tokens, tokens + 1L, size, width).assign(projected.key());
    values.rows(tokens, tokens + 1L, size, width).assign(projected.value());
    tokens++;
  }

  private StepGraph.Lists lists(INDArray added) {
    return new StepGraph.Lists(
        tokens,
        keys.rows(0, room, room, size, width),
        values.rows(0, room, room, size, width),
        query.rows(0, 1, size, width),
        z(),
        gone.rows(0, 1, size, pool),
        added);
  }

  /** The next token of list b is a reasoning token. */
  void reason(int b) {
    controls.reasoned(b);
    rows[b] = ownRow(b);
    if (slots != null) {
      slots.reason(b);
    }
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
    controls.taken(b, item);
    rows[b] = item * size + b;
    if (slots != null) {
      slots.take(b);
    }
    if (pairs != null) {
      pairs.take(b, item);
    }
  }

  /** Keeps only the given lists, in their order. */
  void keep(int[] lists) {
    int kept = places(lists.length);
    int[] from = Arrays.copyOf(lists, kept);
    Arrays.fill(from, lists.length, kept, lists[0]); // computed along and looked at by nobody
    keep(from, table, pool + 1, pool + 1, width, spare);
    keep(from, keys, StepGraph.room(most), room, width, table); // whose memory is free by now
    keep(from, values, StepGraph.room(most), room, width, keys);
    DeviceArray free = values;
    values = keys;
    keys = table;
    table = spare;
    spare = free;
    keep(from, query, 1, 1, width, spareRow);
    keep(from, gone, 1, 1, pool, query);
    free = gone;
    gone = query;
    query = spareRow;
    spareRow = free;
    controls = controls.keep(from);
    slots = slots == null ? null : slots.keep(from);
    pairs = pairs == null ? null : pairs.keep(from);
    int[] newRows = new int[kept];
    for (int b = 0; b < kept; b++) {
      newRows[b] = rows[from[b]] / size * kept + b;
    }
    rows = newRows;
    size = kept;
  }

  /** Copies some lists' columns of the first rows in use; the target has room for all rows. */
  private void keep(
      int[] lists, DeviceArray source, int allRows, int used, int columns, DeviceArray target) {
    target.shape(allRows, (long) lists.length * columns);
    INDArray from = source.rows(0, used, used, size, columns);
    select(from, lists, target.rows(0, used, used, lists.length, columns));
  }

  /** [rows, lists, columns]: the target's lists are those of the source, by number. */
  private static void select(INDArray source, int[] lists, INDArray target) {
    try (INDArray numbers = Nd4j.createFromArray(lists)) {
      Nd4j.exec(
          DynamicCustomOp.builder("gather")
              .addInputs(source, numbers)
              .addOutputs(target)
              .addIntegerArguments(1)
              .build());
    }
  }

  @Override
  public void close() {
    List.of(candidates, table, keys, values, query, gone, spare, spareRow)
        .forEach(DeviceArray::close);
  }
}
