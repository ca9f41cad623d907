package org.eglr.internal.model;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.data.Schema;

/**
 * Assembles x = [item embeddings ; item values ; user embeddings ; user values] (eq. 6) for every
 * candidate of a request, and scatters gradients of x back to the embedding rows. Embedding tables
 * stay outside the graphs: a step costs the same for 800 rows as for 800,000.
 */
public final class FeatureRows {

  /** What x is called among the inputs and gradients of graphs. */
  public static final String NAME = "x";

  private final int embedding;
  private final String[] itemTables; // names, a categorical field each
  private final String[] userTables;
  private final int itemValues;
  private final int userValues;
  private final int width;

  public FeatureRows(Architecture architecture) {
    this(architecture.schema(), architecture.settings().embedding());
  }

  /**
   * @param embedding width of each categorical field's embedding
   */
  public FeatureRows(Schema schema, int embedding) {
    this.embedding = embedding;
    itemTables = names("features.item.", schema.itemCategories().size());
    itemValues = schema.itemValues().size();
    userTables = names("features.user.", schema.userCategories().size());
    userValues = schema.userValues().size();
    width = Architecture.inputWidth(schema, embedding);
  }

  /** Values of x that are about the user, which come last. */
  public int userWidth() {
    return userTables.length * embedding + userValues;
  }

  /** Values of x per candidate. */
  public int width() {
    return width;
  }

  /** Writes the rows of a request's first candidates, the first at x[offset]. */
  public void fill(Request request, int count, Weights weights, float[] x, int offset) {
    fill(request, IntStream.range(0, count).toArray(), weights, x, offset);
  }

  /** Writes the rows of some of a request's candidates, the first at x[offset]. */
  public void fill(Request request, int[] candidates, Weights weights, float[] x, int offset) {
    float[][] items = tables(weights, itemTables);
    float[][] users = tables(weights, userTables);
    for (int n = 0; n < candidates.length; n++) {
      int i = candidates[n];
      int at = offset + n * width;
      for (int f = 0; f < items.length; f++) {
        int id = request.itemIds()[i * items.length + f];
        System.arraycopy(items[f], id * embedding, x, at, embedding);
        at += embedding;
      }
      System.arraycopy(request.itemValues(), i * itemValues, x, at, itemValues);
      at += itemValues;
      for (int f = 0; f < users.length; f++) {
        System.arraycopy(users[f], request.userIds()[f] * embedding, x, at, embedding);
        at += embedding;
      }
      System.arraycopy(request.userValues(), 0, x, at, userValues);
    }
  }

  /** Adds the gradient of the rows that {@link #fill} wrote to the embedding rows they used. */
  public void scatter(
      Request request, int count, double[] gradient, int offset, RowGradients into) {
    RowGradients.Table[] items = tables(into, itemTables);
    RowGradients.Table[] users = tables(into, userTables);
    for (int i = 0; i < count; i++) {
      int at = offset + i * width;
      for (int f = 0; f < items.length; f++) {
        int id = request.itemIds()[i * items.length + f];
        items[f].add(id, gradient, at);
        at += embedding;
      }
      at += itemValues;
      for (int f = 0; f < users.length; f++) {
        users[f].add(request.userIds()[f], gradient, at);
        at += embedding;
      }
    }
  }

  private static String[] names(String prefix, int fields) {
    return IntStream.range(0, fields).mapToObj(f -> prefix + f + ".weight").toArray(String[]::new);
  }

  private static float[][] tables(Weights weights, String[] names) {
    float[][] tables = new float[names.length][];
    for (int f = 0; f < names.length; f++) {
      tables[f] = weights.data(names[f]);
    }
    return tables;
  }

  private static RowGradients.Table[] tables(RowGradients gradients, String[] names) {
    return Arrays.stream(names).map(gradients.tables()::get).toArray(RowGradients.Table[]::new);
  }
}
