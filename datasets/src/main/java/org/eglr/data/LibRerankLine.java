package org.eglr.data;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * One line of LibRerank's format, checked: user, profile ids, and for each item of the list its
 * ids, dense values and click.
 */
record LibRerankLine(
    String user, long[] profile, long[][] ids, double[][] dense, boolean[] clicks) {

  private static final String[] COLUMNS = {"user", "profile", "items", "dense", "labels"};
  private static final int MAX_FIELDS = 64;

  static LibRerankLine of(Path file, int number, String line) {
    String[] texts = line.split("\t", -1);
    if (texts.length != COLUMNS.length) {
      throw DataException.at(
          file,
          number,
          texts.length == 1 && line.matches("\\S+ +\\[.*")
              ? "the columns are separated by blanks; expected are tabs"
              : "%d columns; expected are %d separated by tabs: %s. The file may be cut off or of another format"
                  .formatted(texts.length, COLUMNS.length, String.join(", ", COLUMNS)));
    }
    Cell[] cells = new Cell[COLUMNS.length];
    for (int c = 0; c < cells.length; c++) {
      cells[c] = new Cell(file, number, COLUMNS[c], texts[c].strip());
    }
    if (cells[0].text().isEmpty()) {
      throw cells[0].error("is empty; every line needs a user");
    }
    long[][] profile = NumberLists.ids(cells[1]);
    if (profile.length != 1) {
      throw cells[1].error("holds %d lists; a user has one profile".formatted(profile.length));
    }
    if (profile[0].length > MAX_FIELDS) {
      throw cells[1].error("has %d ids; at most %d".formatted(profile[0].length, MAX_FIELDS));
    }
    long[][] items = NumberLists.ids(cells[2]);
    if (items.length < 2) {
      throw cells[2].error("holds %d item(s); a list needs at least 2".formatted(items.length));
    }
    double[][] dense = NumberLists.nested(cells[3]);
    double[] labels = NumberLists.flat(cells[4]);
    requireLength(cells[3], dense.length, items.length);
    requireLength(cells[4], labels.length, items.length);
    requireFields(cells[2], Arrays.stream(items).mapToInt(item -> item.length).toArray(), 1);
    requireFields(cells[3], Arrays.stream(dense).mapToInt(item -> item.length).toArray(), 0);
    return new LibRerankLine(cells[0].text(), profile[0], items, dense, clicks(cells[4], labels));
  }

  /** With no more than the first items. */
  LibRerankLine first(int items) {
    return ids.length <= items
        ? this
        : new LibRerankLine(
            user,
            profile,
            Arrays.copyOf(ids, items),
            Arrays.copyOf(dense, items),
            Arrays.copyOf(clicks, items));
  }

  private static void requireLength(Cell cell, int length, int items) {
    if (length != items) {
      throw cell.error("has %d entries for %d items".formatted(length, items));
    }
  }

  /** Every item has the same number of fields. */
  private static void requireFields(Cell cell, int[] widths, int least) {
    int fields = widths[0];
    if (fields < least || fields > MAX_FIELDS) {
      throw cell.error(
          "gives an item %d numbers; allowed are %d to %d".formatted(fields, least, MAX_FIELDS));
    }
    for (int width : widths) {
      if (width != fields) {
        throw cell.error("gives one item %d numbers and another %d".formatted(fields, width));
      }
    }
  }

  private static boolean[] clicks(Cell cell, double[] labels) {
    boolean[] clicks = new boolean[labels.length];
    for (int i = 0; i < clicks.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        throw cell.error("holds the label %s; allowed are 0 and 1".formatted(labels[i]));
      }
      clicks[i] = labels[i] == 1;
    }
    return clicks;
  }
}
