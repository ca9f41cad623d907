package org.eglr.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files in the shape of KuaiRand, with the quirks of the published ones. */
final class KuaiRandFixture {

  static final String LOG =
      "user_id,video_id,date,hourmin,time_ms,is_click,is_like,is_follow,is_comment,is_forward,"
          + "is_hate,long_view,play_time_ms,duration_ms,profile_stay_time,comment_stay_time,"
          + "is_profile_enter,is_rand,tab\n";

  static final String USERS =
      "user_id,user_active_degree,is_lowactive_period,is_live_streamer,is_video_author,"
          + "follow_user_num,follow_user_num_range,fans_user_num,fans_user_num_range,"
          + "friend_user_num,friend_user_num_range,register_days,register_days_range,onehot_feat0,"
          + "onehot_feat1,onehot_feat2,onehot_feat3,onehot_feat4,onehot_feat5,onehot_feat6,"
          + "onehot_feat7,onehot_feat8,onehot_feat9,onehot_feat10,onehot_feat11,onehot_feat12,"
          + "onehot_feat13,onehot_feat14,onehot_feat15,onehot_feat16,onehot_feat17\n"
          + "0,high_active,0,0,0,5,\"(0,10]\",0,0,0,0,107,61-180,0,1,17,638,2,0,1,6,184,6,3,0,0.0,"
          + "0.0,0.0,0.0,0.0,0.0\n"
          + "3,full_active,0,-124,1,386,\"(250,500]\",4,\"[1,10)\",2,\"[1,5)\",327,181-365,0,3,25,"
          + "1021,,0,1,6,186,6,2,0,1.0,,0.0,0.0,0.0,0.0\n";

  static final String VIDEOS =
      "video_id,author_id,video_type,upload_dt,upload_type,visible_status,video_duration,"
          + "server_width,server_height,music_id,music_type,tag\n"
          + "10,8,NORMAL,2022-04-07,ShortImport,1.0,8900.0,720.0,1280.0,11,9.0,\"12,65\"\n"
          + "11,9,AD,2022-04-07,LongImport,1.0,,720.0,1280.0,12,4.0,8\n"
          + "12,9,NORMAL,2022-04-07,LongImport,1.0,0,540,960,12,,\n";

  private KuaiRandFixture() {}

  static String row(int user, int video, long time, int click, int longView, int played) {
    return "%d,%d,20220409,1030,%d,%d,0,0,0,0,0,%d,%d,9000,0,0,0,0,1\n"
        .formatted(user, video, time, click, longView, played);
  }

  static KuaiRand write(Path folder, String suffix, String early, String late, String random)
      throws IOException {
    Files.writeString(folder.resolve("user_features_" + suffix + ".csv"), USERS);
    Files.writeString(folder.resolve("video_features_basic_" + suffix + ".csv"), VIDEOS);
    for (KuaiRandPart part : KuaiRandPart.values()) {
      Files.writeString(
          folder.resolve(part.file + "_" + suffix + ".csv"),
          LOG
              + switch (part) {
                case STANDARD_EARLY -> early;
                case STANDARD_LATE -> late;
                case RANDOM -> random;
              });
    }
    return Datasets.kuaiRand(folder).notKept();
  }
}
