package org.eglr.internal.model;

import java.util.List;
import java.util.stream.IntStream;
import org.eglr.PairEffects;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;

/**
 * Which fields of the items have pair effects ({@link PairEffects}), and how their parameters lie.
 * Channels are the matching fields and then the differing ones; every channel has a kernel over
 * distances. The factors' tables have the known values of all matching fields, one field below the
 * other.
 */
public final class PairFields {

  /** Distances with weights of their own on either side; the last one stands for all beyond. */
  public static final int REACH = 10;

  /** Weights of a kernel. */
  public static final int OFFSETS = 2 * REACH;

  /** Factors r. */
  public static final int RANK = 4;

  /**
   * The pair effects' weights are this many times what is stored: Adam's steps are of one size
   * whatever the gradient's, and those for a Transformer's weights, around 0.1, would take epochs
   * to shape kernels that start at 1.
   */
  public static final float SCALE = 5;

  /** Row of a value that has no factors. */
  public static final int NO_ROW = -1;

  /** Fields of no more ids take part however many items there are. */
  private static final int FEW = 64;

  private final Schema schema;
  private final int[] categories; // indices of the items' categorical fields
  private final int[] values; // of the dense ones
  private final int[] firstRows; // of each category's values in the factors' tables
  private final int rows;
  private final boolean factors;

  public PairFields(Architecture architecture) {
    schema = architecture.schema();
    PairEffects effects = architecture.settings().pairEffects();
    List<Vocabulary> all = schema.itemCategories();
    int largest = all.stream().mapToInt(Vocabulary::size).max().orElse(0);
    categories =
        IntStream.range(0, effects.matches() ? all.size() : 0)
            .filter(f -> all.get(f).size() <= FEW || all.get(f).size() < largest / 2.0)
            .toArray();
    values = IntStream.range(0, effects.differences() ? schema.itemValues().size() : 0).toArray();
    firstRows = new int[categories.length];
    int next = 0;
    for (int c = 0; c < categories.length; c++) {
      firstRows[c] = next;
      next = Math.addExact(next, all.get(categories[c]).size() - 1);
    }
    rows = next;
    factors = effects.factors() && rows > 0;
  }

  /** Whether there is anything to add. */
  public boolean any() {
    return channels() > 0;
  }

  /** Matching fields. */
  public int matches() {
    return categories.length;
  }

  /** Dense fields that differ. */
  public int differences() {
    return values.length;
  }

  /** Channels: matching fields, then differing ones. */
  public int channels() {
    return categories.length + values.length;
  }

  /** Whether there are factors beside the channels. */
  public boolean factors() {
    return factors;
  }

  /** Rows of the factors' tables. */
  public int factorRows() {
    return rows;
  }

  /** Where a kernel has the weight of a distance j - k, which is not 0. */
  public static int offset(int distance) {
    return distance < 0
        ? REACH + Math.max(distance, -REACH)
        : REACH - 1 + Math.min(distance, REACH);
  }

  /** The factors' row of a matching field's id. */
  public int row(int match, int id) {
    return id == Vocabulary.UNKNOWN ? NO_ROW : firstRows[match] + id - 1;
  }

  /** What the candidates of a request have in these fields. */
  public Pool of(Request request) {
    int pool = request.pool();
    int[][] ids = new int[matches()][pool];
    double[][] values = new double[differences()][pool];
    for (int j = 0; j < pool; j++) {
      for (int m = 0; m < ids.length; m++) {
        ids[m][j] = request.itemIds()[j * schema.itemCategories().size() + categories[m]];
      }
      for (int h = 0; h < values.length; h++) {
        values[h][j] = request.itemValues()[j * schema.itemValues().size() + this.values[h]];
      }
    }
    return new Pool(ids, values);
  }

  /**
   * Candidates.
   *
   * @param ids of each matching field: [matches][N]
   * @param values of each differing field: [differences][N]
   */
  public record Pool(int[][] ids, double[][] values) {}

  /** What items of lists have in these fields, by list and position. */
  public Listed of(ListBatch lists) {
    ListItems items = lists.items();
    if (items == null) {
      throw new IllegalArgumentException("an evaluator with pair effects must know lists' items");
    }
    return new Listed(items);
  }

  /** Items of lists. */
  public final class Listed {
    private final ListItems items;

    private Listed(ListItems items) {
      this.items = items;
    }

    /** Writes a list's ids in a matching field, position after position. */
    public void ids(int list, int match, int[] into, int count) {
      int fields = schema.itemCategories().size();
      int[] ids = items.request(list).itemIds();
      for (int k = 0; k < count; k++) {
        into[k] = ids[items.candidate(list, k) * fields + categories[match]];
      }
    }

    /** Writes a list's values in a differing field, position after position. */
    public void values(int list, int difference, double[] into, int count) {
      int fields = schema.itemValues().size();
      float[] all = items.request(list).itemValues();
      for (int k = 0; k < count; k++) {
        into[k] = all[items.candidate(list, k) * fields + values[difference]];
      }
    }
  }
}
