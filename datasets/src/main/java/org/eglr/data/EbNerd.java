package org.eglr.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import tech.tablesaw.api.Table;

/** Ekstra Bladet's news impressions, whose candidates stand in one cell. */
final class EbNerd {

  private static final String ARTICLE = "article_id";

  private EbNerd() {}

  static ListLog read(Path folder) {
    Table behaviors = table(folder, "behaviors");
    Table articles = table(folder, "articles");
    if (behaviors.containsColumn(ARTICLE)) {
      behaviors.removeColumns(ARTICLE); // The page on which the list was shown.
    }
    Table rows = Datasets.unpacked(behaviors, "article_ids_inview", "article_ids_clicked");
    requireAll(rows, articles);
    Table all =
        rows.joinOn(ListCells.ITEM)
            .with(articles.selectColumns(ARTICLE, "title", "category", "article_type"))
            .rightJoinColumns(ARTICLE)
            .join();
    return Datasets.table(
        all.setName("EB-NeRD"),
        c ->
            c.list("impression_id")
                .user("user_id")
                .item(ListCells.ITEM)
                .clicked(ListCells.CLICKED)
                .time("impression_time")
                .userFields("device_type", "is_subscriber")
                .itemFields("category", "article_type")
                .label("title"));
  }

  private static Table table(Path folder, String name) {
    Path file = folder.resolve(name + ".csv");
    if (!Files.exists(file) && Files.exists(folder.resolve(name + ".parquet"))) {
      throw new DataException(
          "%s.parquet: Parquet is not read here; make %s.csv of it: pandas.read_parquet(\"%s.parquet\").to_csv(\"%s.csv\", index=False)"
              .formatted(name, name, name, name));
    }
    return TableFile.read(file);
  }

  /** A join would leave them out in silence. */
  private static void requireAll(Table rows, Table articles) {
    Set<String> known = new HashSet<>(articles.column(ARTICLE).asStringColumn().asList());
    TableColumn item = new TableColumn(rows, ListCells.ITEM, "the item");
    for (int row = 0; row < rows.rowCount(); row++) {
      if (!known.contains(item.required(row))) {
        throw new DataException(
            "article %s of behaviors.csv is not in articles.csv; the files do not belong together"
                .formatted(DataException.printable(item.required(row))));
      }
    }
  }
}
