package org.eglr.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * KuaiRand-1K or KuaiRand-Pure, what users of a short-video application were shown, as published:
 * {@code log_standard_4_08_to_4_21_1k.csv}, {@code log_standard_4_22_to_5_08_1k.csv}, {@code
 * log_random_4_22_to_5_08_1k.csv}, {@code user_features_1k.csv} and {@code
 * video_features_basic_1k.csv}, or the same with {@code _pure}. Every user's impressions, in the
 * order of time and without rare videos, are cut into consecutive lists of the same length; the
 * last, incomplete one is dropped. A click is {@code is_click}, the utility the time of play.
 *
 * <p>A video that is shown again within a list counts once, as clicked if it was at any time, with
 * the sum of its times of play. Users have the fields user_id, eight of their features (numbers of
 * followers and the like as the published ranges) and onehot_feat0 to 17; items video_id,
 * author_id, video_type, upload_type, visible_status, music_id, music_type, the first tag,
 * server_width, server_height and log_video_duration (the logarithm of 1 + milliseconds). The
 * published statistics of videos are no features: they count the clicks that are to be predicted.
 */
public final class KuaiRand extends CutLog<KuaiRand> {

  private static final List<String> SUFFIXES = List.of("1k", "pure");
  private static final int LONGEST = 1_000;

  private Set<KuaiRandPart> parts =
      EnumSet.of(KuaiRandPart.STANDARD_EARLY, KuaiRandPart.STANDARD_LATE);
  private int length = 10;
  private int minOccurrences = 50;
  private String clicked = "is_click";
  private KuaiRandUtility utility = KuaiRandUtility.PLAY_SECONDS;

  KuaiRand(Path folder) {
    super(folder);
  }

  /** The logs that are read, at least one; by default the two standard ones. */
  public KuaiRand logs(KuaiRandPart first, KuaiRandPart... others) {
    parts = EnumSet.of(first, others);
    return this;
  }

  /** Items of a list, 2 to 1,000; by default 10. */
  public KuaiRand length(int items) {
    length = within("length", items, 2, LONGEST);
    return this;
  }

  /**
   * Videos with fewer impressions in the logs that are read are left out; at least 1, by default
   * 50.
   */
  public KuaiRand minOccurrences(int least) {
    minOccurrences = within("minOccurrences", least, 1, Integer.MAX_VALUE);
    return this;
  }

  /** The column of 0 and 1 that counts as the click; by default is_click. */
  public KuaiRand clicked(String column) {
    clicked = Objects.requireNonNull(column, "clicked");
    return this;
  }

  /** What a list was worth; by default {@link KuaiRandUtility#PLAY_SECONDS}. */
  public KuaiRand utility(KuaiRandUtility value) {
    utility = Objects.requireNonNull(value, "utility");
    return this;
  }

  @Override
  String options() {
    return "kuairand 1, logs %s, length %d, min occurrences %d, clicked %s, utility %s"
        .formatted(parts, length, minOccurrences, clicked, utility);
  }

  @Override
  List<Path> files() {
    Path data = folder().resolve("data");
    Path place = Files.isDirectory(data) ? data : folder();
    String suffix = suffix(place);
    List<Path> files = new ArrayList<>();
    files.add(part(place, "user_features_" + suffix + ".csv"));
    files.add(part(place, "video_features_basic_" + suffix + ".csv"));
    for (KuaiRandPart log : parts) {
      files.add(part(place, log.file + "_" + suffix + ".csv"));
    }
    return files;
  }

  private String suffix(Path place) {
    if (!Files.isDirectory(folder())) {
      throw new DataException(
          "%s %s; KuaiRand is the folder that was unpacked, or the folder data in it"
              .formatted(folder(), Files.exists(folder()) ? "is not a folder" : "does not exist"));
    }
    List<String> found =
        SUFFIXES.stream()
            .filter(s -> Files.exists(place.resolve("user_features_" + s + ".csv")))
            .toList();
    if (found.size() != 1) {
      throw new DataException(
          found.isEmpty()
              ? "%s holds neither user_features_1k.csv nor user_features_pure.csv; KuaiRand-1K and KuaiRand-Pure are read, KuaiRand-27K is not"
                  .formatted(place)
              : "%s holds both KuaiRand-1K and KuaiRand-Pure; keep them in folders of their own"
                  .formatted(place));
    }
    return found.get(0);
  }

  private static Path part(Path place, String name) {
    Path file = place.resolve(name);
    if (!Files.exists(file)) {
      throw new DataException(
          "%s is incomplete: %s is not there. Unpack the archive again, or leave this log out: logs(...)"
              .formatted(place, name));
    }
    return file;
  }

  @Override
  ListLog cut(ReadProgress reading) {
    List<Path> files = files();
    boolean pure = files.get(0).getFileName().toString().contains("_pure");
    return new KuaiRandCut(length, minOccurrences, clicked, utility, reading)
        .log(pure ? "KuaiRand-Pure" : "KuaiRand-1K", files);
  }
}
