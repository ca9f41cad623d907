package org.eglr.internal.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gradients of the embedding rows that a batch used; rows it did not use cost nothing. */
public final class RowGradients {

  private final Map<String, Table> tables = new LinkedHashMap<>();

  public RowGradients(Weights weights) {
    for (Tensor tensor : weights.tables()) {
      tables.put(tensor.name(), new Table(tensor.shape()[0], tensor.shape()[1]));
    }
  }

  public Map<String, Table> tables() {
    return tables;
  }

  /** Forgets all rows; costs only as much as was used. */
  public void clear() {
    tables.values().forEach(Table::clear);
  }

  /** The used rows of one table, in order of first use. */
  public static final class Table {

    private final int width;
    private final int[] slotOfRow;
    private int[] rows = new int[256];
    private float[] values;
    private int used;

    private Table(int tableRows, int width) {
      this.width = width;
      slotOfRow = new int[tableRows];
      Arrays.fill(slotOfRow, -1);
      values = new float[256 * width];
    }

    public int used() {
      return used;
    }

    public int width() {
      return width;
    }

    public int row(int slot) {
      return rows[slot];
    }

    /** Gradient values, slot after slot. */
    public float[] values() {
      return values;
    }

    void add(int row, double[] gradient, int offset) {
      int slot = slotOfRow[row];
      if (slot < 0) {
        slot = used++;
        if (slot == rows.length) {
          rows = Arrays.copyOf(rows, 2 * slot);
          values = Arrays.copyOf(values, 2 * slot * width);
        }
        slotOfRow[row] = slot;
        rows[slot] = row;
        Arrays.fill(values, slot * width, (slot + 1) * width, 0);
      }
      for (int i = 0; i < width; i++) {
        values[slot * width + i] += (float) gradient[offset + i];
      }
    }

    private void clear() {
      for (int slot = 0; slot < used; slot++) {
        slotOfRow[rows[slot]] = -1;
      }
      used = 0;
    }
  }
}
