package org.eglr.internal.samediff.device;

import java.util.List;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.RowSums;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The embedding rows that a step's batch uses: their gradients are added up on the device, as
 * {@link RowGradients} does in the computer's memory, and they are read and written there. Not
 * thread-safe.
 */
public final class DeviceUses implements AutoCloseable {

  private final DeviceWeights weights;
  private final int embedding;
  private final RowSums sums;
  private final DeviceArray gradients = new DeviceArray();
  private final DeviceArray terms = new DeviceArray();
  private final List<DeviceArray> levels = List.of(new DeviceArray(), new DeviceArray());
  private final List<DeviceArray> copies =
      List.of(new DeviceArray(), new DeviceArray(), new DeviceArray());
  private int room;

  DeviceUses(DeviceWeights weights, int embedding) {
    this.weights = weights;
    this.embedding = embedding;
    sums = new RowSums(weights.layout().rows());
  }

  /** Forgets all uses and makes room for the gradients of others. */
  void begin(int uses) {
    sums.clear();
    room = uses;
    gradients.shape(room + 1L, embedding);
    gradients.rows(room, room + 1L, embedding).assign(0);
  }

  /** Notes the use of a row of {@link DeviceWeights#tables}, and where its gradient will be. */
  void add(int row, int place) {
    sums.add(row, place);
  }

  /** Room for gradients of uses, [to - from, embedding]. */
  INDArray gradients(int from, int to) {
    return gradients.rows(from, to, to - from, embedding);
  }

  /** The used rows' numbers in {@link DeviceWeights#tables}, each once. */
  int[] rows() {
    return sums.rows();
  }

  /**
   * The gradients of the used rows, [used, embedding]; null where none is used. Valid until the
   * next step begins; may be overwritten.
   */
  public INDArray gradient() {
    if (rows().length == 0) {
      return null;
    }
    INDArray from = gradients(0, room + 1);
    int turn = 0;
    for (int[] level : sums.levels(room)) {
      terms.shape(level.length, embedding);
      INDArray gathered = terms.rows(0, level.length, level.length, embedding);
      try (INDArray indices = DeviceRows.indices(level)) {
        DeviceRows.gather(from, indices, gathered);
      }
      int count = level.length / RowSums.WIDTH;
      DeviceArray into = levels.get(turn++ % 2);
      into.shape(count, embedding);
      from = into.rows(0, count, count, embedding);
      gathered.reshape(count, RowSums.WIDTH, embedding).sum(from, 1);
    }
    return from;
  }

  /** A copy of the used rows and their moments, each [used, embedding]; some row must be used. */
  public DeviceState read() {
    DeviceState tables = weights.tables();
    try (INDArray indices = DeviceRows.indices(rows())) {
      return new DeviceState(
          copy(tables.values(), indices, copies.get(0)),
          copy(tables.first(), indices, copies.get(1)),
          copy(tables.second(), indices, copies.get(2)));
    }
  }

  private INDArray copy(INDArray table, INDArray indices, DeviceArray into) {
    long count = indices.length();
    into.shape(count, embedding);
    INDArray copy = into.rows(0, count, count, embedding);
    DeviceRows.gather(table, indices, copy);
    return copy;
  }

  /** Writes the used rows and their moments back. */
  public void write(DeviceState state) {
    DeviceState tables = weights.tables();
    try (INDArray indices = DeviceRows.indices(rows())) {
      DeviceRows.scatter(state.values(), indices, tables.values());
      DeviceRows.scatter(state.first(), indices, tables.first());
      DeviceRows.scatter(state.second(), indices, tables.second());
    }
  }

  @Override
  public void close() {
    gradients.close();
    terms.close();
    levels.forEach(DeviceArray::close);
    copies.forEach(DeviceArray::close);
  }
}
