package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

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

  @Test
  void expediaSortedAtRandom() throws IOException {
    String sorted = hotel(1, 27, 1, 1, 0) + hotel(1, 10, 2, 0, 0);
    String random = hotel(2, 893, 2, 0, 0) + hotel(2, 27, 1, 1, 1);
    Path file =
        Files.writeString(
            folder.resolve("train.csv"),
            HOTELS + sorted.replace("NULL,NULL,1,NULL", "NULL,NULL,0,NULL") + random);
    ListLog log = Datasets.expediaRandom(file);
    assertEquals(1, log.size());
    assertEquals("27", log.items().key(log.candidate(0, 0)));
    assertEquals(2, Datasets.expedia(file).size());
    Files.writeString(file, HOTELS + sorted.replace("NULL,NULL,1,NULL", "NULL,NULL,0,NULL"));
    assertRefused(
        () -> Datasets.expediaRandom(file), "train.csv: random_bool is 0 in all rows; no search");
    Files.writeString(file, HOTELS + sorted.replace("NULL,NULL,1,NULL", "NULL,NULL,2,NULL"));
    assertRefused(() -> Datasets.expediaRandom(file), "train.csv", "'random_bool'", "row 1", "'2'");
  }

  private static final String EB_BEHAVIORS =
      "impression_id,article_id,impression_time,read_time,scroll_percentage,device_type,"
          + "article_ids_inview,article_ids_clicked,user_id,is_sso_user,gender,postcode,age,"
          + "is_subscriber,session_id,next_read_time,next_scroll_percentage\n"
          + "149474,,2023-05-24 07:47:53,13.0,,2,[9778623 9778682],[9778682],139836,False,,,,"
          + "False,759,7.0,22.0\n"
          + "150528,,2023-05-23 07:33:25,25.0,,2,\"[9778682, 9778623, 9700001]\",[9700001],"
          + "143471,False,,,,True,1240,287.0,100.0\n";
  private static final String EB_ARTICLES =
      "article_id,title,subtitle,last_modified_time,premium,published_time,image_ids,article_type,"
          + "url,ner_clusters,entity_groups,topics,category,subcategory,category_str,"
          + "total_inviews,total_pageviews,total_read_time,sentiment_score,sentiment_label\n"
          + "9778623,\"A, title\",,2023-06-29,False,2023-05-24,,article_default,u,[],[],[],140,[],"
          + "krimi,,,,0.9,Negative\n"
          + "9778682,Second,,2023-06-29,False,2023-05-24,,article_default,u,[],[],[],118,[],"
          + "nyheder,,,,0.9,Negative\n"
          + "9700001,Third,,2023-06-29,True,2023-05-24,,article_video,u,[],[],[],118,[],"
          + "nyheder,,,,0.9,Negative\n";

  private ListLog ebNerd(String behaviors, String articles) throws IOException {
    Files.writeString(folder.resolve("behaviors.csv"), behaviors);
    Files.writeString(folder.resolve("articles.csv"), articles);
    return Datasets.ebNerd(folder);
  }

  @Test
  void ebNerd() throws IOException {
    ListLog log = ebNerd(EB_BEHAVIORS, EB_ARTICLES);
    assertEquals(2, log.size());
    assertEquals(2, log.pool(0));
    assertEquals(3, log.pool(1));
    assertEquals("A, title", log.items().label(log.candidate(0, 0)));
    assertFalse(log.clicked(0, 0));
    assertTrue(log.clicked(0, 1));
    assertTrue(log.clicked(1, 2));
    assertEquals(1, log.split(0.5, 0, 0.5).train().logIndex(0), "the 23rd comes first");
    assertRefused(
        () -> ebNerd(EB_BEHAVIORS.replace("[9700001]", "[9700002]"), EB_ARTICLES),
        "article_ids_clicked",
        "row 2",
        "names '9700002', which 'article_ids_inview' does not");
    assertRefused(
        () -> ebNerd(EB_BEHAVIORS, EB_ARTICLES.replace("9700001,Third", "9700009,Third")),
        "article 9700001 of behaviors.csv is not in articles.csv");
    Files.move(folder.resolve("behaviors.csv"), folder.resolve("behaviors.parquet"));
    assertRefused(() -> Datasets.ebNerd(folder), "behaviors.parquet", "read_parquet");
  }

  @Test
  void candidates_in_one_cell() {
    Table table =
        Table.create(
            "log",
            StringColumn.create("id", "1", "2"),
            StringColumn.create("shown", "['a', 'b']", "c a"),
            StringColumn.create("taken", "[b]", ""));
    Table rows = Datasets.unpacked(table, "shown", "taken");
    assertEquals(List.of("a", "b", "c", "a"), rows.stringColumn("item").asList());
    assertEquals(List.of(false, true, false, false), rows.booleanColumn("clicked").asList());
    assertEquals(List.of("1", "1", "2", "2"), rows.stringColumn("id").asList());
    assertRefused(
        () ->
            Datasets.unpacked(
                table.addColumns(StringColumn.create("item", "x", "y")), "shown", "taken"),
        "column 'item' already");
  }
}
