package org.eglr.kernel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.eglr.kernel.magic.MagicReference;
import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void blocks() {
    assertEquals(
        """
        <h2 id="a-b">A <code>b</code></h2>
        <p>one two</p>
        <ul>
        <li>x y</li>
        <li><strong>z</strong></li>
        </ul>
        <pre class="java"><code>a &lt; b</code></pre>
        """,
        html("## A `b`\none\ntwo\n\n- x\n  y\n- **z**\n\n```java\na < b\n```\n"));
  }

  @Test
  void tables_links_and_text_that_looks_like_markup() {
    assertEquals(
        "<div class=\"wide\"><table>\n<tr><th>a</th></tr>\n<tr><td>x|y</td></tr>\n</table></div>\n",
        html("| a |\n|---|\n| x\\|y |\n"));
    assertEquals("<p><a href=\"b.html\">see</a> &lt;i&gt;</p>\n", html("[see](b.md) <i>"));
  }

  @Test
  void the_reference_names_every_magic_and_prints_no_address() {
    String reference = MagicReference.markdown();
    for (String magic : new String[] {"data", "model", "train grpo", "plot", "rerank", "save"}) {
      assertTrue(reference.contains("### %eglr " + magic), magic);
    }
    assertTrue(reference.contains("| `--groupSize` |"), reference);
    assertFalse(Pattern.compile("@[0-9a-f]{5,}").matcher(reference).find(), reference);
  }

  @Test
  void settings_come_from_the_comments() {
    assertEquals(
        "Group size `G`; 2 to 1024, default 8.",
        JavadocLine.of(
            "\n   * Group size {@code G};\n   * 2 to 1024, default 8.\n   *\n   * @param value x\n   "));
  }

  private static String html(String markdown) {
    return Markdown.toHtml(markdown, link -> link.replace(".md", ".html")).replace("\r\n", "\n");
  }
}
