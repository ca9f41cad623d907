package org.eglr.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Tianchi Ad 56, Taobao's display advertisements of eight days, as published: {@code
 * raw_sample.csv} (impressions), {@code ad_feature.csv} and {@code user_profile.csv}. A list is
 * what a user was shown within some minutes: the latest such window of a user with a click in it,
 * as LibRerank cuts them; the utility is the number of clicks.
 *
 * <p>Impressions stand in the order of their time; those of the same second in the order of the
 * file. An advertisement that was shown twice in a list counts once, as clicked if either was.
 * Windows that show one advertisement are passed over. Items have the fields adgroup_id, cate_id,
 * campaign_id, customer, brand and log_price (the logarithm of 1 + price); users the eight columns
 * of their profile. What is NULL or empty is a category of its own, "(missing)".
 */
public final class TianchiAd extends CutLog<TianchiAd> {

  private static final String ABOUT = "Tianchi Ad 56";
  private static final int MOST_ITEMS = 1_000;

  private Duration window = Duration.ofMinutes(5);
  private int longest = 10;
  private int listsPerUser = 1;
  private int minImpressions = 3;
  private boolean unclicked;

  TianchiAd(Path folder) {
    super(folder);
  }

  /** From the list's last impression back to its first at most; by default 5 minutes. */
  public TianchiAd window(Duration value) {
    window = atLeastASecond("window", value);
    return this;
  }

  /** Items of a list at most, 2 to 1,000: the first of the window; by default 10. */
  public TianchiAd longest(int items) {
    longest = within("longest", items, 2, MOST_ITEMS);
    return this;
  }

  /** Lists of a user at most, at least 1: the latest; by default 1. */
  public TianchiAd listsPerUser(int most) {
    listsPerUser = within("listsPerUser", most, 1, Integer.MAX_VALUE);
    return this;
  }

  /** Users with fewer impressions are left out; at least 2, by default 3. */
  public TianchiAd minImpressions(int least) {
    minImpressions = within("minImpressions", least, 2, Integer.MAX_VALUE);
    return this;
  }

  /** Takes windows without a click as well, and so users without one; by default not. */
  public TianchiAd withUnclicked() {
    unclicked = true;
    return this;
  }

  @Override
  String options() {
    return "tianchi-ad 1, window %d s, longest %d, lists per user %d, min impressions %d, unclicked %s"
        .formatted(window.toSeconds(), longest, listsPerUser, minImpressions, unclicked);
  }

  @Override
  List<Path> files() {
    if (!Files.isDirectory(folder())) {
      throw new DataException(
          "%s %s; %s is a folder with raw_sample.csv, ad_feature.csv and user_profile.csv"
              .formatted(
                  folder(), Files.exists(folder()) ? "is not a folder" : "does not exist", ABOUT));
    }
    return List.of(part("raw_sample.csv"), part("user_profile.csv"), part("ad_feature.csv"));
  }

  private Path part(String name) {
    Path file = folder().resolve(name);
    if (!Files.exists(file)) {
      throw new DataException(
          "%s is incomplete: %s is not there. %s has raw_sample.csv, ad_feature.csv and user_profile.csv; unpack all three into the folder"
              .formatted(folder(), name, ABOUT));
    }
    return file;
  }

  @Override
  ListLog cut(ReadProgress reading) {
    return new TianchiAdCut(
            window.toSeconds(), longest, listsPerUser, minImpressions, unclicked, reading)
        .log(ABOUT, files());
  }
}
