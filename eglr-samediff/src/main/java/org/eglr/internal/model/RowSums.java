package org.eglr.internal.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows of a table a batch uses, and how the gradients of a row's uses are added up: in a tree
 * whose every sum has {@value #WIDTH} terms. That needs no two threads to add to one value, and
 * gives the same sums, to the bit, however a device orders its work.
 */
public final class RowSums {

  /** Terms of a sum. */
  public static final int WIDTH = 8;

  private final int[] slotOfRow;
  private int[] rows = new int[256];
  private int[] counts = new int[256];
  private int used;
  private int[] slots = new int[1024];
  private int[] places = new int[1024];
  private int uses;

  /**
   * @param tableRows rows of the table
   */
  public RowSums(int tableRows) {
    slotOfRow = new int[tableRows];
    Arrays.fill(slotOfRow, -1);
  }

  /** Forgets all uses; costs only as much as was used. */
  public void clear() {
    for (int slot = 0; slot < used; slot++) {
      slotOfRow[rows[slot]] = -1;
    }
    used = 0;
    uses = 0;
  }

  /**
   * Notes a use.
   *
   * @param place of the use's gradient in the array of all gradients
   */
  public void add(int row, int place) {
    int slot = slotOfRow[row];
    if (slot < 0) {
      slot = used++;
      if (slot == rows.length) {
        rows = Arrays.copyOf(rows, 2 * slot);
        counts = Arrays.copyOf(counts, 2 * slot);
      }
      slotOfRow[row] = slot;
      rows[slot] = row;
      counts[slot] = 0;
    }
    counts[slot]++;
    if (uses == slots.length) {
      slots = Arrays.copyOf(slots, 2 * uses);
      places = Arrays.copyOf(places, 2 * uses);
    }
    slots[uses] = slot;
    places[uses++] = place;
  }

  /** The rows used, in order of first use. */
  public int[] rows() {
    return Arrays.copyOf(rows, used);
  }

  /**
   * The tree, from its leaves: each level names the places of its terms, sum after sum. The terms
   * of the first are gradients, those of the others the sums of the level before; the last one's
   * sums are the rows' gradients, in order of {@link #rows}.
   *
   * @param zero a place that holds zeros, for sums of fewer terms
   */
  public List<int[]> levels(int zero) {
    int[] size = Arrays.copyOf(counts, used);
    int[] terms = bySlot(size);
    List<int[]> levels = new ArrayList<>();
    boolean more = true;
    while (more) {
      int sums = 0;
      more = false;
      for (int n : size) {
        sums += sums(n);
        more |= n > WIDTH;
      }
      // A sum of nothing is the zero of the next level.
      int[] level = new int[(more ? sums + 1 : sums) * WIDTH];
      Arrays.fill(level, zero);
      int sum = 0;
      int term = 0;
      for (int slot = 0; slot < used; slot++) {
        System.arraycopy(terms, term, level, sum * WIDTH, size[slot]);
        term += size[slot];
        size[slot] = sums(size[slot]);
        sum += size[slot];
      }
      levels.add(level);
      terms = new int[sums];
      Arrays.setAll(terms, i -> i);
      zero = sums;
    }
    return levels;
  }

  /** The places of all uses, slot after slot. */
  private int[] bySlot(int[] size) {
    int[] next = new int[used];
    for (int slot = 1; slot < used; slot++) {
      next[slot] = next[slot - 1] + size[slot - 1];
    }
    int[] sorted = new int[uses];
    for (int use = 0; use < uses; use++) {
      sorted[next[slots[use]]++] = places[use];
    }
    return sorted;
  }

  private static int sums(int terms) {
    return (terms + WIDTH - 1) / WIDTH;
  }
}
