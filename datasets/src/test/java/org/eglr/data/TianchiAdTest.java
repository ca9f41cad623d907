package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TianchiAdTest {

  @TempDir private Path folder;

  /** A list as text: user: item, item*, where a star is a click. */
  static List<String> lists(ListLog log) {
    List<String> lists = new ArrayList<>();
    for (int list = 0; list < log.size(); list++) {
      StringBuilder text = new StringBuilder(log.users().key(log.user(list)) + ":");
      for (int i = 0; i < log.pool(list); i++) {
        text.append(' ').append(log.items().key(log.candidate(list, i)));
        text.append(log.clicked(list, i) ? "*" : "");
      }
      lists.add(text.toString());
    }
    return lists;
  }

  @Test
  void theLatestWindowWithAClickOfEveryUser() throws IOException {
    ListLog log = TianchiAdFixture.write(folder).log();
    // User 7: 300 seconds reach the two ads of one second, in the order of the file. User 8 saw one
    // ad only, user 5 has no click. User 9's last impression stands alone, without a click; in the
    // window before it ad 1 was shown twice and clicked the second time.
    assertEquals(List.of("7: 2 1 4* 3", "9: 1* 2*"), lists(log));
    assertEquals(2, log.utility(1), "clicks");
    assertEquals(1494137644, log.time(1));
    assertEquals("Tianchi Ad 56", log.name());
    assertEquals(
        List.of(
            "2 of 4 users have no list and were left out",
            "1 windows show one item only and were passed over: nothing can be re-ranked there"),
        log.warnings());
  }

  @Test
  void whatIsEmptyIsMissing() throws IOException {
    ListLog log = TianchiAdFixture.write(folder).log();
    assertArrayEquals(
        new String[] {"(missing)", "95471", "(missing)", "3"},
        log.items().categories(Field.categorical("brand")));
    assertArrayEquals(
        new String[] {"1", "2", "3", "4"}, log.items().categories(Field.categorical("adgroup_id")));
    double[] prices = log.items().values(Field.dense("log_price"));
    assertArrayEquals(new double[] {Double.NaN, Math.log(171), Math.log(100.5), 0}, prices, 1e-12);
    assertArrayEquals(
        new double[] {1, 0, 0, 0}, log.items().values(Field.dense("log_price_missing")));
    assertArrayEquals(
        new String[] {"1", "(missing)"}, log.users().categories(Field.categorical("pvalue_level")));
    assertArrayEquals(
        new String[] {"(missing)", "3"},
        log.users().categories(Field.categorical("new_user_class_level")));
    assertEquals(8, log.users().fields().size());
    assertEquals(2, log.split(0.5, 0, 0.5).schema().itemValues().size());
  }

  @Test
  void copiesDiffer() throws IOException {
    String ads = TianchiAdFixture.ADS.replace("customer", "customer_id").replace("\n", "\r\n");
    String users = "\uFEFF" + TianchiAdFixture.USERS.replace("level \n", "level\n");
    String samples =
        TianchiAdFixture.SAMPLES
            .replace("user,time_stamp", "\"user\", time_stamp")
            .replace("\n7,", "\n\"7\",");
    ListLog log = TianchiAdFixture.write(folder, samples, ads, users).log();
    assertEquals(List.of("7: 2 1 4* 3", "9: 1* 2*"), lists(log));
    assertEquals("6783", log.items().categories(Field.categorical("customer"))[1]);
  }

  @Test
  void optionsDecideTheCut() throws IOException {
    TianchiAdFixture.write(folder);
    assertEquals(
        List.of("7: 4* 3", "9: 1* 2*"), lists(log().window(Duration.ofSeconds(299)).log()));
    assertEquals(List.of("7: 2 1", "9: 1* 2*"), lists(log().longest(2).log()));
    assertTrue(
        log()
            .longest(2)
            .log()
            .warnings()
            .contains("1 of 2 lists have no click: it came behind the items that a list holds"));
    assertEquals(
        List.of("5: 1 2 3", "7: 2 1 4* 3", "9: 1* 2*"), lists(log().withUnclicked().log()));
    assertEquals(
        List.of("7: 2 1", "7: 4* 3", "9: 1* 2*"),
        lists(
                log()
                    .window(Duration.ofSeconds(299))
                    .withUnclicked()
                    .listsPerUser(2)
                    .log()
                    .split(1, 0, 0)
                    .log())
            .stream()
            .filter(text -> !text.startsWith("5"))
            .toList());
    assertRefused(
        () -> log().minImpressions(5).log(),
        "raw_sample.csv: no list with 2 items or more and a click among 4 users",
        "withUnclicked()");
    assertRefused(() -> log().longest(1), "longest(1): allowed is 2 to 1000");
    assertRefused(() -> log().listsPerUser(0), "listsPerUser(0): allowed is 1");
    assertRefused(() -> log().minImpressions(1), "minImpressions(1): allowed is 2");
    assertRefused(() -> log().window(Duration.ZERO), "window(PT0S): allowed is a second");
  }

  private TianchiAd log() {
    return Datasets.tianchiAd(folder).notKept();
  }

  /** The cut written another way: on lists of rows, the user's impressions latest first. */
  private static List<String> brute(List<int[]> rows, int users, int window, int longest) {
    List<String> lists = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      int u = user;
      List<int[]> own =
          IntStream.range(0, rows.size())
              .boxed()
              .filter(r -> rows.get(r)[0] == u)
              .sorted(
                  (a, b) ->
                      rows.get(a)[1] != rows.get(b)[1] ? rows.get(b)[1] - rows.get(a)[1] : b - a)
              .map(rows::get)
              .toList();
      int start = 0;
      while (own.size() > 2 && start < own.size()) {
        int end = start;
        while (end < own.size() && own.get(start)[1] - own.get(end)[1] <= window) {
          end++;
        }
        List<Integer> items = new ArrayList<>();
        List<Integer> clicked = new ArrayList<>();
        for (int i = end - 1; i >= start; i--) {
          int item = own.get(i)[2];
          if (!items.contains(item) && items.size() < longest) {
            items.add(item);
          }
          if (own.get(i)[3] == 1) {
            clicked.add(item);
          }
        }
        if (!clicked.isEmpty() && items.size() > 1) {
          StringBuilder text = new StringBuilder(user + ":");
          items.forEach(
              item -> text.append(' ').append(item).append(clicked.contains(item) ? "*" : ""));
          lists.add(text.toString());
          break;
        }
        start = end;
      }
    }
    return lists;
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5"})
  void asAnotherProgramCuts(int seed) throws IOException {
    var random = new java.util.Random(seed);
    List<int[]> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder("user,time_stamp,adgroup_id,pid,nonclk,clk\n");
    for (int r = 0; r < 600; r++) {
      int click = random.nextInt(6) == 0 ? 1 : 0;
      int[] row = {random.nextInt(40), random.nextInt(400), random.nextInt(12), click};
      rows.add(row);
      text.append("%d,%d,%d,p,%d,%d%n".formatted(row[0], row[1], row[2], 1 - click, click));
    }
    StringBuilder ads =
        new StringBuilder(TianchiAdFixture.ADS.lines().findFirst().orElseThrow() + "\n");
    for (int ad = 0; ad < 12; ad++) {
      ads.append("%d,1,1,1,1,1\n".formatted(ad));
    }
    ListLog log =
        TianchiAdFixture.write(folder, text.toString(), ads.toString(), TianchiAdFixture.USERS)
            .window(Duration.ofSeconds(30))
            .longest(4)
            .log();
    List<String> expected = brute(rows, 40, 30, 4);
    assertTrue(expected.size() > 20, expected.toString());
    assertEquals(expected, lists(log));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9,1494137644,1|x9,1494137644,1|raw_sample.csv, line 2, column 'user': 'x9' is no whole number within 0 and 9,223,372,036,854,775,807",
        "9,1494137644,1|-9,1494137644,1|raw_sample.csv, line 2, column 'user': '-9' is no whole number",
        "9,1494137644,1|9,yesterday,1|raw_sample.csv, line 2, column 'time_stamp': 'yesterday' is no whole number",
        "9,1494137644,1|9,99999999999999,1|column 'time_stamp': '99999999999999' is no whole number within 0 and 4,398,046,511,103",
        "9,1494137644,1|9,1494137644,|raw_sample.csv, line 2, column 'adgroup_id': '' is no whole number",
        "430548_1007,1,0|430548_1007,1,2|raw_sample.csv, line 2, column 'clk': '2' is neither 0 nor 1",
        "430548_1007,1,0|430548_1007,1|raw_sample.csv, line 2: 5 columns; the header has 6. The file may be cut off",
        "430548_1007,1,0|\"430548_1007,1,0|raw_sample.csv, line 2: column 4, '\"430548_1007,1,0': the quote is not closed",
        "nonclk,clk|nonclk,click|raw_sample.csv, line 1: the header lacks the column clk; it is 'user,time_stamp,adgroup_id,pid,nonclk,click'",
        "user,time_stamp|user,user|raw_sample.csv, line 1: the header lacks the column time_stamp",
        "time_stamp,adgroup_id,pid|time_stamp,adgroup_id,user|raw_sample.csv, line 1: the header names 'user' twice",
      })
  void aMistakeInTheImpressionsIsNamed(String good, String bad, String message) throws IOException {
    String samples = TianchiAdFixture.SAMPLES.replaceFirst(good, bad);
    TianchiAd log =
        TianchiAdFixture.write(folder, samples, TianchiAdFixture.ADS, TianchiAdFixture.USERS);
    assertRefused(log::log, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "99.5|cheap|ad_feature.csv, line 3, column 'price': 'cheap' is no number; an empty cell or NULL is a missing one",
        "99.5|-99.5|ad_feature.csv, line 3, column 'price': '-99.5' is below 0; an amount is 0 or more",
        "2,6261|3,6261|ad_feature.csv, line 4, column 'adgroup_id': '3' stands in line 3 already; ids must be distinct",
        "customer,|buyer,|ad_feature.csv, line 1: the header lacks the column customer or customer_id",
        "customer,brand|other,other|the header lacks the columns customer or customer_id, brand",
      })
  void aMistakeInTheAdvertisementsIsNamed(String good, String bad, String message)
      throws IOException {
    String ads = TianchiAdFixture.ADS.replaceFirst(good, bad);
    TianchiAd log =
        TianchiAdFixture.write(folder, TianchiAdFixture.SAMPLES, ads, TianchiAdFixture.USERS);
    assertRefused(log::log, message);
  }

  @Test
  void filesThatDoNotBelongTogether() throws IOException {
    String samples = TianchiAdFixture.SAMPLES;
    String ads = TianchiAdFixture.ADS.lines().findFirst().orElseThrow() + "\n";
    assertRefused(
        () -> TianchiAdFixture.write(folder, samples, ads, TianchiAdFixture.USERS).log(),
        "ad_feature.csv has a header but no rows; is it cut off?");
    assertRefused(
        () ->
            TianchiAdFixture.write(folder, samples, ads + "77,1,1,1,1,1\n", TianchiAdFixture.USERS)
                .log(),
        "ad_feature.csv has none of the log's items; the files do not belong together");
    ListLog log =
        TianchiAdFixture.write(folder, samples, ads + "1,5,6,7,8,9\n", TianchiAdFixture.USERS)
            .log();
    assertTrue(
        log.warnings().get(2).startsWith("3 of 4 items are not in ad_feature.csv"),
        log.warnings().toString());
    assertEquals(
        List.of("5", "(missing)", "(missing)", "(missing)"),
        Arrays.asList(log.items().categories(Field.categorical("cate_id"))));
  }

  @Test
  void aFileThatIsNotThereOrOfAnotherKind() throws IOException {
    TianchiAdFixture.write(folder);
    Files.writeString(
        folder.resolve("user_profile.csv"), TianchiAdFixture.USERS.replace(',', '\t'));
    assertRefused(
        () -> log().log(),
        "user_profile.csv, line 1: the columns are separated by tabs; expected are ','");
    Files.delete(folder.resolve("user_profile.csv"));
    assertRefused(
        () -> log().log(), "is incomplete: user_profile.csv is not there", "unpack all three");
    assertRefused(
        () -> Datasets.tianchiAd(folder.resolve("raw_sample.csv")).log(),
        "raw_sample.csv is not a folder; Tianchi Ad 56 is a folder with");
    assertRefused(
        () -> Datasets.tianchiAd(folder.resolve("none")).log(), "none does not exist; Tianchi");
    Files.writeString(folder.resolve("user_profile.csv"), TianchiAdFixture.USERS);
    Files.write(folder.resolve("raw_sample.csv"), new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, '\n'});
    assertRefused(() -> log().log(), "raw_sample.csv, line 1: control character", "unpack it");
  }
}
