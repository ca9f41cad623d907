package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files made by hand in the shapes of published logs. */
class PublishedLogsTest {

  private static final String NEWS =
      "N1\tsports\tgolf\tA \"quoted\" title\tAbstract\thttps://x\t[]\t[]\n"
          + "N2\tnews\tworld\tSecond\t\thttps://y\t[]\t[]\n";
  private static final String BEHAVIORS =
      "1\tU7\t11/15/2019 8:55:22 PM\tN9 N8\tN1-0 N2-1\n"
          + "2\tU7\t11/9/2019 12:05:00 AM\t\tN2-0 N1-1\n";

  @TempDir private Path folder;

  private ListLog mind(String behaviors) throws IOException {
    Files.writeString(folder.resolve("news.tsv"), NEWS);
    Files.writeString(folder.resolve("behaviors.tsv"), behaviors);
    return Datasets.mind(folder);
  }

  @Test
  void mind() throws IOException {
    ListLog log = mind(BEHAVIORS);
    assertEquals(2, log.size());
    assertEquals("A \"quoted\" title", log.items().label(log.candidate(0, 0)));
    assertFalse(log.clicked(0, 0));
    assertTrue(log.clicked(0, 1));
    assertEquals("golf", log.items().categories(Field.categorical("subcategory"))[0]);
    assertEquals(1, log.split(0.5, 0, 0.5).train().logIndex(0), "the ninth comes first");
    assertRefused(
        () -> mind(BEHAVIORS.replace("N2-1", "N2")),
        "behaviors.tsv, line 1, column 'impressions': 'N2' has no label",
        "N123-1");
    assertRefused(
        () -> mind(BEHAVIORS.replace("N1-1", "N3-1")), "line 2", "'N3-1' is not in news.tsv");
    assertRefused(() -> mind(BEHAVIORS.replace("11/9/2019", "9.11.2019")), "line 2", "is no time");
    assertRefused(() -> mind("1\tU7\n"), "line 1", "2 columns; expected are 5");
  }

  private static final String HOTELS =
      "srch_id,date_time,site_id,visitor_location_country_id,visitor_hist_starrating,"
          + "visitor_hist_adr_usd,prop_country_id,prop_id,prop_starrating,prop_review_score,"
          + "prop_brand_bool,prop_location_score1,prop_location_score2,prop_log_historical_price,"
          + "position,price_usd,promotion_flag,srch_destination_id,srch_length_of_stay,"
          + "srch_booking_window,srch_adults_count,srch_children_count,srch_room_count,"
          + "srch_saturday_night_bool,srch_query_affinity_score,orig_destination_distance,"
          + "random_bool,comp1_rate,comp1_inv,comp1_rate_percent_diff,click_bool,"
          + "gross_bookings_usd,booking_bool\n";

  private static String hotel(int search, int hotel, int position, int click, int booking) {
    return ("%d,2013-04-0%d 08:32:15,12,187,NULL,NULL,219,%d,3,3.5,1,2.83,%s,4.95,%d,104.77,0,"
            + "23246,1,0,4,0,1,1,NULL,NULL,1,NULL,NULL,NULL,%d,NULL,%d\n")
        .formatted(
            search, search, hotel, hotel == 27 ? "NULL" : "0.0438", position, click, booking);
  }

  @Test
  void expedia() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("train.csv"),
            HOTELS
                + hotel(2, 893, 27, 0, 0)
                + hotel(2, 27, 3, 1, 1)
                + hotel(1, 27, 1, 1, 0)
                + hotel(1, 10, 2, 0, 0));
    ListLog log = Datasets.expedia(file);
    assertEquals(2, log.size());
    assertEquals("27", log.items().key(log.candidate(0, 0)), "position 3 comes before 27");
    assertTrue(log.clicked(0, 0));
    assertEquals(5f, log.utility(0));
    assertEquals(1f, log.utility(1));
    Field flag = Field.dense("prop_location_score2_missing");
    assertEquals(1, log.items().values(flag)[log.candidate(0, 0)]);
    assertEquals(0, log.items().values(flag)[log.candidate(0, 1)]);
    assertEquals(1, log.split(0.5, 0, 0.5).train().logIndex(0), "the earlier search");
  }
}
