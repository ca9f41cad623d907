package org.eglr.kernel.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eglr.kernel.view.Html;

/**
 * The Markdown that our pages use, as HTML: headings, paragraphs, lists of one level, fenced code,
 * tables, and in a line code, strong, emphasis and links. All else is text.
 */
final class Markdown {

  private static final Pattern INLINE =
      Pattern.compile(
          "`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\*([^*\\s][^*]*)\\*|\\[([^\\]]+)]\\(([^)]+)\\)");

  private final UnaryOperator<String> links;
  private final StringBuilder html = new StringBuilder();
  private final List<String> paragraph = new ArrayList<>();
  private String list; // the open list's tag, or null

  private Markdown(UnaryOperator<String> links) {
    this.links = links;
  }

  /**
   * @param links turns the target of each link into that of the site
   */
  static String toHtml(String markdown, UnaryOperator<String> links) {
    return new Markdown(links).convert(markdown.split("\n", -1));
  }

  private String convert(String[] lines) {
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      if (line.startsWith("```")) {
        int end = i + 1;
        while (end < lines.length && !lines[end].equals("```")) {
          end++;
        }
        code(line.substring(3), String.join("\n", List.of(lines).subList(i + 1, end)));
        i = end;
      } else if (line.startsWith("|")) {
        int end = i;
        while (end < lines.length && lines[end].startsWith("|")) {
          end++;
        }
        table(List.of(lines).subList(i, end));
        i = end - 1;
      } else {
        text(line);
      }
    }
    close();
    return html.toString();
  }

  private void text(String line) {
    Matcher heading = Pattern.compile("(#{1,4}) (.*)").matcher(line);
    Matcher item = Pattern.compile("(-|\\d+\\.) (.*)").matcher(line);
    if (heading.matches()) {
      close();
      int level = heading.group(1).length();
      html.append(
          "<h%d id=\"%s\">%s</h%d>%n"
              .formatted(level, anchor(heading.group(2)), inline(heading.group(2)), level));
    } else if (item.matches()) {
      flush();
      String wanted = item.group(1).equals("-") ? "ul" : "ol";
      if (!wanted.equals(list)) {
        close();
        list = wanted;
        html.append('<').append(list).append(">\n");
      }
      paragraph.add(item.group(2));
    } else if (line.isBlank()) {
      close();
    } else {
      paragraph.add(line.strip());
    }
  }

  private void code(String language, String code) {
    close();
    html.append(
        "<pre class=\"%s\"><code>".formatted(Html.escape(language.isEmpty() ? "text" : language)));
    html.append(Html.escape(code)).append("</code></pre>\n");
  }

  private void table(List<String> rows) {
    close();
    html.append("<div class=\"wide\"><table>\n");
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).matches("[|:\\- ]+") && i == 1) {
        continue;
      }
      String tag = i == 0 ? "th" : "td";
      html.append("<tr>");
      for (String cell : cells(rows.get(i))) {
        html.append("<%s>%s</%s>".formatted(tag, inline(cell), tag));
      }
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  private static List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    for (String cell : row.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|", -1)) {
      cells.add(cell.strip().replace("\\|", "|"));
    }
    return cells;
  }

  private String inline(String text) {
    StringBuilder line = new StringBuilder();
    Matcher part = INLINE.matcher(text);
    int from = 0;
    while (part.find()) {
      line.append(Html.escape(text.substring(from, part.start())));
      if (part.group(1) != null) {
        line.append("<code>").append(Html.escape(part.group(1))).append("</code>");
      } else if (part.group(2) != null) {
        line.append("<strong>").append(inline(part.group(2))).append("</strong>");
      } else if (part.group(3) != null) {
        line.append("<em>").append(inline(part.group(3))).append("</em>");
      } else {
        String target = Html.escape(links.apply(part.group(5)));
        line.append("<a href=\"").append(target).append("\">");
        line.append(inline(part.group(4))).append("</a>");
      }
      from = part.end();
    }
    return line.append(Html.escape(text.substring(from))).toString();
  }

  private void flush() {
    if (paragraph.isEmpty()) {
      return;
    }
    String tag = list == null ? "p" : "li";
    html.append("<%s>%s</%s>%n".formatted(tag, inline(String.join(" ", paragraph)), tag));
    paragraph.clear();
  }

  private void close() {
    flush();
    if (list != null) {
      html.append("</").append(list).append(">\n");
      list = null;
    }
  }

  static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} -]", "").replace(' ', '-');
  }
}
