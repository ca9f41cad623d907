package org.eglr.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * Writes files of the size and the columns of KuaiRand-1K, the same for the same share, of random
 * content; most videos are shown less than ten times.
 */
final class KuaiRandFiles {

  private static final String LOG =
      "user_id,video_id,date,hourmin,time_ms,is_click,is_like,is_follow,is_comment,is_forward,"
          + "is_hate,long_view,play_time_ms,duration_ms,profile_stay_time,comment_stay_time,"
          + "is_profile_enter,is_rand,tab";
  private static final int EARLY_ROWS = 5_077_000;
  private static final int LATE_ROWS = 6_636_045;
  private static final int RANDOM_ROWS = 43_028;
  private static final int USERS = 1_000;
  private static final int VIDEOS = 4_369_953;
  private static final long FIRST_MS = 1_649_347_200_000L; // 8 April 2022 in Beijing
  private static final LocalDate FIRST_DAY = LocalDate.of(2022, 4, 8);
  private static final int DAY_MS = 24 * 3600 * 1000;

  private final Path folder;
  private final double share;
  private final int users;
  private final int videos;

  /**
   * @param share of the published size, above 0
   */
  KuaiRandFiles(Path folder, double share) {
    this.folder = folder;
    this.share = share;
    users = (int) Math.ceil(USERS * share);
    videos = (int) Math.ceil(VIDEOS * share);
  }

  void write() throws IOException {
    writeLog("log_standard_4_08_to_4_21_1k.csv", EARLY_ROWS, 0, 14, 0, new SplittableRandom(1));
    writeLog("log_standard_4_22_to_5_08_1k.csv", LATE_ROWS, 14, 17, 0, new SplittableRandom(2));
    writeLog("log_random_4_22_to_5_08_1k.csv", RANDOM_ROWS, 14, 17, 1, new SplittableRandom(3));
    writeUsers(new SplittableRandom(4));
    writeVideos(new SplittableRandom(5));
  }

  private void writeLog(String name, int rows, int day, int days, int chance, SplittableRandom r)
      throws IOException {
    try (RowWriter out = new RowWriter(folder.resolve(name), LOG)) {
      for (int row = 0; row < Math.ceil(rows * share); row++) {
        int on = day + r.nextInt(days);
        int ms = r.nextInt(DAY_MS);
        LocalDate date = FIRST_DAY.plusDays(on);
        int click = r.nextInt(100) < 38 ? 1 : 0;
        int duration = 5_000 + r.nextInt(90_000);
        out.number(r.nextInt(users)).number(video(r.nextDouble()));
        out.number(date.getYear() * 10_000L + date.getMonthValue() * 100L + date.getDayOfMonth());
        out.number(ms / 3_600_000 * 100L + ms / 60_000 % 60);
        out.number(FIRST_MS + (long) on * DAY_MS + ms).number(click);
        out.number(r.nextInt(50) == 0 ? 1 : 0).number(0).number(0).number(0).number(0);
        out.number(click * r.nextInt(2)).number(click * (long) r.nextInt(duration));
        out.number(duration).number(0).number(0).number(0).number(chance);
        out.number(r.nextInt(15)).end();
      }
    }
  }

  /** Video 0 comes most often, and about 14,000 of 4.4 million at least 50 times. */
  private long video(double u) {
    double first = Math.pow(100.0 / VIDEOS, 1.0 / 6);
    double at = Math.pow(u * (1 - first) + first, 6) * VIDEOS - 100;
    return Math.max(0, Math.min(videos - 1L, (long) (at * share)));
  }

  private void writeUsers(SplittableRandom r) throws IOException {
    StringBuilder header =
        new StringBuilder(
            "user_id,user_active_degree,is_lowactive_period,is_live_streamer,is_video_author,"
                + "follow_user_num,follow_user_num_range,fans_user_num,fans_user_num_range,"
                + "friend_user_num,friend_user_num_range,register_days,register_days_range");
    for (int i = 0; i < 18; i++) {
      header.append(",onehot_feat").append(i);
    }
    try (RowWriter out = new RowWriter(folder.resolve("user_features_1k.csv"), header.toString())) {
      for (int user = 0; user < users; user++) {
        out.number(user).text(r.nextInt(10) < 7 ? "full_active" : "high_active").number(0);
        out.text(r.nextInt(20) == 0 ? "1" : "-124").number(r.nextInt(2));
        out.number(r.nextInt(500)).text(r.nextBoolean() ? "\"(10,50]\"" : "\"(50,100]\"");
        out.number(r.nextInt(100)).text("\"[1,10)\"").number(r.nextInt(30)).text("\"[1,5)\"");
        out.number(r.nextInt(2_000)).text(r.nextBoolean() ? "730+" : "366-730");
        for (int i = 0; i < 18; i++) {
          out.text(i > 11 && r.nextInt(20) == 0 ? "" : r.nextInt(9) + (i > 11 ? ".0" : ""));
        }
        out.end();
      }
    }
  }

  private void writeVideos(SplittableRandom r) throws IOException {
    String header =
        "video_id,author_id,video_type,upload_dt,upload_type,visible_status,video_duration,"
            + "server_width,server_height,music_id,music_type,tag";
    try (RowWriter out = new RowWriter(folder.resolve("video_features_basic_1k.csv"), header)) {
      for (int video = 0; video < videos; video++) {
        out.number(video).number(r.nextInt(1_500_000)).text("NORMAL").text("2022-04-11");
        out.text(r.nextBoolean() ? "ShortImport" : "LongImport").text("1.0");
        out.text(r.nextInt(50) == 0 ? "" : 5_000 + r.nextInt(90_000) + ".0");
        out.text("720.0").text("1280.0").number(1_000_000L + r.nextInt(2_000_000));
        out.text(r.nextBoolean() ? "9.0" : "4.0");
        int tags = r.nextInt(10);
        out.text(
            tags == 0
                ? ""
                : tags == 1
                    ? "\"" + r.nextInt(68) + "," + r.nextInt(68) + "\""
                    : Integer.toString(r.nextInt(68)));
        out.end();
      }
    }
  }
}
