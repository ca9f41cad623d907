package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eglr.kernel.Content;

/** A small table of ready-made cells; becomes HTML and plain text. Holds plain text only. */
public final class TableView {

  private enum Kind {
    TEXT,
    LINE,
    CODE,
    NUMBER
  }

  private record Column(String name, Kind kind) {}

  private final String title;
  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Map<Integer, String>> hints = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Starts a table.
   *
   * @param title what stands above it; may be empty
   */
  public TableView(String title) {
    this.title = title;
  }

  /** Adds a column of text, aligned to the left. */
  public TableView text(String name) {
    columns.add(new Column(name, Kind.TEXT));
    return this;
  }

  /** Adds a column of short text that is not to be broken into lines, aligned to the left. */
  public TableView line(String name) {
    columns.add(new Column(name, Kind.LINE));
    return this;
  }

  /** Adds a column of what people can type, aligned to the left. */
  public TableView code(String name) {
    columns.add(new Column(name, Kind.CODE));
    return this;
  }

  /** Adds a column of numbers, aligned to the right. */
  public TableView number(String name) {
    columns.add(new Column(name, Kind.NUMBER));
    return this;
  }

  /** Adds a row, one cell a column. */
  public TableView row(String... cells) {
    return row(List.of(cells));
  }

  /** Adds a row, one cell a column. */
  public TableView row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns: %s".formatted(cells.size(), columns.size(), cells));
    }
    rows.add(List.copyOf(cells));
    hints.add(new HashMap<>());
    return this;
  }

  /**
   * Gives a cell of the last row a text that HTML shows where the mouse rests on it.
   *
   * @param column from 0
   */
  public TableView hint(int column, String text) {
    hints.get(hints.size() - 1).put(column, text);
    return this;
  }

  /** Adds a line below the table. */
  public TableView note(String text) {
    notes.add(text);
    return this;
  }

  public Content content() {
    return Content.html(html(), plain());
  }

  /** The table as HTML, everything escaped. */
  public String html() {
    StringBuilder html = new StringBuilder("<div>");
    if (!title.isEmpty()) {
      html.append("<div><b>").append(Html.escape(title)).append("</b></div>");
    }
    html.append("<table>");
    if (columns.stream().anyMatch(column -> !column.name.isEmpty())) {
      html.append("<thead><tr>");
      columns.forEach(column -> cell(html, "th", column, column.name, null));
      html.append("</tr></thead>");
    }
    html.append("<tbody>");
    for (int r = 0; r < rows.size(); r++) {
      html.append("<tr>");
      for (int c = 0; c < columns.size(); c++) {
        cell(html, "td", columns.get(c), rows.get(r).get(c), hints.get(r).get(c));
      }
      html.append("</tr>");
    }
    html.append("</tbody></table>");
    notes.forEach(note -> html.append(Html.note(note)));
    return html.append("</div>").toString();
  }

  /** The table as plain text, columns aligned by spaces. */
  public String plain() {
    StringBuilder text = new StringBuilder(title);
    int[] widths = new int[columns.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] =
          Math.max(
              columns.get(c).name.length(),
              rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    if (columns.stream().anyMatch(column -> !column.name.isEmpty())) {
      line(text, columns.stream().map(Column::name).toList(), widths);
    }
    rows.forEach(row -> line(text, row, widths));
    notes.forEach(note -> text.append(text.length() == 0 ? "" : "\n").append(note));
    return text.toString();
  }

  private static void cell(
      StringBuilder html, String tag, Column column, String text, String hint) {
    boolean body = tag.equals("td");
    boolean code = column.kind == Kind.CODE && body;
    boolean word = code && text.indexOf(' ') < 0; // lines also break at hyphens
    boolean whole = (column.kind == Kind.LINE || column.kind == Kind.NUMBER || word) && body;
    html.append('<').append(tag).append(" style=\"text-align:");
    html.append(column.kind == Kind.NUMBER ? "right" : "left");
    html.append(whole ? ";white-space:nowrap\"" : "\"");
    html.append(hint == null ? ">" : " title=\"" + Html.escape(hint) + "\">");
    String safe = Html.escape(text).replace(" %", "&nbsp;%"); // The sign stays with its number.
    // JupyterLab has a style of its own for code, which a cell's does not reach
    String opened = word ? "<code style=\"white-space:nowrap\">" : "<code>";
    html.append(code ? opened : "").append(safe).append(code ? "</code>" : "");
    html.append("</").append(tag).append('>');
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String padding = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ");
      String cell = cells.get(c).replaceAll("\\p{Cntrl}", " "); // A row is one line.
      line.append(columns.get(c).kind == Kind.NUMBER ? padding + cell : cell + padding);
    }
    text.append(text.length() == 0 ? "" : "\n").append(line.toString().stripTrailing());
  }
}
