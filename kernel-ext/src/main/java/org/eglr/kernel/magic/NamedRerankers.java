package org.eglr.kernel.magic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.eglr.Eglr;
import org.eglr.Evaluator;
import org.eglr.Reranker;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.LiveProgress;
import org.eglr.kernel.view.Numbers;
import org.eglr.kernel.view.ReportView;
import org.eglr.kernel.view.TableView;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import org.eglr.rerank.RerankerCatalog;
import org.eglr.rerank.RerankerKind;
import org.eglr.rerank.RerankerKind.Need;
import org.eglr.rerank.TrainedComparison;

/** Re-rankers by name, trained where they must be, measured side by side. */
final class NamedRerankers {

  /** More seeds than anybody waits for. */
  private static final int MOST_SEEDS = 100;

  private final Session session;
  private final Splits data;
  private final ListSet measured;
  private final List<String> names;
  private final List<Long> seeds;
  private final Optional<Eglr> model;

  /**
   * @param names kinds of the catalogue, or variables
   * @param seeds null: seed 1; one number: how many
   * @param model the notebook's, whether it is trained or not
   */
  NamedRerankers(
      Session session,
      Splits data,
      ListSet measured,
      List<String> names,
      List<Long> seeds,
      Optional<Eglr> model) {
    this.session = session;
    this.data = data;
    this.measured = measured;
    this.names = names;
    this.seeds = seeds;
    this.model = model;
  }

  /** Trains, measures and shows them; the first is the one that others are compared to. */
  Comparison run() {
    TrainedComparison comparison = TrainedComparison.of(data).on(measured).seeds(seeds());
    names.forEach(name -> add(name, comparison));
    Optional<Evaluator> evaluator = model.map(Eglr::evaluator).filter(Evaluator::trained);
    evaluator.ifPresent(comparison::evaluator);
    if (evaluator.isEmpty()) {
      requireNone();
    }
    LiveProgress progress = LiveProgress.in(session.host());
    TrainedComparison.Result result = progress.during(() -> comparison.progress(progress).run());
    progress.end(ReportView.of(result.comparison()).content());
    ReportView.differences(result.comparison()).ifPresent(view -> session.show(view.content()));
    if (seeds().length > 1) {
      session.show(bySeed(result.bySeed()).content());
    }
    return result.comparison();
  }

  /** A trained model of the notebook stands for itself unless several seeds are asked for. */
  private void add(String name, TrainedComparison comparison) {
    boolean own = seeds == null || RerankerCatalog.find(name).isEmpty();
    Optional<Reranker> variable =
        own
            ? session
                .value(name)
                .filter(Reranker.class::isInstance)
                .map(Reranker.class::cast)
                .filter(Reranker::trained)
            : Optional.empty();
    if (variable.isPresent()) {
      comparison.add(name, variable.get());
    } else if (RerankerCatalog.find(name).isPresent()) {
      comparison.add(name);
    } else {
      throw new EglrError(
          "'%s' is neither a kind of re-ranker (%s) nor a variable that holds a trained one"
              .formatted(
                  name,
                  String.join(
                      ", ", RerankerCatalog.all().stream().map(RerankerKind::name).toList())));
    }
  }

  private void requireNone() {
    for (String name : names) {
      if (RerankerCatalog.find(name).filter(kind -> kind.needs(Need.EVALUATOR)).isPresent()) {
        throw new EglrError(
            "'%s' needs a trained evaluator: %%eglr train evaluator".formatted(name));
      }
    }
  }

  private long[] seeds() {
    if (seeds == null) {
      return new long[] {1};
    }
    if (seeds.size() > 1) {
      return seeds.stream().mapToLong(seed -> seed).toArray();
    }
    long count = seeds.get(0);
    if (count < 1 || count > MOST_SEEDS) {
      throw new EglrError(
          "--seeds %d: one number is how many seeds, 1 to %d; 1,2,3 names them"
              .formatted(count, MOST_SEEDS));
    }
    return LongStream.rangeClosed(1, count).toArray();
  }

  private TableView bySeed(Map<String, List<Report>> runs) {
    boolean truth = measured.hasTruth();
    String metric = truth ? "true DCG" : "NDCG@10";
    TableView view = new TableView(metric + " by seed").text("model");
    for (long seed : seeds()) {
      view.number("seed " + seed);
    }
    runs.forEach(
        (name, reports) -> {
          if (reports.size() > 1) {
            List<String> cells = new java.util.ArrayList<>(List.of(name));
            reports.forEach(report -> cells.add(Numbers.show(report.value(metric))));
            view.row(cells);
          }
        });
    return view;
  }
}
