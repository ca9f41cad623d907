package org.eglr.kernel.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the guide with the output of its Java blocks below each. */
public final class GuidePage {

  /** What Java prints of an array or an object without a text of its own. */
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[\\[*[A-Z]|[\\w.$]+\\$?)[\\w.;]*@[0-9a-f]{5,8}\\b");

  private GuidePage() {}

  /**
   * Runs the blocks fenced as {@code java}; what they print or give becomes a block fenced as
   * {@code output}.
   *
   * @param file the page's name, for messages
   * @param markdown the page
   * @param imports what a notebook's kernel starts with, {@code import a.*; import b.*;}
   * @throws GuideProblem naming file and line of a block that does not compile, or throws
   */
  public static String run(String file, String markdown, String imports) {
    List<String> page = new ArrayList<>();
    List<String> block = null;
    int line = 0;
    try (GuideShell shell = new GuideShell(file, imports)) {
      int begun = 0;
      for (String text : markdown.split("\n", -1)) {
        line++;
        page.add(text);
        if (block == null && text.equals("```java")) {
          block = new ArrayList<>();
          begun = line + 1;
        } else if (block != null && text.equals("```")) {
          String output = shell.run(String.join("\n", block), begun).stripTrailing();
          if (ADDRESS.matcher(output).find()) {
            throw new GuideProblem(file, begun, "the output shows an object's address: " + output);
          }
          if (!output.isEmpty()) {
            page.addAll(List.of("", "```output", output, "```"));
          }
          block = null;
        } else if (block != null) {
          block.add(text);
        }
      }
      if (block != null) {
        throw new GuideProblem(file, begun, "the block has no end");
      }
    }
    return String.join("\n", page);
  }
}
