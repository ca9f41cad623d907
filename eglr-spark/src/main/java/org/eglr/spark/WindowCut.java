package org.eglr.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Walks back from a user's last impression, window by window, as LibRerank cuts Taobao's log. Holds
 * one window, and the user's lists until there are impressions enough.
 */
final class WindowCut implements GroupCut {

  private final CutOptions options;
  private final CutOutput out;

  /** The earliest impression, which is the last to come, stands last. */
  private final Map<String, HeldItem> items = new LinkedHashMap<>();

  private final List<Row> waiting = new ArrayList<>();
  private Row earliest; // null: no window is open
  private long latest;
  private boolean clicked;
  private boolean tooMany;
  private int taken;
  private long impressions;

  WindowCut(CutOptions options, CutOutput out) {
    this.options = options;
    this.out = out;
  }

  @Override
  public void add(Row impression) {
    if (out.refuses(impression)) {
      return;
    }
    impressions++;
    release();
    long time = impression.getLong(LogRow.TIME);
    if (earliest != null && latest - time > options.span()) {
      close();
    }
    if (taken == options.listsPerUser()) {
      return;
    }
    latest = earliest == null ? time : latest;
    earliest = impression;
    clicked |= impression.getBoolean(LogRow.CLICKED);
    hold(impression);
  }

  private void hold(Row impression) {
    String item = impression.getString(LogRow.ITEM);
    HeldItem held = items.remove(item);
    if (held == null) {
      held = new HeldItem(impression);
    } else {
      held.add(impression);
      held.candidate = impression.getStruct(LogRow.CANDIDATE);
    }
    tooMany |= items.size() == LogRow.MOST_ITEMS;
    if (!tooMany) {
      items.put(item, held);
    }
  }

  private void close() {
    if (tooMany) {
      out.error(null, earliest, tooMany());
    } else if (earliest != null && items.size() > 1 && (clicked || options.unclicked())) {
      List<HeldItem> shown = new ArrayList<>(items.values());
      Collections.reverse(shown);
      int length = Math.min(options.longest(), shown.size());
      waiting.add(out.list(earliest, shown.subList(0, length)));
      taken++;
    }
    items.clear();
    earliest = null;
    clicked = false;
    tooMany = false;
  }

  private static String tooMany() {
    return String.format(
        Locale.ROOT,
        "a window with more than %,d different items; is the column of users the right one?",
        LogRow.MOST_ITEMS);
  }

  private void release() {
    if (impressions >= options.minImpressions()) {
      waiting.forEach(out::add);
      waiting.clear();
    }
  }

  @Override
  public void end() {
    close();
    release();
  }
}
