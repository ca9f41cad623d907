package org.eglr.kernel.magic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eglr.experiment.Experiment;
import org.eglr.experiment.ExperimentResult;
import org.eglr.kernel.Charts;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.LiveProgress;
import org.eglr.kernel.chart.FigureFile;
import org.eglr.kernel.chart.Picture;
import org.eglr.kernel.view.ExperimentView;
import picocli.CommandLine.Option;

/** Where the runs and the results of an experiment go. */
final class GridOptions {

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "many runs: keeps finished ones there, and does not do them again")
  private Path folder;

  @Option(names = "--csv", paramLabel = "FILE", description = "many runs: writes all metrics")
  private Path csv;

  @Option(names = "--latex", paramLabel = "FILE", description = "many runs: writes the table")
  private Path latex;

  @Option(names = "--metric", paramLabel = "NAME", description = "many runs: what is shown")
  private String metric;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "many runs: writes the picture to a file that ends in .svg, .pdf or .png")
  private Path save;

  /** Runs an experiment with live progress, and shows, keeps and writes what it found. */
  ExperimentResult run(Session session, String as, Experiment experiment) throws IOException {
    if (save != null) {
      FigureFile.check(save);
    }
    requireFolder(csv);
    requireFolder(latex);
    session.declare(as, ExperimentResult.class);
    LiveProgress progress = LiveProgress.in(session.host());
    if (folder != null) {
      experiment.folder(folder);
    }
    ExperimentResult result =
        session.define(as, progress.during(() -> experiment.progress(progress).run()));
    String shown = metric == null ? result.mainMetric() : metric;
    progress.end(ExperimentView.of(result, shown).content());
    FigureOptions.show(session, Picture.of(Charts.experiment(result, shown)), save);
    write(session, csv, result.toCsv());
    write(session, latex, result.toLatex(shown));
    return result;
  }

  private static void requireFolder(Path file) {
    if (file != null && !Files.isDirectory(file.toAbsolutePath().getParent())) {
      throw new EglrError(
          "%s: there is no folder %s".formatted(file, file.toAbsolutePath().getParent()));
    }
  }

  private static void write(Session session, Path file, String text) throws IOException {
    if (file != null) {
      Files.writeString(file, text, StandardCharsets.UTF_8);
      session.show(Content.text("Saved to " + file.toAbsolutePath().normalize()));
    }
  }
}
