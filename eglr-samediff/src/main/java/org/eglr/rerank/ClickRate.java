package org.eglr.rerank;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eglr.ModelFileException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.internal.SchemaCheck;
import org.eglr.internal.store.ReferenceFile;
import org.eglr.train.TrainingLog;

/**
 * Sorts by each item's smoothed click rate in the training lists, {@code (clicks + a) / (shows + a
 * + b)}: items that were shown rarely are drawn towards the mean. The Beta prior (a, b) is the one
 * under which the log is most likely. Ids that training has not seen have the prior's mean.
 *
 * <p>With {@link #positionCorrected} a show counts as much as its position is looked at: clicks are
 * taken for rate of the item times worth of the position, and both are fitted in turn. That counts
 * out that a logging policy put some items first, as long as items were seen at several positions.
 */
public final class ClickRate implements SortingReranker, Trainable {

  private static final String KIND = "ctr";
  private static final int ROUNDS = 50;

  private final ItemField field;
  private final boolean corrected;
  private volatile State state;

  /** What training leaves. */
  private record State(
      double[] clicks, double[] shows, BetaPrior prior, double[] positions, double[] rates) {

    State(double[] clicks, double[] shows, BetaPrior prior, double[] positions) {
      this(clicks, shows, prior, positions, new double[clicks.length]);
      Arrays.setAll(rates, id -> prior.rate(clicks[id], shows[id]));
    }
  }

  private ClickRate(ItemField field, boolean corrected) {
    this.field = field;
    this.corrected = corrected;
  }

  /** Counts by the item field with the most ids. */
  public ClickRate(Schema schema) {
    this(ItemField.of(schema, null), false);
  }

  /** The same, not trained, counting by another categorical field of the items. */
  public ClickRate field(String name) {
    return new ClickRate(ItemField.of(field.schema(), name), corrected);
  }

  /** The same, not trained, with or without the worth of positions. */
  public ClickRate positionCorrected(boolean value) {
    return new ClickRate(field, value);
  }

  @Override
  public String name() {
    return corrected ? "click rate, positions counted out" : "click rate";
  }

  @Override
  public boolean trained() {
    return state != null;
  }

  @Override
  public TrainingLog train(Splits data) {
    return train(data.train());
  }

  /** Counts on these lists. */
  public TrainingLog train(ListSet lists) {
    SchemaCheck.require(field.schema(), lists);
    long start = System.nanoTime();
    ItemCounts counts = ItemCounts.of(lists, field);
    double[] worth = new double[counts.clicksAt().length];
    Arrays.fill(worth, 1);
    State found = fitted(counts, worth, null);
    for (int round = 0; corrected && round < ROUNDS; round++) {
      found = fitted(counts, worth(counts, found.rates()), found.prior());
    }
    state = found;
    double seconds = (System.nanoTime() - start) / 1e9;
    return new TrainingLog(KIND, List.of(), List.of(), false, seconds);
  }

  private static State fitted(ItemCounts counts, double[] worth, BetaPrior near) {
    double[] shows = counts.shows(worth);
    // Id 0 is many items, seen or not: it says nothing of how items differ.
    double[] clicks = Arrays.copyOfRange(counts.clicks(), 1, shows.length);
    BetaPrior prior = BetaPrior.fit(clicks, Arrays.copyOfRange(shows, 1, shows.length), near);
    double[] known = counts.clicks().clone();
    known[0] = 0;
    shows[0] = 0;
    return new State(known, shows, prior, worth);
  }

  /**
   * The clicks at each position by those that the items' rates let expect; the first is worth 1.
   */
  private static double[] worth(ItemCounts counts, double[] rates) {
    double[] worth = counts.clicksAt().clone();
    for (int k = 0; k < worth.length; k++) {
      double expected = 0;
      for (int id = 0; id < rates.length; id++) {
        expected += counts.shows()[id][k] * rates[id];
      }
      worth[k] = expected == 0 ? 0 : worth[k] / expected;
    }
    double first = worth[0];
    Arrays.setAll(worth, k -> first == 0 ? 1 : worth[k] / first);
    return worth;
  }

  /** The prior that the log told. */
  public BetaPrior prior() {
    return Untrained.require(state, name()).prior();
  }

  /** What a show at each position counts for, the first 1; all 1 unless it is corrected. */
  public double[] positionWorth() {
    return Untrained.require(state, name()).positions().clone();
  }

  /** The smoothed click rate of each id of the field. */
  public double[] rates() {
    return Untrained.require(state, name()).rates().clone();
  }

  @Override
  public List<double[]> scores(List<Request> requests) {
    return field.look(requests, Untrained.require(state, name()).rates());
  }

  /**
   * Writes counts, prior and schema to one file.
   *
   * @throws IllegalStateException if it is not trained
   * @throws ModelFileException if it cannot be written
   */
  public void save(Path file) {
    State now = Untrained.require(state, name());
    ReferenceFile.write(
        file,
        new ReferenceFile.Content(
            KIND,
            Map.of("field", field.name()),
            Map.of(
                "prior clicks", now.prior().clicks(),
                "prior others", now.prior().others(),
                "corrected", corrected ? 1.0 : 0.0),
            field.schema(),
            Map.of("clicks", now.clicks(), "shows", now.shows(), "positions", now.positions()),
            ""));
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws ModelFileException if the file is missing, damaged, foreign or of another version
   */
  public static ClickRate load(Path file) {
    return ReferenceFile.read(
        file,
        KIND,
        content -> {
          ItemField field = ItemField.of(content.schema(), content.text("field"));
          ClickRate read = new ClickRate(field, content.number("corrected") != 0);
          read.state =
              new State(
                  content.column("clicks", field.size()),
                  content.column("shows", field.size()),
                  new BetaPrior(content.number("prior clicks"), content.number("prior others")),
                  content.column("positions"));
          return read;
        });
  }
}
