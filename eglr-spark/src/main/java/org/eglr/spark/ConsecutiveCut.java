package org.eglr.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Lists of so many different items, one behind the other; the last, incomplete one is dropped. */
final class ConsecutiveCut implements GroupCut {

  private final int length;
  private final CutOutput out;
  private final Map<String, HeldItem> items = new LinkedHashMap<>();
  private Row first;

  ConsecutiveCut(int length, CutOutput out) {
    this.length = length;
    this.out = out;
  }

  @Override
  public void add(Row impression) {
    if (out.refuses(impression)) {
      return;
    }
    String item = impression.getString(LogRow.ITEM);
    HeldItem held = items.get(item);
    if (held != null) {
      held.add(impression);
      return;
    }
    end();
    first = items.isEmpty() ? impression : first;
    items.put(item, new HeldItem(impression));
  }

  @Override
  public void end() {
    if (items.size() == length) {
      out.add(out.list(first, items.values()));
      items.clear();
    }
  }
}
