package org.eglr.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Microsoft's news data: impressions and the news in them become one table of candidates. */
final class Mind {

  private static final TextLimits LIMITS = new TextLimits(4L << 30, 50_000_000, 1 << 20);
  private static final Separator TABS = new Separator("\t");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US);

  private final Map<String, List<String>> news = new HashMap<>();
  private final StringColumn list = StringColumn.create("impression");
  private final StringColumn user = StringColumn.create("user");
  private final StringColumn item = StringColumn.create("news");
  private final IntColumn click = IntColumn.create("click");
  private final DateTimeColumn time = DateTimeColumn.create("time");
  private final StringColumn category = StringColumn.create("category");
  private final StringColumn subcategory = StringColumn.create("subcategory");
  private final StringColumn title = StringColumn.create("title");

  private Mind() {}

  static ListLog read(Path folder) {
    Mind mind = new Mind();
    mind.readNews(folder.resolve("news.tsv"));
    mind.readBehaviors(folder.resolve("behaviors.tsv"));
    Table table =
        Table.create(
            "MIND",
            mind.list,
            mind.user,
            mind.item,
            mind.click,
            mind.time,
            mind.category,
            mind.subcategory,
            mind.title);
    return Datasets.table(
        table,
        c ->
            c.list("impression")
                .user("user")
                .item("news")
                .clicked("click")
                .time("time")
                .itemFields("category", "subcategory")
                .label("title"));
  }

  private void readNews(Path file) {
    try (TextLines lines = TextLines.open(file, StandardCharsets.UTF_8, LIMITS)) {
      for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
        List<String> cells = TABS.split(line);
        if (cells.size() < 4) {
          throw DataException.at(
              file,
              lines.number(),
              "%d columns; expected are id, category, subcategory, title and others, separated by tabs"
                  .formatted(cells.size()));
        }
        news.put(cells.get(0), List.copyOf(cells.subList(1, 4)));
      }
    }
  }

  private void readBehaviors(Path file) {
    try (TextLines lines = TextLines.open(file, StandardCharsets.UTF_8, LIMITS)) {
      for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
        List<String> cells = TABS.split(line);
        if (cells.size() != 5) {
          throw DataException.at(
              file,
              lines.number(),
              "%d columns; expected are 5 separated by tabs: impression, user, time, history, impressions"
                  .formatted(cells.size()));
        }
        LocalDateTime when = time(new Cell(file, lines.number(), "time", cells.get(2)));
        for (String shown : cells.get(4).strip().split(" +")) {
          add(cells, when, new Cell(file, lines.number(), "impressions", shown));
        }
      }
    }
  }

  private static LocalDateTime time(Cell cell) {
    try {
      return LocalDateTime.parse(cell.text().strip(), TIME);
    } catch (DateTimeException e) {
      throw cell.error("is no time such as 11/15/2019 8:55:22 AM");
    }
  }

  private void add(List<String> cells, LocalDateTime when, Cell shown) {
    String text = shown.text();
    if (!text.endsWith("-0") && !text.endsWith("-1")) {
      throw shown.error(
          "has no label; a candidate is written N123-1 where it was clicked, N123-0 where not");
    }
    String id = text.substring(0, text.length() - 2);
    List<String> about = news.get(id);
    if (about == null) {
      throw shown.error("is not in news.tsv; the files do not belong together");
    }
    list.append(cells.get(0));
    user.append(cells.get(1));
    time.append(when);
    item.append(id);
    click.append(text.endsWith("1") ? 1 : 0);
    category.append(about.get(0));
    subcategory.append(about.get(1));
    title.append(about.get(2));
  }
}
