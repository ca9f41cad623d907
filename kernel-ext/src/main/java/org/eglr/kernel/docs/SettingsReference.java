package org.eglr.kernel.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the builders' methods take, from their Javadoc: one table a class. */
final class SettingsReference {

  private static final Pattern METHOD =
      Pattern.compile(
          "/\\*\\*(.*?)\\*/\\s+(?:@\\w+\\s+)*public (?!static)(\\S+) (\\w+)\\(([^)]*)\\) \\{",
          Pattern.DOTALL);

  private SettingsReference() {}

  /**
   * @param file a source file whose public methods are settings
   * @param title of the table
   */
  static String of(Path file, String title) throws IOException {
    List<String> rows = new ArrayList<>();
    Matcher methods = METHOD.matcher(Files.readString(file));
    while (methods.find()) {
      String text = JavadocLine.of(methods.group(1));
      rows.add(
          "| `%s(%s)` | %s |"
              .formatted(methods.group(3), methods.group(4).replaceAll("\\s+", " "), text));
    }
    if (rows.isEmpty()) {
      throw new IOException(file + " has no documented public method");
    }
    return "### "
        + title
        + "\n\n| Method | Meaning |\n|---|---|\n"
        + String.join("\n", rows)
        + "\n";
  }
}
