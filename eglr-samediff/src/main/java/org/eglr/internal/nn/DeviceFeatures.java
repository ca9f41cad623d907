package org.eglr.internal.nn;

import java.util.Arrays;
import java.util.List;
import org.eglr.data.Request;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Assembles x (eq. 6) on the device, as {@link FeatureRows} does in the computer's memory, and
 * hands its gradients to those of the embedding rows. Only row numbers and the values of dense
 * fields travel. A step goes: {@link #begin}; {@link #x} and {@link #take} for each part of a
 * batch; then {@link #uses} has the embedding rows' gradients. Not thread-safe.
 */
public final class DeviceFeatures implements AutoCloseable {

  private final DeviceWeights weights;
  private final int embedding;
  private final int[] itemTables;
  private final int[] userTables;
  private final int itemValues;
  private final int userValues;
  private final int width;
  private final DeviceUses uses;
  private final DeviceArray x = new DeviceArray();
  private final DeviceArray embedded = new DeviceArray();
  private int places;

  /** With the embedding tables of the weights, whose values it reads and writes. */
  public DeviceFeatures(Architecture architecture, DeviceWeights weights) {
    this.weights = weights;
    embedding = architecture.settings().embedding();
    itemTables = firstRows("features.item.", architecture.schema().itemCategories().size());
    userTables = firstRows("features.user.", architecture.schema().userCategories().size());
    itemValues = architecture.schema().itemValues().size();
    userValues = architecture.schema().userValues().size();
    width = architecture.inputWidth();
    uses = new DeviceUses(weights, embedding);
  }

  private int[] firstRows(String prefix, int fields) {
    int[] first = new int[fields];
    Arrays.setAll(first, f -> weights.firstRow(prefix + f + ".weight"));
    return first;
  }

  /**
   * Begins a step.
   *
   * @param rows of x in all parts of its batch together, padding included
   */
  public void begin(int rows) {
    places = 0;
    uses.begin(Math.multiplyExact(rows, itemTables.length + userTables.length));
  }

  /**
   * A part of a batch.
   *
   * @param x its feature rows [R * N, inputWidth]; valid until the next part's are made
   * @param place of its first gradient
   */
  public record Part(INDArray x, int place) {}

  /**
   * Feature rows of requests' first candidates.
   *
   * @param counts candidates of each request
   * @param length padded number of candidates N; rows of padding have embeddings and values of 0
   */
  public Part x(List<Request> requests, int[] counts, int length) {
    int rows = requests.size() * length;
    int place = places;
    int[] items = ids(rows, itemTables);
    int[] users = ids(rows, userTables);
    float[] ofItems = new float[rows * itemValues];
    float[] ofUsers = new float[rows * userValues];
    for (int r = 0; r < requests.size(); r++) {
      Request request = requests.get(r);
      int row = r * length;
      System.arraycopy(request.itemValues(), 0, ofItems, row * itemValues, counts[r] * itemValues);
      for (int i = 0; i < counts[r]; i++, row++) {
        use(request.itemIds(), i * itemTables.length, itemTables, items, row, place);
        use(request.userIds(), 0, userTables, users, row, place + items.length);
        System.arraycopy(request.userValues(), 0, ofUsers, row * userValues, userValues);
      }
    }
    places += items.length + users.length;
    x.shape(rows, width);
    INDArray all = x.rows(0, rows, rows, width);
    int column = embed(items, all, 0);
    column = put(ofItems, all, column);
    column = embed(users, all, column);
    put(ofUsers, all, column);
    return new Part(all, place);
  }

  /** A row number for every field of every row of x: at first the row of zeros. */
  private int[] ids(int rows, int[] tables) {
    int[] ids = new int[rows * tables.length];
    Arrays.fill(ids, weights.tableRows());
    return ids;
  }

  private void use(int[] from, int at, int[] tables, int[] ids, int row, int place) {
    for (int f = 0; f < tables.length; f++) {
      int i = row * tables.length + f;
      ids[i] = tables[f] + from[at + f];
      uses.add(ids[i], place + i);
    }
  }

  /** Writes embeddings into columns from {@code column}; returns where the next ones begin. */
  private int embed(int[] ids, INDArray all, int column) {
    if (ids.length == 0) {
      return column;
    }
    embedded.shape(ids.length, embedding);
    INDArray rows = embedded.rows(0, ids.length, ids.length, embedding);
    try (INDArray indices = DeviceRows.indices(ids)) {
      DeviceRows.gather(weights.tables().values(), indices, rows);
    }
    return assign(all, column, rows.reshape(all.rows(), rows.length() / all.rows()));
  }

  private int put(float[] values, INDArray all, int column) {
    if (values.length == 0) {
      return column;
    }
    int rows = all.rows();
    try (INDArray array = Backend.array(DataType.FLOAT, values, rows, values.length / rows)) {
      return assign(all, column, array);
    }
  }

  private static int assign(INDArray all, int column, INDArray values) {
    int next = column + values.columns();
    columns(all, column, next).assign(values);
    return next;
  }

  /** The embedding rows that the step's batch uses. */
  public DeviceUses uses() {
    return uses;
  }

  private static INDArray columns(INDArray all, int from, int to) {
    INDArrayIndex columns = NDArrayIndex.interval(from, to);
    return all.get(NDArrayIndex.all(), columns);
  }

  /** Takes over the gradient of a part's feature rows; the array is not needed afterwards. */
  public void take(Part part, INDArray gradient) {
    int place = take(gradient, part.place(), itemTables.length, 0);
    take(gradient, place, userTables.length, itemTables.length * embedding + itemValues);
  }

  private int take(INDArray gradient, int place, int fields, int column) {
    int next = place + gradient.rows() * fields;
    if (fields > 0) {
      int columns = fields * embedding;
      uses.gradients(place, next)
          .reshape(gradient.rows(), columns)
          .assign(columns(gradient, column, column + columns));
    }
    return next;
  }

  @Override
  public void close() {
    x.close();
    embedded.close();
    uses.close();
  }
}
