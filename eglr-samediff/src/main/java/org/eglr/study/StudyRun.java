package org.eglr.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eglr.Progress;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.experiment.Experiment;
import org.eglr.experiment.ExperimentResult;
import org.eglr.experiment.ExperimentRow;
import org.eglr.metrics.Headroom;
import org.eglr.metrics.Metric;

/** Runs a study's experiments. */
final class StudyRun {

  private final Study study;
  private final long[] seeds;
  private final Path folder;
  private final Progress progress;

  /**
   * @param folder where finished runs are kept, and found again
   */
  StudyRun(Study study, long[] seeds, Path folder, Progress progress) {
    this.study = study;
    this.seeds = seeds;
    this.folder = folder;
    this.progress = progress;
  }

  /** The rows of a world, in the variants' order. */
  List<StudyRow> run(World world) {
    Splits data = world.splits();
    ListSet measured = World.measured(data);
    Experiment experiment =
        Experiment.of(data).on(measured).seeds(seeds).progress(progress).folder(folderOf(world));
    study.common().forEach(experiment::fix);
    if (study.first() == Study.First.SORTED_ALONE) {
      experiment.sortedAlone();
    } else if (study.first() == Study.First.INITIAL_ORDER) {
      experiment.initialOrder();
    }
    study.variants().forEach(v -> experiment.variant(v.name(), v.settings()));
    ExperimentResult result = experiment.run();
    boolean simulated = result.metrics().contains(Headroom.TRUTH);
    String quality = simulated ? Headroom.TRUTH : "NDCG@10";
    Optional<TruthBounds> bounds =
        simulated ? Optional.of(TruthBounds.of(measured)) : Optional.empty();
    List<StudyRow> rows = new ArrayList<>();
    for (int row = 0; row < result.rows().size(); row++) {
      ExperimentRow own = result.rows().get(row);
      rows.add(
          new StudyRow(
              world.condition(),
              world.seed(),
              own.report().model(),
              own.seeds().size(),
              result.mean(row, quality),
              gain(result, row, 0, quality),
              result.mean(row, Headroom.SCORE),
              gain(result, row, 0, Headroom.SCORE),
              gain(result, row, other(row), quality),
              bounds,
              own.reasoningSteps(),
              own.trainingSeconds()));
    }
    return rows;
  }

  /** The row of the variant that a row is compared with, too; its own if there is none. */
  private int other(int row) {
    int before = study.first() == Study.First.NONE ? 0 : 1;
    List<String> names = study.variants().stream().map(Variant::name).toList();
    String against = row < before ? "" : study.variants().get(row - before).against();
    if (!against.isEmpty()) {
      return before + names.indexOf(against);
    }
    return row < before || before == 0 ? row : before;
  }

  private static Metric gain(ExperimentResult result, int row, int other, String metric) {
    return row == other
        ? new Metric(metric, Double.NaN, Double.NaN)
        : result.difference(row, other, metric);
  }

  private Path folderOf(World world) {
    String name = world.condition().replaceAll("[^a-z0-9]+", "-") + "-world" + world.seed();
    return folder.resolve(study.name()).resolve(name);
  }
}
