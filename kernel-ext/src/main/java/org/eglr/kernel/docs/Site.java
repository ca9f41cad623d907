package org.eglr.kernel.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eglr.kernel.magic.MagicReference;
import org.eglr.kernel.view.Html;

/** Writes the guide and the reference as plain HTML that needs no JavaScript. */
public final class Site {

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]+]\\(([^)]+)\\)");
  private static final String GUIDE = "tutorials/guide/";

  /** Pages that lie elsewhere in the checkout, by their name here. */
  private static final Map<String, String> ELSEWHERE =
      Map.of("course.md", "tutorials/README.md", "notebooks.md", "notebooks/README.md");

  /** Where the site has the notebooks of a folder. */
  private static final Map<String, String> NOTEBOOKS =
      Map.of("tutorials", "course", "notebooks", "notebooks");

  private static final List<String> SETTINGS =
      List.of(
          "NetworkBuilder",
          "EglrBuilder",
          "reasoning/ReasoningBuilder",
          "train/TrainingOptions",
          "train/EvaluatorTraining",
          "train/GrpoTraining");

  private final Path root;
  private final Path out;
  private final String imports;
  private final Map<String, String> titles = new LinkedHashMap<>();

  private Site(Path root, Path out, String imports) {
    this.root = root;
    this.out = out;
    this.imports = imports;
  }

  /**
   * Arguments: the checkout, the folder to write, a notebook's imports. Ends with status 1 and one
   * line if it cannot.
   */
  public static void main(String[] args) throws IOException {
    try {
      new Site(Path.of(args[0]), Path.of(args[1]), args[2]).write();
    } catch (GuideProblem e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    System.exit(0); // a page may have left threads
  }

  private void write() throws IOException {
    Map<String, String> pages = new LinkedHashMap<>();
    for (Path file : GuideOrder.of(root.resolve("tutorials/guide"))) {
      pages.put(file.getFileName().toString(), Files.readString(file));
    }
    for (String name : List.of("course.md", "notebooks.md")) {
      pages.put(name, Files.readString(root.resolve(where(name))));
    }
    pages.put("reference.md", reference());
    pages.forEach((name, text) -> titles.put(name, title(name, text)));
    Files.createDirectories(out);
    for (Map.Entry<String, String> page : pages.entrySet()) {
      checkLinks(page.getKey(), page.getValue());
      System.out.println("  " + page.getKey());
      String run = GuidePage.run(where(page.getKey()), page.getValue(), imports);
      Files.writeString(out.resolve(html(page.getKey())), document(page.getKey(), run));
    }
  }

  private static String where(String name) {
    return ELSEWHERE.getOrDefault(name, GUIDE + name);
  }

  private String reference() throws IOException {
    StringBuilder page = new StringBuilder("# Reference\n\nGenerated from the code.\n\n");
    page.append("## Magics\n\n").append(MagicReference.markdown());
    page.append("## Settings in Java\n\n");
    Path sources = root.resolve("eglr-samediff/src/main/java/org/eglr");
    for (String name : SETTINGS) {
      String title = name.substring(name.indexOf('/') + 1);
      page.append(SettingsReference.of(sources.resolve(name + ".java"), title)).append('\n');
    }
    return page.toString();
  }

  private static String title(String name, String text) {
    String first = text.split("\n", 2)[0];
    if (!first.startsWith("# ")) {
      throw new GuideProblem(where(name), 1, "a page begins with `# ` and its title");
    }
    return first.substring(2);
  }

  private void checkLinks(String name, String text) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher links = LINK.matcher(lines[i].replaceAll("`[^`]*`", ""));
      while (links.find()) {
        String target = links.group(1).replaceFirst("#.*", "");
        boolean known = target.matches("|https://.*|api/.*") || titles.containsKey(target);
        if (!known && !Files.exists(root.resolve(path(name, target)))) {
          throw new GuideProblem(where(name), i + 1, "the link to `" + target + "` leads nowhere");
        }
      }
    }
  }

  /** A link's target from the root of the checkout. */
  private static String path(String name, String target) {
    Path folder = Path.of(where(name)).getParent();
    return folder.resolve(target).normalize().toString().replace('\\', '/');
  }

  /** Pages stay within the site, other files of the checkout are reached from target/docs. */
  private String link(String name, String target) {
    if (target.matches("(https:|api/|#).*")) {
      return target;
    }
    String page = target.replaceFirst("#.*", "");
    String anchor = target.substring(page.length());
    if (titles.containsKey(page)) {
      return html(page) + anchor;
    }
    String path = path(name, page);
    for (Map.Entry<String, String> other : ELSEWHERE.entrySet()) {
      if (path.equals(other.getValue())) {
        return html(other.getKey()) + anchor;
      }
    }
    if (path.startsWith(GUIDE) && titles.containsKey(path.substring(GUIDE.length()))) {
      return html(path.substring(GUIDE.length())) + anchor;
    }
    Matcher notebook = Pattern.compile("(\\w+)/([\\w-]+)\\.ipynb").matcher(path);
    return notebook.matches() && NOTEBOOKS.containsKey(notebook.group(1))
        ? NOTEBOOKS.get(notebook.group(1)) + "/" + notebook.group(2) + ".html"
        : "../../" + path;
  }

  private static String html(String name) {
    return name.replaceFirst("\\.md$", ".html");
  }

  private String document(String name, String markdown) {
    List<String> menu = new ArrayList<>();
    titles.forEach(
        (page, title) ->
            menu.add(
                "<a href=\"%s\"%s>%s</a>"
                    .formatted(
                        html(page),
                        page.equals(name) ? " aria-current=\"page\"" : "",
                        Html.escape(title))));
    menu.add("<a href=\"api/index.html\">Javadoc</a>");
    return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s - EGLR</title><link rel="stylesheet" href="style.css"></head>
        <body><nav>%s</nav><main>
        %s</main></body></html>
        """
        .formatted(
            Html.escape(titles.get(name)),
            String.join("\n", menu),
            Markdown.toHtml(markdown, target -> link(name, target)));
  }
}
