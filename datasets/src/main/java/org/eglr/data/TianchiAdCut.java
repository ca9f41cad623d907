package org.eglr.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts Taobao's impressions into lists; {@link TianchiAd} says how. */
final class TianchiAdCut {

  private static final int USER = 0;
  private static final int TIME = 1;
  private static final int ITEM = 2;
  private static final int CLICK = 3;

  private static final List<Feature> PROFILE =
      List.of(
          Feature.category("cms_segid"),
          Feature.category("cms_group_id"),
          Feature.category("final_gender_code"),
          Feature.category("age_level"),
          Feature.category("pvalue_level"),
          Feature.category("shopping_level"),
          Feature.category("occupation"),
          Feature.category("new_user_class_level"));

  private static final List<Feature> AD =
      List.of(
          Feature.category("cate_id"),
          Feature.category("campaign_id"),
          Feature.category("customer|customer_id"),
          Feature.category("brand"),
          Feature.logarithm("price"));

  private final long window;
  private final int listsPerUser;
  private final int minImpressions;
  private final boolean unclicked;
  private final ReadProgress reading;
  private final LongIndex users = new LongIndex();
  private final LongIndex items = new LongIndex();
  private final ListUnderWay list;
  private final CutLists lists = new CutLists();
  private int passedOver;
  private int usersLeftOut;

  TianchiAdCut(
      long window,
      int longest,
      int listsPerUser,
      int minImpressions,
      boolean unclicked,
      ReadProgress reading) {
    this.window = window;
    this.listsPerUser = listsPerUser;
    this.minImpressions = minImpressions;
    this.unclicked = unclicked;
    this.reading = reading;
    list = new ListUnderWay(longest);
  }

  /**
   * @param files impressions, users, advertisements
   */
  ListLog log(String name, List<Path> files) {
    cut(read(files.get(0)));
    if (lists.size() == 0) {
      throw new DataException(
          "%s: no list with 2 items or more%s among %,d users; give a longer window, or withUnclicked()"
              .formatted(
                  files.get(0).getFileName(), unclicked ? "" : " and a click", users.size()));
    }
    return CutLog.assemble(
        name,
        lists,
        users,
        new FeatureFile(files.get(1), "userid", null, PROFILE),
        items,
        new FeatureFile(files.get(2), "adgroup_id", "adgroup_id", AD),
        doubts(),
        reading);
  }

  private Impressions read(Path file) {
    Impressions impressions = new Impressions(false);
    try (CsvLines lines = CsvLines.open(file, reading, "user", "time_stamp", "adgroup_id", "clk")) {
      while (lines.next()) {
        impressions.add(
            users.add(lines.whole(USER, 0, Long.MAX_VALUE)),
            lines.whole(TIME, 0, Impressions.TIMES - 1),
            items.add(lines.whole(ITEM, 0, Long.MAX_VALUE)),
            lines.flag(CLICK),
            0,
            file);
      }
    }
    return impressions;
  }

  private void cut(Impressions impressions) {
    reading.stage("cutting lists");
    impressions.group(users.size());
    for (int user : users.ascending()) {
      int from = impressions.start(user);
      int to = impressions.start(user + 1);
      int before = lists.size();
      if (to - from >= minImpressions) {
        cut(impressions, user, from, to);
      }
      usersLeftOut += lists.size() == before ? 1 : 0;
    }
  }

  /** Walks back from the user's last impression, window by window; keeps the lists by time. */
  private void cut(Impressions impressions, int user, int from, int to) {
    List<int[]> windows = new ArrayList<>();
    int end = to;
    while (end > from && windows.size() < listsPerUser) {
      int begin = end - 1;
      boolean clicked = impressions.clicked(begin);
      while (begin > from && impressions.time(end - 1) - impressions.time(begin - 1) <= window) {
        begin--;
        clicked |= impressions.clicked(begin);
      }
      if (clicked || unclicked) {
        fill(impressions, begin, end);
        if (list.length > 1) {
          windows.add(new int[] {begin, end});
        } else {
          passedOver++;
        }
      }
      end = begin;
    }
    for (int w = windows.size() - 1; w >= 0; w--) {
      int begin = windows.get(w)[0];
      fill(impressions, begin, windows.get(w)[1]);
      lists.add(
          user, impressions.time(begin), list.items, list.clicks, list.length, list.clickCount());
    }
  }

  private void fill(Impressions impressions, int begin, int end) {
    list.clear();
    for (int place = begin; place < end; place++) {
      list.add(impressions.item(place), impressions.clicked(place), 0);
    }
  }

  private List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    CutLog.doubt(doubts, usersLeftOut, users.size(), "users have no list and were left out");
    if (passedOver > 0) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "%,d windows show one item only and were passed over: nothing can be re-ranked there",
              passedOver));
    }
    CutLog.doubt(
        doubts,
        lists.unclicked(),
        lists.size(),
        unclicked
            ? "lists have no click"
            : "lists have no click: it came behind the items that a list holds");
    return doubts;
  }
}
