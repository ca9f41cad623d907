package org.eglr.study;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eglr.Eglr;
import org.eglr.Reranker;
import org.eglr.Rerankers;
import org.eglr.rerank.LambdaMart;
import org.eglr.rerank.LambdaMartTraining;
import org.eglr.rerank.LearnedReranker;
import org.eglr.rerank.RerankerCatalog;
import org.eglr.rerank.RerankerInputs;
import org.eglr.rerank.RerankerKind;
import org.eglr.rerank.RerankerKind.Need;
import org.eglr.rerank.Trainable;
import org.eglr.train.RerankerTraining;
import org.eglr.train.TrainingLog;

/**
 * A re-ranker of the {@link RerankerCatalog}, by its default settings; but where one learns from an
 * evaluator, that is the seed's, which judges all.
 */
record CatalogSystem(RerankerKind kind, Dial dial) implements PaperSystem {

  /** EG-Rerank without an evaluator of its own: in tables one teaches and judges all systems. */
  private static final RerankerKind EG_RERANK =
      new RerankerKind(
          "eg-rerank",
          "EG-Rerank, taught by the evaluator that teaches the others",
          Set.of(Need.EVALUATOR),
          true,
          in -> Rerankers.egRerank(in.requireEvaluator()).seed(in.seed()).build());

  static CatalogSystem named(String name) {
    boolean own = name.equals(EG_RERANK.name());
    return new CatalogSystem(own ? EG_RERANK : RerankerCatalog.named(name), Dial.NONE);
  }

  @Override
  public String name() {
    return kind.name();
  }

  @Override
  public CatalogSystem at(Dial other) {
    return new CatalogSystem(kind, other);
  }

  @Override
  public boolean tunable(Bench bench, TunedSetting setting) {
    Reranker made = made(bench, 1);
    return made instanceof Eglr
        ? EglrSystem.byDefault().tunable(bench, setting)
        : setting == TunedSetting.LEARNING_RATE && hasRate(made);
  }

  private static boolean hasRate(Reranker made) {
    return made instanceof LearnedReranker || made instanceof LambdaMart;
  }

  @Override
  public boolean taught() {
    return kind.needs(Need.EVALUATOR);
  }

  @Override
  public String settings(Bench bench) {
    Reranker made = made(bench, 1);
    if (made instanceof Eglr) {
      return EglrSystem.byDefault().at(dial).settings(bench);
    }
    String own = made instanceof LearnedReranker learned ? learned.model().toString() : kind.name();
    return hasRate(made)
        ? String.format(
            Locale.ROOT,
            "%s; learning rate x %.3g, %s",
            own,
            dial.rate(),
            bench.size().epochs() == 0
                ? "epochs by default"
                : bench.size().epochs() + " epochs or trees")
        : own;
  }

  @Override
  public Trained train(Bench bench, long seed) {
    Reranker made = made(bench, seed);
    TrainingLog log = kind.learns() ? train(made, bench) : null;
    return new Trained(made, log);
  }

  @Override
  public Reranker load(Path file, Bench bench, long seed) {
    return made(bench, seed) instanceof Eglr
        ? Eglr.load(file)
        : LearnedReranker.load(file, null, bench.evaluator(seed));
  }

  /** Makes one, not trained. */
  Reranker made(Bench bench, long seed) {
    return kind.make(new RerankerInputs(bench.data(), Optional.of(bench.evaluator(seed)), seed));
  }

  /** By default options but for what is tuned; of what has no such option, by default options. */
  private TrainingLog train(Reranker made, Bench bench) {
    int most = bench.size().epochs();
    if (made instanceof LearnedReranker learned) {
      return train(learned, bench, dial);
    }
    if (made instanceof LambdaMart trees) {
      var usual = new LambdaMartTraining();
      return trees.train(
          bench.data(),
          t ->
              t.learningRate(usual.learningRate() * dial.rate())
                  .trees(most == 0 ? usual.trees() : most));
    }
    if (made instanceof Eglr eglr) {
      return EglrSystem.byDefault().at(dial).train(eglr, bench);
    }
    return ((Trainable) made).train(bench.data());
  }

  /** As the defaults have it but for the learning rate and, in a trial, the epochs. */
  static TrainingLog train(LearnedReranker made, Bench bench, Dial dial) {
    var usual = new RerankerTraining();
    int most = bench.size().epochs();
    return made.train(
        bench.data(),
        t ->
            t.learningRate(usual.learningRate() * dial.rate())
                .epochs(most == 0 ? usual.epochs() : most)
                .reinforcedEpochs(most == 0 ? usual.reinforcedEpochs() : most));
  }
}
