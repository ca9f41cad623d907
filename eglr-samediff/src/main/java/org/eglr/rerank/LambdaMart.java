package org.eglr.rerank;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eglr.ModelFileException;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.internal.SchemaCheck;
import org.eglr.internal.store.ReferenceFile;
import org.eglr.internal.trees.Binding;
import org.eglr.internal.trees.CandidateRows;
import org.eglr.internal.trees.LightGbm;
import org.eglr.internal.trees.TreeEnsemble;
import org.eglr.internal.trees.TreeText;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/**
 * LambdaMART (Burges, From RankNet to LambdaRank to LambdaMART, 2010): gradient-boosted trees whose
 * gradients are those of pairs of a clicked and another item, weighted by the NDCG that swapping
 * them changes. A group is a list as it was shown; features are the schema's fields of user and
 * item, ids as categories; the position is none. The order of a pool and the other candidates say
 * nothing to it: it is what lists are sorted by before they are re-ranked ({@link #order}), and the
 * baseline that a re-ranker should beat.
 *
 * <p>LightGBM trains it, from {@code io.github.metarank:lightgbm4j}, which projects of one's own
 * must add. Its trees are then evaluated in plain Java, by any number of threads. LibRerank's
 * lambdaMART sums some regression trees on lambdas over pre-trained embeddings; this one is
 * LightGBM's own ({@code lambdarank}) on the ids themselves.
 *
 * <p>LightGBM's Python package grows the same trees of the same features. Dense fields are
 * standardised here, as for all models; of their raw values it grows others, because it divides
 * what is above 0 and what is below into bins by themselves, and standardising moves 0.
 */
public final class LambdaMart implements SortingReranker, Trainable {

  private static final String KIND = "lambdamart";
  private static final String NDCG = "NDCG@10";

  private final CandidateRows rows;
  private final long seed;
  private volatile State state;

  /** What training leaves. */
  private record State(String text, TreeEnsemble trees) {}

  private LambdaMart(CandidateRows rows, long seed) {
    this.rows = rows;
    this.seed = seed;
  }

  /** One for data of the schema; the seed decides what fields a tree may look at. */
  public LambdaMart(Schema schema, long seed) {
    this(new CandidateRows(schema), seed);
  }

  @Override
  public String name() {
    return "LambdaMART";
  }

  @Override
  public boolean trained() {
    return state != null;
  }

  /** Number of trees. */
  public int trees() {
    return Untrained.require(state, name()).trees().size();
  }

  /** The model as LightGBM writes it, for other programs to read. */
  public String text() {
    return Untrained.require(state, name()).text();
  }

  @Override
  public TrainingLog train(Splits data) {
    return train(data, t -> t);
  }

  /** Trains; the number of trees that is best on the validation lists is kept. */
  public TrainingLog train(Splits data, UnaryOperator<LambdaMartTraining> options) {
    return train(data.train(), SchemaCheck.nonEmpty(data.valid()), options);
  }

  /**
   * Trains on the lists as they were shown. Interrupting the thread ends training in good order.
   *
   * @param valid decides how many trees are kept; null: all are
   * @return one step a tree
   * @throws DataException if the lists have another schema, or are too many for LightGBM
   * @throws IllegalStateException if LightGBM is not on the class path or cannot run here
   */
  public synchronized TrainingLog train(
      ListSet train, ListSet valid, UnaryOperator<LambdaMartTraining> options) {
    SchemaCheck.require(rows.schema(), train, valid);
    Binding.require();
    LambdaMartTraining chosen = options.apply(new LambdaMartTraining());
    long start = System.nanoTime();
    List<TrainingStep> steps = new ArrayList<>();
    List<Validation> validations = new ArrayList<>();
    boolean interrupted = false;
    int best = 0;
    try (LightGbm booster = LightGbm.start(train, valid, rows, chosen, seed)) {
      double highest = Double.NEGATIVE_INFINITY;
      for (int tree = 1; tree <= chosen.trees() && !interrupted && booster.grow(); tree++) {
        double ndcg = valid == null ? tree : booster.validNdcg();
        best = ndcg > highest ? tree : best;
        highest = Math.max(highest, ndcg);
        steps.add(step(tree, chosen, start, valid == null ? Map.of() : Map.of(NDCG, ndcg)));
        chosen.listener().onStep(steps.get(steps.size() - 1));
        if (valid != null) {
          validations.add(new Validation(tree, Map.of(NDCG, ndcg), best == tree));
          chosen.listener().onValidation(validations.get(validations.size() - 1));
        }
        interrupted = Thread.interrupted();
        if (valid != null && chosen.patience() > 0 && tree - best >= chosen.patience()) {
          break;
        }
      }
      String text = booster.text(Math.max(best, 1));
      state = new State(text, TreeText.read(text, rows.width()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    TrainingLog log = new TrainingLog(KIND, steps, validations, interrupted, seconds);
    chosen.listener().onEnd(log);
    return log;
  }

  private static TrainingStep step(
      int tree, LambdaMartTraining options, long start, Map<String, Double> values) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new TrainingStep(tree, options.trees(), seconds, values, Optional.empty());
  }

  @Override
  public List<double[]> scores(List<Request> requests) {
    TreeEnsemble trees = Untrained.require(state, name()).trees();
    return requests.stream()
        .map(
            request -> {
              rows.schema().requireSame(request.schema());
              return trees.scores(rows.of(request));
            })
        .toList();
  }

  /**
   * Writes the trees, as LightGBM's text, and the schema to one file.
   *
   * @throws IllegalStateException if it is not trained
   * @throws ModelFileException if it cannot be written
   */
  public void save(Path file) {
    ReferenceFile.write(
        file, new ReferenceFile.Content(KIND, Map.of(), Map.of(), rows.schema(), Map.of(), text()));
  }

  /**
   * Reads what {@link #save} wrote, without LightGBM. Training it again begins anew, by seed 7.
   *
   * @throws ModelFileException if the file is missing, damaged, foreign or of another version
   */
  public static LambdaMart load(Path file) {
    return ReferenceFile.read(
        file,
        KIND,
        content -> {
          LambdaMart read = new LambdaMart(content.schema(), 7);
          read.state =
              new State(content.model(), TreeText.read(content.model(), read.rows.width()));
          return read;
        });
  }
}
