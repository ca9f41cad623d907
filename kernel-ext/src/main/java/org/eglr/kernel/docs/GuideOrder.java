package org.eglr.kernel.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The guide's pages as {@code index.md} links to them; one that it leaves out is a mistake. */
final class GuideOrder {

  private static final String FIRST = "index.md";
  private static final Pattern PAGE = Pattern.compile("\\(([\\w-]+\\.md)\\)");

  private GuideOrder() {}

  static List<Path> of(Path folder) throws IOException {
    List<Path> pages = new ArrayList<>(List.of(folder.resolve(FIRST)));
    Matcher links = PAGE.matcher(Files.readString(folder.resolve(FIRST)));
    while (links.find()) {
      Path page = folder.resolve(links.group(1));
      if (!pages.contains(page) && Files.exists(page)) {
        pages.add(page);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        if (!pages.contains(file)) {
          throw new GuideProblem(
              "tutorials/guide/" + FIRST, 1, "it does not link to " + file.getFileName());
        }
      }
    }
    return pages;
  }
}
