package org.eglr.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Row;

/** A list is what comes without a pause; its first items, if there are more than it may hold. */
final class SessionCut implements GroupCut {

  private final long pause;
  private final int longest;
  private final CutOutput out;
  private final Map<String, HeldItem> items = new LinkedHashMap<>();
  private Row first;
  private long last;

  SessionCut(long pause, int longest, CutOutput out) {
    this.pause = pause;
    this.longest = longest;
    this.out = out;
  }

  @Override
  public void add(Row impression) {
    if (out.refuses(impression)) {
      return;
    }
    long time = impression.getLong(LogRow.TIME);
    if (first != null && time - last > pause) {
      end();
    }
    first = first == null ? impression : first;
    last = time;
    String item = impression.getString(LogRow.ITEM);
    HeldItem held = items.get(item);
    if (held != null) {
      held.add(impression);
    } else if (items.size() < longest) {
      items.put(item, new HeldItem(impression));
    }
  }

  @Override
  public void end() {
    if (items.size() > 1) {
      out.add(out.list(first, items.values()));
    }
    items.clear();
    first = null;
  }
}
