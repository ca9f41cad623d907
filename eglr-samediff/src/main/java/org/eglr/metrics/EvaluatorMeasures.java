package org.eglr.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.data.Auc;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.internal.check.Setting;

/** Measures a predictor of clicks for an {@link EvaluatorReport}. */
public final class EvaluatorMeasures {

  /** Items of a list that are held at their positions, one after the other. */
  private static final int HELD = 2;

  /** Lists at once: enough to fill an engine's calls. */
  private static final int CHUNK = 128;

  private static final double SMALLEST = 1e-12;

  /** Below it a probability does not move: what is left is rounding. */
  private static final double STILL = 1e-7;

  private final ListSet lists;
  private final ClickPredictor predictor;
  private final int redraws;
  private final long seed;
  private final double[] loss; // sums, by list
  private final double[] excess;
  private final double[] gain; // means over the items held
  private final double[] spread;
  private final List<Double> correlations = new ArrayList<>();
  private final List<Integer> correlated = new ArrayList<>(); // their users
  private final double[] predicted; // all positions
  private final boolean[] clicked;
  private int next;

  private EvaluatorMeasures(ListSet lists, ClickPredictor predictor, int redraws, long seed) {
    this.lists = lists;
    this.predictor = predictor;
    this.redraws = redraws;
    this.seed = seed;
    loss = new double[lists.size()];
    excess = new double[lists.size()];
    gain = new double[lists.size()];
    spread = new double[lists.size()];
    int shown = IntStream.range(0, lists.size()).map(lists::length).sum();
    predicted = new double[shown];
    clicked = new boolean[shown];
  }

  /**
   * Measures a predictor on logged lists.
   *
   * @param lists which were not trained on; at least one
   * @param redraws of the neighbours of each item that is held; 2 to 1000
   * @param seed decides which items are held and what is drawn
   * @throws DataException if there are no lists
   */
  public static EvaluatorReport of(
      ListSet lists, ClickPredictor predictor, int redraws, long seed) {
    Setting.require(redraws >= 2 && redraws <= 1000, "redraws", redraws, "2 to 1000");
    if (lists.size() == 0) {
      throw new DataException("there are no lists to measure an evaluator by");
    }
    EvaluatorMeasures measures = new EvaluatorMeasures(lists, predictor, redraws, seed);
    for (int from = 0; from < lists.size(); from += CHUNK) {
      measures.chunk(from, Math.min(lists.size(), from + CHUNK));
    }
    return measures.report();
  }

  /** A list whose neighbours around one item were drawn anew. */
  private record Drawn(int list, int position, int[] order) {}

  private void chunk(int from, int to) {
    List<Integer> asked = new ArrayList<>();
    List<int[]> orders = new ArrayList<>();
    for (int list = from; list < to; list++) {
      asked.add(list);
      orders.add(IntStream.range(0, lists.length(list)).toArray());
    }
    List<Drawn> drawn = new ArrayList<>();
    for (int list = from; list < to; list++) {
      draw(list, drawn);
    }
    drawn.forEach(
        each -> {
          asked.add(each.list);
          orders.add(each.order);
        });
    List<double[]> found = predictor.clickProbabilities(asked, orders);
    for (int list = from; list < to; list++) {
      shown(list, found.get(list - from));
    }
    for (int d = 0; d < drawn.size(); d += redraws) { // of one item each
      Drawn first = drawn.get(d);
      int k = first.position;
      double[] moved = new double[redraws];
      double[] truth = new double[redraws];
      for (int r = 0; r < redraws; r++) {
        moved[r] = found.get(to - from + d + r)[k];
        int[] order = drawn.get(d + r).order;
        truth[r] =
            lists.trueClickProbabilities(first.list, order).map(p -> p[k]).orElse(Double.NaN);
      }
      held(first, found.get(first.list - from)[k], moved, truth);
    }
  }

  private void draw(int list, List<Drawn> into) {
    int n = lists.length(list);
    int pool = lists.pool(list);
    if (pool < 2) {
      return;
    }
    SplittableRandom random = new SplittableRandom(seed + list * 0x9E3779B97F4A7C15L);
    int[] held = shuffled(n, Math.min(HELD, n), random);
    for (int position : held) {
      for (int r = 0; r < redraws; r++) {
        int[] others = shuffled(pool - 1, n - 1, random);
        int[] order = new int[n];
        for (int k = 0; k < n; k++) {
          int other = k == position ? 0 : others[k < position ? k : k - 1];
          order[k] = k == position ? position : other < position ? other : other + 1;
        }
        into.add(new Drawn(list, position, order));
      }
    }
  }

  /** The first of 0 to size - 1 in random order. */
  private static int[] shuffled(int size, int first, SplittableRandom random) {
    int[] all = IntStream.range(0, size).toArray();
    for (int i = 0; i < first; i++) {
      int j = i + random.nextInt(size - i);
      int swap = all[i];
      all[i] = all[j];
      all[j] = swap;
    }
    return Arrays.copyOf(all, first);
  }

  private void shown(int list, double[] probabilities) {
    double[] truth =
        lists
            .trueClickProbabilities(list, IntStream.range(0, lists.length(list)).toArray())
            .orElse(null);
    for (int k = 0; k < lists.length(list); k++) {
      predicted[next] = probabilities[k];
      clicked[next++] = lists.clicked(list, k);
      loss[list] += logLoss(probabilities[k], lists.clicked(list, k));
      if (truth != null) {
        double t = truth[k];
        excess[list] += divergence(t, probabilities[k]) + divergence(1 - t, 1 - probabilities[k]);
      }
    }
  }

  private void held(Drawn item, double real, double[] moved, double[] truth) {
    int held = Math.min(HELD, lists.length(item.list));
    boolean click = lists.clicked(item.list, item.position);
    double redrawn = Arrays.stream(moved).map(p -> logLoss(p, click)).average().orElseThrow();
    gain[item.list] += (redrawn - logLoss(real, click)) / held;
    double deviation = deviation(moved);
    spread[item.list] += deviation / held;
    double trueDeviation = deviation(truth); // NaN without a truth
    if (trueDeviation > STILL) {
      correlations.add(deviation > STILL ? correlation(moved, truth) : 0);
      correlated.add(lists.log().user(lists.logIndex(item.list)));
    }
  }

  private static double logLoss(double probability, boolean click) {
    return -StrictMath.log(Math.max(SMALLEST, click ? probability : 1 - probability));
  }

  private static double divergence(double truth, double predicted) {
    return truth <= 0 ? 0 : truth * Math.log(truth / Math.max(SMALLEST, predicted));
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double products = 0;
    for (int i = 0; i < a.length; i++) {
      products += (a[i] - meanA) * (b[i] - meanB);
    }
    return products / (a.length - 1) / (deviation(a) * deviation(b));
  }

  private EvaluatorReport report() {
    Clusters users = Clusters.of(lists);
    long clicks = IntStream.range(0, clicked.length).filter(i -> clicked[i]).count();
    Calibration calibration = Calibration.of(predicted, clicked);
    List<Metric> metrics = new ArrayList<>();
    double perPosition = (double) lists.size() / predicted.length;
    metrics.add(scaled(users.mean(EvaluatorReport.LOG_LOSS, loss), perPosition));
    if (lists.hasTruth()) {
      metrics.add(scaled(users.mean(EvaluatorReport.EXCESS, excess), perPosition));
    }
    metrics.add(new Metric(EvaluatorReport.AUC, Auc.of(predicted, clicked), Double.NaN));
    metrics.add(new Metric(EvaluatorReport.CALIBRATION_ERROR, calibration.error(), Double.NaN));
    metrics.add(users.mean(EvaluatorReport.SPREAD, spread));
    double perClick = (double) predicted.length / clicks;
    metrics.add(scaled(users.mean(EvaluatorReport.GAIN, gain), perClick));
    if (lists.hasTruth()) {
      Clusters byItem = new Clusters(correlated.stream().mapToInt(Integer::intValue).toArray());
      double[] values = correlations.stream().mapToDouble(Double::doubleValue).toArray();
      metrics.add(byItem.mean(EvaluatorReport.CORRELATION, values));
    }
    return new EvaluatorReport(
        lists.size(), users.count(), predicted.length, clicks, metrics, calibration, positions());
  }

  private List<PositionAccuracy> positions() {
    int most = IntStream.range(0, lists.size()).map(lists::length).max().orElse(0);
    List<PositionAccuracy> positions = new ArrayList<>();
    for (int position = 0; position < most; position++) {
      positions.add(at(position));
    }
    return positions;
  }

  private PositionAccuracy at(int position) {
    int shown = 0;
    double[] predictedThere = new double[lists.size()];
    boolean[] clickedThere = new boolean[lists.size()];
    int first = 0;
    for (int list = 0; list < lists.size(); list++) {
      if (position < lists.length(list)) {
        predictedThere[shown] = predicted[first + position];
        clickedThere[shown++] = clicked[first + position];
      }
      first += lists.length(list);
    }
    double[] p = Arrays.copyOf(predictedThere, shown);
    boolean[] c = Arrays.copyOf(clickedThere, shown);
    double clicks = IntStream.range(0, shown).filter(i -> c[i]).count();
    return new PositionAccuracy(
        position + 1,
        shown,
        clicks / shown,
        Arrays.stream(p).average().orElseThrow(),
        Auc.of(p, c),
        Calibration.of(p, c).error());
  }

  private static Metric scaled(Metric metric, double factor) {
    return new Metric(metric.name(), factor * metric.value(), factor * metric.standardError());
  }
}
