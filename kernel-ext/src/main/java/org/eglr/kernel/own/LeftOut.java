package org.eglr.kernel.own;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a cell printed beyond what it may show: a file of it, and the lines that tell so. The file
 * is for whoever works with the notebook now, and may be large: it goes with the kernel.
 */
final class LeftOut {

  /** A cell that prints forever must not fill the disk. */
  private static final long MOST_IN_FILE = 256_000_000;

  private final int shown;
  private Path file;
  private Writer writer;
  private String problem = "";
  private long characters;
  private long lines;

  LeftOut(int shown) {
    this.shown = shown;
    try {
      file = Files.createTempFile("eglr-output-", ".txt");
      file.toFile().deleteOnExit();
      writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      problem = "; no file could be made for it: " + e;
    }
  }

  /** The line that stands where the output is cut. */
  String begin() {
    String where = file == null ? problem : "; until the kernel ends, the rest is in " + file;
    return String.format(
        Locale.ROOT, "%n[This cell printed more than %,d characters%s]%n", shown, where);
  }

  void add(String text) {
    characters += text.length();
    lines += text.chars().filter(c -> c == '\n').count();
    if (writer != null && characters <= MOST_IN_FILE) {
      try {
        writer.write(text);
      } catch (IOException e) {
        problem = "; not all of it could be written: " + e;
        close();
      }
    }
  }

  /** Closes the file and says what is in it. */
  String end() {
    close();
    String where = file == null ? " are lost" : " are in " + file;
    if (characters > MOST_IN_FILE && problem.isEmpty()) {
      problem = String.format(Locale.ROOT, ", the first %,d characters of them", MOST_IN_FILE);
    }
    return String.format(
        Locale.ROOT,
        "[Not shown: %,d characters with %,d line ends, which%s%s]%n",
        characters,
        lines,
        where,
        problem);
  }

  private void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      problem = "; not all of it could be written: " + e;
    }
    writer = null;
  }

  /** Where to cut a text of which so many characters fit: behind a line if there is one. */
  static int cut(String text, int fit) {
    int most = Math.min(fit, text.length());
    int line = text.lastIndexOf('\n', most - 1) + 1;
    if (most > 0 && line == 0) {
      return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }
    return line;
  }

  /** A text as it is, or what fits of it with a line that names a file of the whole. */
  static String bounded(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    LeftOut rest = new LeftOut(most);
    int shown = cut(text, most);
    rest.add(text.substring(shown));
    return text.substring(0, shown) + rest.begin().stripTrailing() + "\n" + rest.end();
  }
}
