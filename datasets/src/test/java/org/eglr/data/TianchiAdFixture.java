package org.eglr.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files in the shape of Tianchi Ad 56, with the quirks of the published ones. */
final class TianchiAdFixture {

  static final String SAMPLES =
      """
      user,time_stamp,adgroup_id,pid,nonclk,clk
      9,1494137644,1,430548_1007,1,0
      7,1494638778,3,430548_1007,1,0
      9,1494137700,2,430548_1007,0,1
      7,1494638770,4,430539_1007,0,1
      7,1494638478,2,430548_1007,1,0
      7,1494638478,1,430548_1007,1,0
      8,1494650879,4,430548_1007,0,1
      8,1494650900,4,430548_1007,1,0
      8,1494650901,4,430548_1007,1,0
      9,1494140000,3,430548_1007,1,0
      9,1494137800,1,430548_1007,0,1
      5,1494140000,1,430548_1007,1,0
      5,1494140001,2,430548_1007,1,0
      5,1494140002,3,430548_1007,1,0
      """;

  static final String ADS =
      """
      adgroup_id,cate_id,campaign_id,customer,brand,price
      4,6261,387991,6783,3.0,0.0
      3,11749,127,8000,NULL,99.5
      2,6261,127,6783,95471,170.0
      1,6261,999,1,NULL,
      77,1,1,1,1,1
      """;

  static final String USERS =
      """
      userid,cms_segid,cms_group_id,final_gender_code,age_level,pvalue_level,shopping_level,occupation,new_user_class_level\s
      9,0,5,2,5,,3,0,3
      7,19,3,2,3,1,3,0,
      """;

  private TianchiAdFixture() {}

  static TianchiAd write(Path folder, String samples, String ads, String users) throws IOException {
    Files.writeString(folder.resolve("raw_sample.csv"), samples);
    Files.writeString(folder.resolve("ad_feature.csv"), ads);
    Files.writeString(folder.resolve("user_profile.csv"), users);
    return Datasets.tianchiAd(folder).notKept();
  }

  static TianchiAd write(Path folder) throws IOException {
    return write(folder, SAMPLES, ADS, USERS);
  }
}
