package org.eglr.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eglr.internal.learn.Fingerprint;
import org.eglr.internal.store.PartFile;

/**
 * A folder of finished runs: a manifest, which says what experiment it is, and a CSV file a run.
 * Every file is there whole or not at all.
 */
final class RunFolder {

  static final String MANIFEST = "experiment.txt";

  private final Path folder;
  private final int lists;

  /**
   * Opens a folder, or makes it.
   *
   * @param manifest what must be the same in all runs of the folder: name to text without line ends
   * @param lists number of lists of a run
   * @throws IllegalArgumentException if it is not of this experiment
   */
  RunFolder(Path folder, Map<String, String> manifest, int lists) {
    this.folder = folder;
    this.lists = lists;
    try {
      open(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(Map<String, String> manifest) throws IOException {
    Path file = folder.resolve(MANIFEST);
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        if (files.anyMatch(other -> !other.getFileName().toString().endsWith(".part"))) {
          throw new IllegalArgumentException(
              "folder %s has files of something else; an experiment needs an empty folder"
                  .formatted(folder));
        }
      }
      StringBuilder text = new StringBuilder();
      manifest.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
      write(file, text.toString());
      return;
    }
    Map<String, String> there = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      int colon = line.indexOf(": ");
      if (colon >= 0) {
        there.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    for (Map.Entry<String, String> own : manifest.entrySet()) {
      String other = there.getOrDefault(own.getKey(), "not said");
      if (!own.getValue().equals(other)) {
        throw new IllegalArgumentException(
            "folder %s has runs of another experiment: %s is '%s' there and '%s' here; choose another folder"
                .formatted(folder, own.getKey(), other, own.getValue()));
      }
    }
  }

  /** The result of a run that is finished. */
  Optional<TrialResult> read(Trial trial) {
    Path file = file(trial);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(Files.readAllLines(file, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "file %s is damaged; delete it, and its run is done again".formatted(file), e);
    }
  }

  private TrialResult parse(List<String> lines) {
    String[] measured = lines.get(1).split("; ");
    double steps = number(measured[0]);
    double seconds = measured.length > 1 ? number(measured[1]) : Double.NaN;
    String[] names = lines.get(2).split(",");
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int c = 1; c < names.length; c++) {
      columns.put(names[c], new double[lists]);
    }
    if (lines.size() != 3 + lists || columns.isEmpty()) {
      throw new IndexOutOfBoundsException(lines.size());
    }
    for (int list = 0; list < lists; list++) {
      String[] cells = lines.get(3 + list).split(",");
      for (int c = 1; c < names.length; c++) {
        columns.get(names[c])[list] = Double.parseDouble(cells[c]);
      }
    }
    return new TrialResult(columns, steps, seconds);
  }

  /** What stands behind a name and a colon. */
  private static double number(String named) {
    return Double.parseDouble(named.substring(named.indexOf(": ") + 2));
  }

  /** Keeps the result of a run: doubles as text that gives the same doubles again. */
  void write(Trial trial, TrialResult result) {
    StringBuilder text = new StringBuilder("# ").append(trial.text()).append('\n');
    text.append("# reasoning steps per list: ").append(result.reasoningSteps());
    text.append("; seconds of training: ").append(result.seconds()).append("\nlist");
    result.columns().keySet().forEach(name -> text.append(',').append(name));
    for (int list = 0; list < lists; list++) {
      text.append('\n').append(list);
      for (double[] column : result.columns().values()) {
        text.append(',').append(column[list]);
      }
    }
    try {
      write(file(trial), text.append('\n').toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    PartFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Its settings decide the name: more values or seeds may come later. */
  private Path file(Trial trial) {
    String label = trial.cell().label().replaceAll("[^\\w.=-]+", "_");
    return folder.resolve(
        "%s-seed%d-%s.csv"
            .formatted(
                label.substring(0, Math.min(60, label.length())),
                trial.seed(),
                Fingerprint.of(trial.text().getBytes(StandardCharsets.UTF_8), 6)));
  }
}
