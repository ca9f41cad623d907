package org.eglr.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes files of the size and the columns of Tianchi Ad 56, the same for the same share, of random
 * content: users in no order, sessions of some minutes, few ads that are shown often.
 */
final class TianchiAdFiles {

  private static final int ROWS = 26_557_961;
  private static final int USERS = 1_141_729;
  private static final int ADS = 846_811;
  private static final long FIRST_SECOND = 1_494_000_000;
  private static final int SECONDS = 8 * 24 * 3600;
  private static final int SESSIONS = 4;
  private static final String[] PLACES = {"430548_1007", "430539_1007"};

  private final Path folder;
  private final int rows;
  private final int users;
  private final int ads;

  /**
   * @param share of the published size, above 0
   */
  TianchiAdFiles(Path folder, double share) {
    this.folder = folder;
    rows = (int) Math.ceil(ROWS * share);
    users = (int) Math.ceil(USERS * share);
    ads = (int) Math.ceil(ADS * share);
  }

  void write() throws IOException {
    writeSamples(new SplittableRandom(1));
    writeAds(new SplittableRandom(2));
    writeUsers(new SplittableRandom(3));
  }

  private void writeSamples(SplittableRandom random) throws IOException {
    String header = "user,time_stamp,adgroup_id,pid,nonclk,clk";
    try (RowWriter out = new RowWriter(folder.resolve("raw_sample.csv"), header)) {
      for (int row = 0; row < rows; row++) {
        int user = 1 + random.nextInt(users);
        long session = user * 0x9E3779B97F4A7C15L + random.nextInt(SESSIONS) * 0xBF58476D1CE4E5B9L;
        long second = ((session ^ session >>> 29) >>> 8) % SECONDS + random.nextInt(240);
        double u = random.nextDouble();
        int click = random.nextInt(100) < 5 ? 1 : 0;
        out.number(user).number(FIRST_SECOND + second).number(1 + (long) (ads * u * u * u));
        out.text(PLACES[random.nextInt(2)]).number(1 - click).number(click).end();
      }
    }
  }

  private void writeAds(SplittableRandom random) throws IOException {
    String header = "adgroup_id,cate_id,campaign_id,customer,brand,price";
    try (RowWriter out = new RowWriter(folder.resolve("ad_feature.csv"), header)) {
      for (int ad = 1; ad <= ads; ad++) {
        out.number(ad).number(1 + random.nextInt(12_977)).number(1 + random.nextInt(423_436));
        out.number(1 + random.nextInt(255_875));
        if (random.nextInt(10) < 3) {
          out.text("NULL");
        } else {
          out.number(1 + random.nextInt(461_497));
        }
        out.text((1 + (long) Math.exp(random.nextDouble() * 10)) + ".0").end();
      }
    }
  }

  private void writeUsers(SplittableRandom random) throws IOException {
    String header =
        "userid,cms_segid,cms_group_id,final_gender_code,age_level,pvalue_level,shopping_level,"
            + "occupation,new_user_class_level ";
    try (RowWriter out = new RowWriter(folder.resolve("user_profile.csv"), header)) {
      for (int user = 1; user <= users; user++) {
        if (random.nextInt(100) < 7) {
          continue; // Not every user has a profile.
        }
        out.number(user).number(random.nextInt(97)).number(random.nextInt(13));
        out.number(1 + random.nextInt(2)).number(random.nextInt(7));
        out.text(random.nextInt(100) < 54 ? "" : Integer.toString(1 + random.nextInt(3)));
        out.number(1 + random.nextInt(3)).number(random.nextInt(2));
        out.text(random.nextInt(100) < 32 ? "" : Integer.toString(1 + random.nextInt(4))).end();
      }
    }
  }
}
