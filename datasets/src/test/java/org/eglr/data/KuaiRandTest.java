package org.eglr.data;

import static org.eglr.data.KuaiRandFixture.row;
import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KuaiRandTest {

  private static final long T = 1_649_400_000_000L;

  private static final String EARLY =
      row(3, 10, T + 30, 0, 0, 1500)
          + row(3, 11, T + 10, 1, 0, 2000)
          + row(0, 12, T + 5, 1, 1, 900)
          + row(0, 99, T + 6, 1, 1, 900)
          + row(3, 10, T + 40, 1, 1, 500);
  private static final String LATE =
      row(0, 11, T + 7, 0, 0, 0) + row(3, 12, T + 50, 0, 0, 250) + row(3, 11, T + 60, 0, 0, 0);
  private static final String RANDOM = row(3, 12, T + 20, 0, 1, 0) + row(3, 11, T + 21, 0, 1, 7000);

  @TempDir private Path folder;

  private KuaiRand write() throws IOException {
    return KuaiRandFixture.write(folder, "1k", EARLY, LATE, RANDOM).length(2).minOccurrences(2);
  }

  @Test
  void listsAreConsecutiveImpressions() throws IOException {
    ListLog log = write().log();
    // User 0: video 99 is rare. User 3: video 10 comes again in the first list; 12 and 11 make the
    // second one.
    assertEquals(List.of("0: 12* 11", "3: 11* 10*", "3: 12 11"), TianchiAdTest.lists(log));
    assertEquals(4.0f, log.utility(1), "seconds of play: 2 + 1.5 + 0.5");
    assertEquals(T + 10, log.time(1));
    assertEquals("KuaiRand-1K", log.name());
    assertEquals(
        List.of(
            "1 of 8 impressions are of videos that are shown less than 2 times, and were left out",
            "1 of 3 lists have no click"),
        log.warnings());
  }

  @Test
  void optionsDecideTheCut() throws IOException {
    write();
    assertEquals(
        List.of("3: 12* 11*"),
        TianchiAdTest.lists(
            log().logs(KuaiRandPart.RANDOM).clicked("long_view").minOccurrences(1).log()));
    ListLog all =
        log()
            .logs(KuaiRandPart.STANDARD_EARLY, KuaiRandPart.RANDOM)
            .utility(KuaiRandUtility.CLICKS)
            .minOccurrences(2)
            .log();
    assertEquals(List.of("3: 11* 12"), TianchiAdTest.lists(all), "12 and 11 of the random log");
    assertEquals(1f, all.utility(0));
    assertRefused(
        () -> log().log(), "KuaiRand-1K: no user has 2 impressions of videos", "50 times or more");
    assertRefused(() -> log().length(1), "length(1): allowed is 2 to 1000");
    assertRefused(() -> log().minOccurrences(0), "minOccurrences(0): allowed is 1");
    assertRefused(
        () -> log().clicked("is_loved").log(), "line 1: the header lacks the column is_loved");
  }

  private KuaiRand log() {
    return Datasets.kuaiRand(folder).notKept().length(2);
  }

  @Test
  void featuresAsPublished() throws IOException {
    ListLog log = write().log();
    Entities users = log.users();
    assertArrayEquals(
        new String[] {"0", "-124"}, users.categories(Field.categorical("is_live_streamer")));
    assertArrayEquals(
        new String[] {"(0,10]", "(250,500]"},
        users.categories(Field.categorical("follow_user_num_range")));
    assertArrayEquals(
        new String[] {"2", "(missing)"}, users.categories(Field.categorical("onehot_feat4")));
    assertArrayEquals(
        new String[] {"0", "1"}, users.categories(Field.categorical("onehot_feat12")));
    assertEquals(1 + 8 + 18, users.fields().size());
    Entities videos = log.items();
    assertArrayEquals(
        new String[] {"12", "8", "(missing)"}, videos.categories(Field.categorical("tag")));
    assertArrayEquals(
        new String[] {"9", "4", "(missing)"}, videos.categories(Field.categorical("music_type")));
    assertArrayEquals(
        new double[] {Math.log(8901), Double.NaN, 0},
        videos.values(Field.dense("log_video_duration")),
        1e-12);
    assertArrayEquals(new double[] {720, 720, 540}, videos.values(Field.dense("server_width")), 0);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void asAnotherProgramCuts(int seed) throws IOException {
    var random = new java.util.Random(seed);
    List<int[]> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < 400; r++) {
      int video = (int) (random.nextDouble() * random.nextDouble() * 30);
      int[] row = {
        random.nextInt(6), video, random.nextInt(1000), random.nextInt(2), random.nextInt(90)
      };
      rows.add(row);
      text.append(row(row[0], row[1], row[2], row[3], 0, row[4]));
    }
    ListLog log =
        KuaiRandFixture.write(folder, "pure", text.toString(), row(0, 10, 2000, 0, 0, 0), "")
            .length(4)
            .minOccurrences(8)
            .log();
    rows.add(new int[] {0, 10, 2000, 0, 0});
    List<String> expected = new ArrayList<>();
    List<Float> utilities = new ArrayList<>();
    for (int user = 0; user < 6; user++) {
      int u = user;
      List<int[]> own =
          rows.stream()
              .filter(row -> row[0] == u)
              .filter(row -> rows.stream().filter(o -> o[1] == row[1]).count() >= 8)
              .sorted(Comparator.comparingInt(row -> row[2]))
              .toList();
      int at = 0;
      while (true) {
        List<Integer> items = new ArrayList<>();
        List<Integer> clicks = new ArrayList<>();
        float played = 0;
        for (; at < own.size(); at++) {
          int[] row = own.get(at);
          if (!items.contains(row[1]) && items.size() == 4) {
            break;
          }
          if (!items.contains(row[1])) {
            items.add(row[1]);
          }
          if (row[3] == 1) {
            clicks.add(row[1]);
          }
          played += row[4];
        }
        if (items.size() < 4) {
          break;
        }
        StringBuilder list = new StringBuilder(user + ":");
        items.forEach(
            item -> list.append(' ').append(item).append(clicks.contains(item) ? "*" : ""));
        expected.add(list.toString());
        utilities.add(played / 1000);
      }
    }
    assertEquals("KuaiRand-Pure", log.name());
    assertEquals(expected, TianchiAdTest.lists(log));
    for (int list = 0; list < log.size(); list++) {
      assertEquals(utilities.get(list), log.utility(list), 1e-6f);
    }
  }

  @Test
  void mistakesAreNamed() throws IOException {
    KuaiRand log = KuaiRandFixture.write(folder, "1k", EARLY, LATE.replace(",250,", ",-250,"), "");
    assertRefused(
        log::log,
        "log_standard_4_22_to_5_08_1k.csv, line 3, column 'play_time_ms': '-250' is no whole number within 0 and 2,147,483,647");
    log = KuaiRandFixture.write(folder, "1k", EARLY, LATE.replace("0,11,", "0,,"), "");
    assertRefused(log::log, "log_standard_4_22_to_5_08_1k.csv, line 2, column 'video_id': ''");
    write();
    Path videos = folder.resolve("video_features_basic_1k.csv");
    Files.writeString(videos, KuaiRandFixture.VIDEOS.replace("\"12,65\"", "12,65"));
    assertRefused(
        () -> write(options -> {}),
        "video_features_basic_1k.csv, line 2: 13 columns; the header has 12",
        "a text with commas not quoted");
    Files.writeString(videos, KuaiRandFixture.VIDEOS.replace("\"12,65\"", "\"12,65"));
    assertRefused(
        () -> write(options -> {}),
        "video_features_basic_1k.csv, line 2: column 12, '\"12,65': the quote is not closed");
    Files.writeString(videos, KuaiRandFixture.VIDEOS.replace("8900.0", "long"));
    assertRefused(
        () -> write(options -> {}),
        "video_features_basic_1k.csv, line 2, column 'video_duration': 'long' is no number");
  }

  /** Reads what stands in the folder. */
  private ListLog write(java.util.function.Consumer<KuaiRand> options) {
    KuaiRand log = log().minOccurrences(2);
    options.accept(log);
    return log.log();
  }

  @Test
  void theFolderIsFound() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    KuaiRandFixture.write(data, "1k", EARLY, LATE, RANDOM);
    assertEquals(3, write(options -> {}).size(), "the folder that was unpacked");
    KuaiRandFixture.write(data, "pure", EARLY, LATE, RANDOM);
    assertRefused(() -> write(options -> {}), "holds both KuaiRand-1K and KuaiRand-Pure");
    Files.delete(data.resolve("user_features_pure.csv"));
    Files.delete(data.resolve("log_standard_4_22_to_5_08_1k.csv"));
    assertRefused(
        () -> write(options -> {}),
        "is incomplete: log_standard_4_22_to_5_08_1k.csv is not there",
        "leave this log out: logs(...)");
    assertEquals(2, write(log -> log.logs(KuaiRandPart.STANDARD_EARLY).minOccurrences(1)).size());
    Files.delete(data.resolve("user_features_1k.csv"));
    assertRefused(
        () -> write(options -> {}),
        "holds neither user_features_1k.csv nor",
        "KuaiRand-27K is not");
    assertRefused(
        () -> Datasets.kuaiRand(folder.resolve("none")).log(), "none does not exist; KuaiRand is");
  }
}
