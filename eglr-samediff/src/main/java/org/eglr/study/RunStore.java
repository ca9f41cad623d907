package org.eglr.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.eglr.internal.learn.Fingerprint;
import org.eglr.internal.store.PartFile;

/**
 * A folder of finished runs and trained models, which several tables share. A run is found again by
 * all that decides it, as text: data, settings and seed.
 */
final class RunStore {

  private static final int DIGITS = 10; // bytes of a hash in a name

  private final Path folder;

  RunStore(Path folder) {
    this.folder = folder;
  }

  /**
   * A run that is there, or else is made and kept.
   *
   * @param label the beginning of the file's name
   * @param key decides the run
   */
  Run get(String label, String key, Supplier<Run> make) {
    Path file = file(label, key, ".txt");
    if (Files.exists(file)) {
      return read(file);
    }
    Run made = make.get();
    write(file, "key " + key.replace('\n', ' ') + "\n" + made.text());
    return made;
  }

  /** Whether a run is there. */
  boolean has(String label, String key) {
    return Files.exists(file(label, key, ".txt"));
  }

  /** Where a trained model is kept; its folder is there. */
  Path model(String label, String key) {
    Path file = file(label, key, ".eglr");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static Run read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (!lines.isEmpty() && lines.get(0).startsWith("key ")) {
        return Run.parse(lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException(damaged(file), e);
    }
    throw new IllegalArgumentException(damaged(file));
  }

  private static String damaged(Path file) {
    return "file %s is damaged; delete it, and its run is done again".formatted(file);
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      PartFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String label, String key, String suffix) {
    String start = label.replaceAll("[^\\w.=-]+", "_");
    return folder.resolve(
        start.substring(0, Math.min(60, start.length()))
            + "-"
            + Fingerprint.of(key.getBytes(StandardCharsets.UTF_8), DIGITS)
            + suffix);
  }
}
