package org.eglr.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Drawn logs in the shape of the published ones, with their quirks. */
final class PublishedFixture {

  private static final int USERS = 60;
  private static final int ITEMS = 40;

  private PublishedFixture() {}

  /** Users without a profile, advertisements without features, equal times, repeated ones. */
  static void tianchiAd(Path folder, long seed, int rows) throws IOException {
    Random random = new Random(seed);
    StringBuilder log = new StringBuilder("user,time_stamp,adgroup_id,pid,nonclk,clk\n");
    for (int row = 0; row < rows; row++) {
      int click = random.nextInt(5) == 0 ? 1 : 0;
      long time = 1494000000 + random.nextInt(12) * 150L + random.nextInt(4);
      log.append(
          "%d,%d,%d,430548_1007,%d,%d\n"
              .formatted(skewed(random, USERS), time, skewed(random, ITEMS), 1 - click, click));
    }
    Files.writeString(folder.resolve("raw_sample.csv"), log);
    StringBuilder ads = new StringBuilder("adgroup_id,cate_id,campaign_id,customer,brand,price\n");
    for (int ad = 0; ad < ITEMS - 3; ad++) {
      String brand = ad % 4 == 0 ? "NULL" : ad % 4 == 1 ? ad + ".0" : "" + ad;
      String price = ad % 7 == 0 ? "" : String.valueOf(ad * 12.5);
      ads.append("%d,%d,%d,%d,%s,%s\n".formatted(ad, ad % 5, ad % 11, ad % 3, brand, price));
    }
    Files.writeString(folder.resolve("ad_feature.csv"), ads);
    StringBuilder users =
        new StringBuilder(
            "userid,cms_segid,cms_group_id,final_gender_code,age_level,pvalue_level,shopping_level,occupation,new_user_class_level \n");
    for (int user = 0; user < USERS - 5; user++) {
      String value = user % 3 == 0 ? "" : "" + user % 4;
      users.append("%d,%d,5,2,%d,%s,3,0,%s\n".formatted(user, user % 9, user % 6, value, value));
    }
    Files.writeString(folder.resolve("user_profile.csv"), users);
  }

  /** Two logs, of which the second has earlier times, too; tags in quotes; rare videos. */
  static void kuaiRand(Path folder, long seed, int rows) throws IOException {
    Random random = new Random(seed);
    String header =
        "user_id,video_id,date,hourmin,time_ms,is_click,is_like,is_follow,is_comment,is_forward,"
            + "is_hate,long_view,play_time_ms,duration_ms,profile_stay_time,comment_stay_time,"
            + "is_profile_enter,is_rand,tab\n";
    for (String part : new String[] {"log_standard_4_08_to_4_21", "log_standard_4_22_to_5_08"}) {
      StringBuilder log = new StringBuilder(header);
      for (int row = 0; row < rows / 2; row++) {
        log.append(
            "%d,%d,20220409,1030,%d,%d,0,0,0,0,0,0,%d,9000,0,0,0,0,1\n"
                .formatted(
                    skewed(random, USERS),
                    skewed(random, ITEMS),
                    1649400000000L + random.nextInt(40) * 1000L,
                    random.nextInt(3) == 0 ? 1 : 0,
                    random.nextInt(60_000)));
      }
      Files.writeString(folder.resolve(part + "_1k.csv"), log);
    }
    Files.writeString(folder.resolve("log_random_4_22_to_5_08_1k.csv"), header);
    StringBuilder users =
        new StringBuilder(
            "user_id,user_active_degree,is_lowactive_period,is_live_streamer,is_video_author,"
                + "follow_user_num_range,fans_user_num_range,friend_user_num_range,register_days_range,"
                + IntStream.range(0, 18)
                    .mapToObj(i -> "onehot_feat" + i)
                    .collect(Collectors.joining(","))
                + "\n");
    for (int user = 0; user < USERS - 4; user++) {
      users.append("%d,high_active,0,-124,1,\"(0,10]\",\"[1,10)\",0,61-180".formatted(user));
      for (int i = 0; i < 18; i++) {
        users.append(i == 3 ? "," : i % 2 == 0 ? "," + user % 5 : "," + user % 3 + ".0");
      }
      users.append('\n');
    }
    Files.writeString(folder.resolve("user_features_1k.csv"), users);
    StringBuilder videos =
        new StringBuilder(
            "video_id,author_id,video_type,upload_dt,upload_type,visible_status,video_duration,"
                + "server_width,server_height,music_id,music_type,tag\n");
    for (int video = 0; video < ITEMS - 2; video++) {
      String tag = video % 3 == 0 ? "\"12,65\"" : video % 3 == 1 ? "8" : "";
      String duration = video % 5 == 0 ? "" : video * 100 + ".0";
      videos.append(
          "%d,%d,NORMAL,2022-04-07,ShortImport,1.0,%s,720.0,1280,%d,,%s\n"
              .formatted(video, video % 7, duration, video % 6, tag));
    }
    Files.writeString(folder.resolve("video_features_basic_1k.csv"), videos);
  }

  /** Small numbers more often, so that some users have many rows and some items few. */
  private static int skewed(Random random, int below) {
    double share = random.nextDouble();
    return (int) (below * share * share);
  }
}
