package org.eglr.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/** The data sets that can be read: the way in for notebooks and programs. */
public final class Datasets {

  private Datasets() {}

  /**
   * MovieLens as GroupLens publishes it: 100K ({@code u.data}, {@code u.item}, {@code u.user}), 1M
   * ({@code ratings.dat}, {@code movies.dat}, {@code users.dat}), 20M and later ({@code
   * ratings.csv}, {@code movies.csv}; of users nothing but their id is known); or 100K as RecBole's
   * atomic files ({@code NAME.inter}, {@code NAME.item}, {@code NAME.user}). Copies with a byte
   * order mark, with Windows' line ends or with blank last lines are read as well; GroupLens' files
   * in Latin-1 also when they were converted to UTF-8; RecBole's with columns in any order and
   * others between them. Ids are whole numbers up to 2^63-1.
   *
   * @param nameOrPath a folder, or "ml-100k" as fetched by {@code ./eglr data ml-100k}: looked for
   *     below the system property {@code eglr.data}, the environment variable {@code EGLR_DATA} and
   *     {@code ~/.cache/eglr/data}
   * @throws DataException if nothing is found or a file is at fault
   */
  public static Ratings movieLens(String nameOrPath) {
    return movieLens(folder(nameOrPath));
  }

  /**
   * The folder of a data set that is kept by its name.
   *
   * @param nameOrPath a folder, where ~ is the home folder, or a name that is looked for as {@link
   *     #movieLens(String)} says
   * @throws DataException naming the places that were looked at, if nothing is found
   */
  public static Path folder(String nameOrPath) {
    return DataFolders.ofSystem().find(nameOrPath);
  }

  /** MovieLens from a folder, as {@link #movieLens(String)}. */
  public static Ratings movieLens(Path folder) {
    return MovieLensFolder.read(folder);
  }

  /**
   * Lists in LibRerank's format ({@code data.train}, {@code data.valid}, {@code data.test});
   * several files become one log. A line is {@code uid, [[profile ids]], [[item ids], ...],
   * [[dense], ...], [labels]}, separated by tabs. Users get the categorical fields {@code
   * profile_0, ...}; items {@code item_0, ...} and the dense fields {@code dense_0, ...}. The place
   * in the files counts as the time.
   *
   * <p>An item is known by all its numbers: the same ids with other dense values, or a second time
   * in one list, are an item of their own. Its key is its first id; "7#2" is the second item whose
   * first id is 7. Ids are whole numbers, exact up to 2^63-1.
   *
   * @throws DataException if a file is at fault
   */
  public static ListLog libRerank(Path... files) {
    return LibRerank.read(List.of(files));
  }

  /**
   * Lists in LibRerank's format that are split already; vocabularies and scalings are fitted on the
   * training file. (LibRerank itself trains its first-stage ranker on {@code data.train} and its
   * re-rankers on {@code data.valid}.)
   */
  public static Splits libRerankSplits(Path train, Path valid, Path test) {
    return libRerankSplits(train, valid, test, Integer.MAX_VALUE);
  }

  /**
   * As {@link #libRerankSplits(Path, Path, Path)}, of each list the first items, as LibRerank
   * itself cuts them ({@code max_time_len}, 10 for its Ad).
   *
   * @param longest items of a list at most; at least 2
   */
  public static Splits libRerankSplits(Path train, Path valid, Path test, int longest) {
    return LibRerank.readSplits(train, valid, test, longest);
  }

  /**
   * Own data: a table of impressions, one row a candidate of a list, from whatever Tablesaw reads.
   *
   * <pre>{@code
   * ListLog log = Datasets.table(table, c -> c
   *     .list("session").user("user").item("item").clicked("click")  // list, item, clicked: needed
   *     .position("pos").time("ts").utility("watch_s")
   *     .userFields("age").itemFields("category", "price"));
   * Splits data = log.split(0.8, 0.1, 0.1);
   * log.warnings().forEach(System.out::println);
   * }</pre>
   *
   * <p>Text, boolean and whole-number columns are categories, columns of real numbers are dense;
   * {@link TableRoles#categorical} and {@link TableRoles#dense} say otherwise. A missing category
   * is one of its own, "(missing)"; a missing dense value becomes the mean, and a field
   * NAME_missing tells where. Users and items whose fields differ from list to list are entities of
   * their own ("7#2"). Lists that show fewer than 2 items are left out; {@link ListLog#warnings}
   * counts them, and names fields that give the clicks away. Lists of one user are split by time;
   * without users all lists are.
   *
   * @throws DataException naming row (from 1) and column of what cannot be read
   */
  public static ListLog table(Table table, Consumer<TableRoles> roles) {
    TableRoles given = new TableRoles();
    roles.accept(given);
    return TableLists.read(table, given);
  }

  /**
   * Own data from a text file whose first line names the columns, separated by commas, semicolons
   * or tabs; as {@link #table(Table, Consumer)}. Columns in which every value is a number and one
   * of them has a point or an exponent are dense, all others categories. Missing are empty cells,
   * NULL, NA, N/A, NaN and \N.
   */
  public static ListLog table(Path file, Consumer<TableRoles> roles) {
    return table(TableFile.read(file), roles);
  }

  /**
   * Impressions with their candidates in one cell ({@code [12 7]}, {@code ['a', 'b']}) as a table
   * with one row a candidate: the columns {@code item}, {@code shown_at} (from 1) and {@code
   * clicked} beside the others. What is known of the items comes with a join, and the result goes
   * to {@link #table(Table, Consumer)}:
   *
   * <pre>{@code
   * Table rows = Datasets.unpacked(impressions, "inview", "clicked_ids");
   * Table known = rows.joinOn("item").with(articles).rightJoinColumns("article_id").join();
   * Datasets.table(known, c -> c
   *     .list("impression").item("item").clicked("clicked").itemFields("category"));
   * }</pre>
   *
   * @param shown the column of the items shown
   * @param clicked the column of those clicked; an empty cell is no click
   * @throws DataException naming row and column of what cannot be read
   */
  public static Table unpacked(Table impressions, String shown, String clicked) {
    return ListCells.unpacked(impressions, shown, clicked);
  }

  /**
   * EB-NeRD, the news impressions of Ekstra Bladet, in its published columns: {@code behaviors.csv}
   * and {@code articles.csv}, which pandas makes of the published Parquet files ({@code
   * pandas.read_parquet("behaviors.parquet").to_csv("behaviors.csv", index=False)}; of {@code
   * articles.parquet} leave the column {@code body} out). The order in which the articles were
   * shown is not published.
   *
   * @param folder holds both files
   * @throws DataException naming row and column of what cannot be read, or what is missing
   */
  public static ListLog ebNerd(Path folder) {
    return EbNerd.read(folder);
  }

  /**
   * MIND, Microsoft's news impressions: {@code behaviors.tsv} (impression, user, time, history,
   * {@code N123-1 N456-0 ...}) and {@code news.tsv} (id, category, subcategory, title, ...), both
   * without a header. The file's order within an impression is not the order shown; it is kept.
   * Impressions without labels ({@code N123}, as in the test files) are refused.
   *
   * @param folder holds both files
   * @throws DataException naming line and value of what cannot be read
   */
  public static ListLog mind(Path folder) {
    return Mind.read(folder);
  }

  /**
   * Tianchi Ad 56, Taobao's display advertisements, as published: {@code raw_sample.csv} (26
   * million impressions), {@code ad_feature.csv} and {@code user_profile.csv}, cut into lists in
   * one pass.
   *
   * <pre>{@code
   * Splits data = Datasets.tianchiAd(folder).longest(10).split(0.8, 0.1, 0.1);
   * }</pre>
   *
   * @param folder holds the three files, unpacked
   */
  public static TianchiAd tianchiAd(Path folder) {
    return new TianchiAd(folder);
  }

  /**
   * KuaiRand-1K or KuaiRand-Pure, Kuaishou's short videos, as published: three logs of impressions,
   * {@code user_features_1k.csv} and {@code video_features_basic_1k.csv} (or {@code _pure}), cut
   * into lists in one pass.
   *
   * <pre>{@code
   * Splits data = Datasets.kuaiRand(folder).length(10).minOccurrences(50).split(0.8, 0.1, 0.1);
   * }</pre>
   *
   * @param folder holds the files, or a folder {@code data} that holds them
   */
  public static KuaiRand kuaiRand(Path folder) {
    return new KuaiRand(folder);
  }

  /**
   * Expedia's hotel searches ({@code train.csv} of "Personalize Expedia Hotel Searches"): a list is
   * a search, clicks are {@code click_bool}, the utility is 1 a click and 5 a booking, as the
   * competition graded them. NULL is missing. {@code gross_bookings_usd}, which tells of the
   * booking, is no feature.
   *
   * @throws DataException naming row and column of what cannot be read
   */
  public static ListLog expedia(Path file) {
    return expedia(TableFile.read(file));
  }

  /**
   * Expedia's hotel searches as {@link #expedia}, of which only those whose hotels were sorted at
   * random ({@code random_bool} is 1): every order was as likely as any other, so that they can
   * judge other orders (off-policy estimates).
   *
   * @throws DataException naming row and column of what cannot be read, or if there is no such
   *     search
   */
  public static ListLog expediaRandom(Path file) {
    Table all = TableFile.read(file);
    TableColumn random = new TableColumn(all, "random_bool", "the sorting");
    Table drawn =
        all.where(
            Selection.with(IntStream.range(0, all.rowCount()).filter(random::flag).toArray()));
    if (drawn.isEmpty()) {
      throw new DataException(
          file.getFileName() + ": random_bool is 0 in all rows; no search was sorted at random");
    }
    return expedia(drawn.setName(all.name() + ", sorted at random"));
  }

  private static ListLog expedia(Table rows) {
    return table(
        rows,
        c ->
            c.list("srch_id")
                .item("prop_id")
                .clicked("click_bool")
                .position("position")
                .time("date_time")
                .utility("click_bool", 1)
                .utility("booking_bool", 4)
                .userFields(
                    "site_id",
                    "visitor_location_country_id",
                    "visitor_hist_starrating",
                    "srch_length_of_stay",
                    "srch_booking_window",
                    "srch_adults_count",
                    "srch_saturday_night_bool")
                .itemFields(
                    "prop_starrating",
                    "prop_review_score",
                    "prop_brand_bool",
                    "prop_location_score1",
                    "prop_location_score2",
                    "price_usd",
                    "promotion_flag")
                .dense(
                    "visitor_hist_starrating",
                    "srch_length_of_stay",
                    "srch_booking_window",
                    "prop_review_score",
                    "prop_location_score1",
                    "prop_location_score2",
                    "price_usd"));
  }
}
