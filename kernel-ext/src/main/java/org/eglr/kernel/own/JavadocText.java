package org.eglr.kernel.own;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eglr.kernel.view.Html;

/**
 * A Javadoc comment for readers: inline tags resolved, block tags as a list.
 *
 * @param html markup of the few tags that Javadoc comments use; any other is shown as written
 * @param plain the same as text
 */
record JavadocText(String html, String plain) {

  private static final Pattern BLOCK =
      Pattern.compile("(?m)^[ \\t]*@(param|return|throws|exception|see|since|deprecated)\\b");
  private static final Pattern ALLOWED =
      Pattern.compile(
          "</?(p|pre|code|em|i|b|strong|ul|ol|li|table|tr|td|th|sub|sup|br|dl|dt|dd|blockquote)>");
  private static final Pattern ENTITY = Pattern.compile("&(#\\d+|#x[0-9a-fA-F]+|\\w+);");
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^>]*>");

  static JavadocText of(String comment) {
    Matcher blocks = BLOCK.matcher(comment);
    int from = 0;
    String tag = null;
    StringBuilder html = new StringBuilder();
    while (from <= comment.length()) {
      boolean more = blocks.find();
      int to = more ? blocks.start() : comment.length();
      append(html, tag, comment.substring(from, to).strip());
      if (!more) {
        break;
      }
      tag = blocks.group(1);
      from = blocks.end();
    }
    return new JavadocText(html.toString(), plain(html.toString()));
  }

  private static void append(StringBuilder html, String tag, String body) {
    if (body.isEmpty()) {
      return;
    }
    if (tag == null) {
      html.append("<p>").append(inline(body));
      return;
    }
    String[] words = body.split("\\s+", 2);
    boolean named = List.of("param", "throws", "exception").contains(tag);
    html.append("<p><b>").append(tag).append("</b> ");
    if (named) {
      html.append("<code>").append(escape(words[0])).append("</code> ");
      body = words.length > 1 ? words[1] : "";
    }
    html.append(inline(body));
  }

  /** Markup with {@code {@code ...}}, {@code {@link ...}} and the like resolved. */
  private static String inline(String text) {
    StringBuilder html = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf("{@", at);
      int close = open < 0 ? -1 : closing(text, open);
      if (close < 0) {
        break;
      }
      html.append(markup(text.substring(at, open)));
      html.append(resolved(text.substring(open + 2, close)));
      at = close + 1;
    }
    return html.append(markup(text.substring(at))).toString();
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static String resolved(String tag) {
    String[] parts = tag.split("\\s+", 2);
    String body = parts.length > 1 ? parts[1] : "";
    return switch (parts[0]) {
      case "code" -> "<code>" + escape(body) + "</code>";
      case "literal" -> escape(body);
      case "link", "linkplain", "value" -> {
        int space =
            body.indexOf(')') >= 0 ? body.indexOf(' ', body.indexOf(')')) : body.indexOf(' ');
        String target = (space < 0 ? body : body.substring(0, space)).replaceFirst("^#", "");
        yield "<code>"
            + escape(space < 0 ? target.replace('#', '.') : body.substring(space + 1))
            + "</code>";
      }
      case "inheritDoc" -> "";
      default -> escape(body);
    };
  }

  /** Escapes all but the tags of comments and entities. */
  private static String markup(String text) {
    String escaped = escape(text);
    StringBuilder html = new StringBuilder();
    Matcher tags = Pattern.compile("&lt;(/?\\w+)&gt;|&amp;(#?\\w+;)").matcher(escaped);
    while (tags.find()) {
      String kept = tags.group(1) == null ? "&" + tags.group(2) : "<" + tags.group(1) + ">";
      boolean allowed =
          tags.group(1) == null ? ENTITY.matcher(kept).matches() : ALLOWED.matcher(kept).matches();
      tags.appendReplacement(html, Matcher.quoteReplacement(allowed ? kept : tags.group()));
    }
    return tags.appendTail(html).toString();
  }

  private static String plain(String html) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < html.length()) { // what stands in <pre> keeps its lines
      int pre = html.indexOf("<pre>", at);
      int end = pre < 0 ? html.length() : pre;
      text.append(
          TAG.matcher(
                  html.substring(at, end)
                      .replaceAll("\\s+", " ")
                      .replaceAll(" ?<p> ?", "\n\n")
                      .replaceAll(" ?<(li|br|tr)> ?", "\n  "))
              .replaceAll(""));
      int close = pre < 0 ? -1 : html.indexOf("</pre>", pre);
      if (close < 0) {
        at = pre < 0 ? html.length() : pre + 5;
      } else {
        text.append("\n\n").append(TAG.matcher(html.substring(pre, close)).replaceAll(""));
        at = close + 6;
      }
    }
    return text.toString()
        .replaceAll(" +\n", "\n")
        .replaceAll("\n{3,}", "\n\n")
        .strip()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#36;", "$")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }

  static String escape(String text) {
    return Html.escape(text);
  }
}
