package org.eglr.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Cuts KuaiRand's impressions into lists; {@link KuaiRand} says how. */
final class KuaiRandCut {

  private static final int USER = 0;
  private static final int VIDEO = 1;
  private static final int TIME = 2;
  private static final int CLICK = 3;
  private static final int PLAYED = 4;

  private static final int ONE_HOT = 18;

  private static final List<Feature> VIDEO_FEATURES =
      List.of(
          Feature.category("author_id"),
          Feature.category("video_type"),
          Feature.category("upload_type"),
          Feature.category("visible_status"),
          Feature.category("music_id"),
          Feature.category("music_type"),
          Feature.firstOf("tag"),
          Feature.dense("server_width"),
          Feature.dense("server_height"),
          Feature.logarithm("video_duration"));

  private final int minOccurrences;
  private final String clicked;
  private final KuaiRandUtility utility;
  private final ReadProgress reading;
  private final LongIndex users = new LongIndex();
  private final LongIndex videos = new LongIndex();
  private int[] occurrences = new int[1 << 10];
  private final ListUnderWay list;
  private final CutLists lists = new CutLists();
  private long rare;

  KuaiRandCut(
      int length,
      int minOccurrences,
      String clicked,
      KuaiRandUtility utility,
      ReadProgress reading) {
    this.minOccurrences = minOccurrences;
    this.clicked = clicked;
    this.utility = utility;
    this.reading = reading;
    list = new ListUnderWay(length);
  }

  /**
   * @param files users, videos, logs
   */
  ListLog log(String name, List<Path> files) {
    Impressions impressions = new Impressions(true);
    for (Path log : files.subList(2, files.size())) {
      read(log, impressions);
    }
    cut(impressions);
    if (lists.size() == 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: no user has %d impressions of videos that are shown %,d times or more; use a smaller length or minOccurrences",
              name,
              list.items.length,
              minOccurrences));
    }
    return CutLog.assemble(
        name,
        lists,
        users,
        new FeatureFile(files.get(0), "user_id", "user_id", userFeatures()),
        videos,
        new FeatureFile(files.get(1), "video_id", "video_id", VIDEO_FEATURES),
        doubts(impressions.size()),
        reading);
  }

  private static List<Feature> userFeatures() {
    List<Feature> features = new ArrayList<>();
    for (String column :
        List.of(
            "user_active_degree",
            "is_lowactive_period",
            "is_live_streamer",
            "is_video_author",
            "follow_user_num_range",
            "fans_user_num_range",
            "friend_user_num_range",
            "register_days_range")) {
      features.add(Feature.category(column));
    }
    for (int i = 0; i < ONE_HOT; i++) {
      features.add(Feature.category("onehot_feat" + i));
    }
    return features;
  }

  private void read(Path file, Impressions impressions) {
    try (CsvLines lines =
        CsvLines.open(file, reading, "user_id", "video_id", "time_ms", clicked, "play_time_ms")) {
      while (lines.next()) {
        int video = videos.add(lines.whole(VIDEO, 0, Long.MAX_VALUE));
        if (video >= occurrences.length) {
          occurrences = Arrays.copyOf(occurrences, 2 * occurrences.length);
        }
        occurrences[video]++;
        impressions.add(
            users.add(lines.whole(USER, 0, Long.MAX_VALUE)),
            lines.whole(TIME, 0, Impressions.TIMES - 1),
            video,
            lines.flag(CLICK),
            lines.whole(PLAYED, 0, Integer.MAX_VALUE),
            file);
      }
    }
  }

  private void cut(Impressions impressions) {
    reading.stage("cutting lists");
    impressions.group(users.size());
    for (int user : users.ascending()) {
      list.clear();
      long time = 0;
      for (int place = impressions.start(user); place < impressions.start(user + 1); place++) {
        int video = impressions.item(place);
        if (occurrences[video] < minOccurrences) {
          rare++;
          continue;
        }
        if (list.full() && !list.holds(video)) {
          add(user, time);
          list.clear();
        }
        time = list.length == 0 ? impressions.time(place) : time;
        list.add(video, impressions.clicked(place), impressions.value(place));
      }
      if (list.full()) {
        add(user, time);
      }
    }
  }

  private void add(int user, long time) {
    double worth =
        utility == KuaiRandUtility.CLICKS ? list.clickCount() : list.value / 1000; // ms to s
    lists.add(user, time, list.items, list.clicks, list.length, (float) worth);
  }

  private List<String> doubts(int all) {
    List<String> doubts = new ArrayList<>();
    CutLog.doubt(
        doubts,
        rare,
        all,
        String.format(
            Locale.ROOT,
            "impressions are of videos that are shown less than %,d times, and were left out",
            minOccurrences));
    CutLog.doubt(doubts, lists.unclicked(), lists.size(), "lists have no click");
    return doubts;
  }
}
