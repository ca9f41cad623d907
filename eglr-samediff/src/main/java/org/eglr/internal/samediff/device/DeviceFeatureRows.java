package org.eglr.internal.samediff.device;

import java.util.Arrays;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ItemRows;
import org.eglr.internal.samediff.Backend;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Assembles x (eq. 6) on the device, as {@link FeatureRows} does in the computer's memory. Only row
 * numbers and the values of dense fields travel. Not thread-safe.
 */
final class DeviceFeatureRows implements AutoCloseable {

  private final INDArray tables;
  private final int zeros;
  private final int embedding;
  private final int[] itemTables;
  private final int[] userTables;
  private final int itemValues;
  private final int userValues;
  private final int width;
  private final DeviceArray x = new DeviceArray();
  private final DeviceArray embedded = new DeviceArray();

  /**
   * @param tables of the layout; null where it has none
   */
  DeviceFeatureRows(Architecture architecture, TableLayout layout, INDArray tables) {
    this.tables = tables;
    zeros = layout.rows();
    embedding = architecture.settings().embedding();
    itemTables = firstRows(layout, "item", architecture.schema().itemCategories().size());
    userTables = firstRows(layout, "user", architecture.schema().userCategories().size());
    itemValues = architecture.schema().itemValues().size();
    userValues = architecture.schema().userValues().size();
    width = architecture.inputWidth();
  }

  private static int[] firstRows(TableLayout layout, String of, int fields) {
    int[] first = new int[fields];
    Arrays.setAll(first, f -> layout.firstRow("features." + of + "." + f + ".weight"));
    return first;
  }

  /** Categorical fields of an item and of its user. */
  int itemFields() {
    return itemTables.length;
  }

  int userFields() {
    return userTables.length;
  }

  /** Where x has the embeddings of the user's fields. */
  int firstUserColumn() {
    return itemTables.length * embedding + itemValues;
  }

  /**
   * Rows of the tables, field after field for each item; rows about nothing have the row of zeros.
   *
   * @param items [items * itemFields]
   * @param users [items * userFields]
   */
  record Ids(int[] items, int[] users) {}

  Ids ids(ItemRows rows) {
    int[] items = new int[rows.size() * itemTables.length];
    int[] users = new int[rows.size() * userTables.length];
    for (int row = 0; row < rows.size(); row++) {
      Request request = rows.request(row);
      for (int f = 0; f < itemTables.length; f++) {
        int at = rows.candidate(row) * itemTables.length + f;
        items[row * itemTables.length + f] =
            request == null ? zeros : itemTables[f] + request.itemIds()[at];
      }
      for (int f = 0; f < userTables.length; f++) {
        users[row * userTables.length + f] =
            request == null ? zeros : userTables[f] + request.userIds()[f];
      }
    }
    return new Ids(items, users);
  }

  /**
   * Feature rows: [items, inputWidth]; valid until the next ones are made.
   *
   * @param ids of the same items
   */
  INDArray x(ItemRows items, Ids ids) {
    int rows = items.size();
    float[] ofItems = new float[rows * itemValues];
    float[] ofUsers = new float[rows * userValues];
    for (int row = 0; row < rows; row++) {
      Request request = items.request(row);
      if (request != null) {
        int from = items.candidate(row) * itemValues;
        System.arraycopy(request.itemValues(), from, ofItems, row * itemValues, itemValues);
        System.arraycopy(request.userValues(), 0, ofUsers, row * userValues, userValues);
      }
    }
    x.shape(rows, width);
    INDArray all = x.rows(0, rows, rows, width);
    int column = embed(ids.items(), all, 0);
    column = put(ofItems, all, column);
    column = embed(ids.users(), all, column);
    put(ofUsers, all, column);
    return all;
  }

  /** Writes embeddings into columns from {@code column}; returns where the next ones begin. */
  private int embed(int[] ids, INDArray all, int column) {
    if (ids.length == 0) {
      return column;
    }
    embedded.shape(ids.length, embedding);
    INDArray rows = embedded.rows(0, ids.length, ids.length, embedding);
    try (INDArray indices = DeviceRows.indices(ids)) {
      DeviceRows.gather(tables, indices, rows);
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

  /** Columns from (inclusive) to (exclusive); shares the memory. */
  static INDArray columns(INDArray all, int from, int to) {
    INDArrayIndex columns = NDArrayIndex.interval(from, to);
    return all.get(NDArrayIndex.all(), columns);
  }

  @Override
  public void close() {
    x.close();
    embedded.close();
  }
}
