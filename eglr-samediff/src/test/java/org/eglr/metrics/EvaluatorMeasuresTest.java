package org.eglr.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Evaluator;
import org.eglr.PairEffects;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.Test;

class EvaluatorMeasuresTest {

  private static final Splits DATA =
      Simulator.adLike()
          .lists(6000)
          .listLength(5, 8)
          .pool(12)
          .neighbourEffects(2)
          .seed(4)
          .log()
          .split(0.1, 0.1, 0.8);
  private static final ListSet LISTS = DATA.test();

  private static List<double[]> truth(List<Integer> lists, List<int[]> orders) {
    return IntStream.range(0, lists.size())
        .mapToObj(i -> LISTS.trueClickProbabilities(lists.get(i), orders.get(i)).orElseThrow())
        .toList();
  }

  /** An item by itself at its position: the first of a list of the truth has no neighbours. */
  private static List<double[]> alone(List<Integer> lists, List<int[]> orders) {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      double[] own = new double[orders.get(i).length];
      for (int k = 0; k < own.length; k++) {
        int[] one = {orders.get(i)[k]};
        own[k] = LISTS.trueClickProbabilities(lists.get(i), one).orElseThrow()[0] / (1 + k);
      }
      all.add(own);
    }
    return all;
  }

  @Test
  void the_truth_is_ideal() {
    EvaluatorReport report = EvaluatorMeasures.of(LISTS, EvaluatorMeasuresTest::truth, 6, 1);
    assertEquals(0, report.value(EvaluatorReport.EXCESS), 1e-12);
    assertEquals(1, report.value(EvaluatorReport.CORRELATION), 1e-9);
    assertTrue(report.value(EvaluatorReport.SPREAD) > 0.01);
    Metric gain = report.metric(EvaluatorReport.GAIN);
    assertTrue(gain.value() > 3 * gain.standardError(), "gain " + gain);
    assertTrue(report.value(EvaluatorReport.CALIBRATION_ERROR) < 0.02, report.toString());
    assertTrue(report.toString().matches(".*log-loss 0\\.\\d{4} ± .*"), report.toString());
    assertFalse(report.toString().contains("NaN"), "measures of all lists have no error");
    assertEquals(LISTS.size(), report.lists());
  }

  @Test
  void what_sees_no_neighbours_is_found_blind() {
    EvaluatorReport report = EvaluatorMeasures.of(LISTS, EvaluatorMeasuresTest::alone, 6, 1);
    assertEquals(0, report.value(EvaluatorReport.SPREAD), 1e-15);
    assertEquals(0, report.value(EvaluatorReport.GAIN), 1e-15);
    assertEquals(0, report.value(EvaluatorReport.CORRELATION));
    assertTrue(report.value(EvaluatorReport.EXCESS) > 0.01);
  }

  /** Moves with the neighbours, but not as clicks do. */
  @Test
  void seeing_what_is_not_there_gains_nothing() {
    ClickPredictor noise =
        (lists, orders) ->
            IntStream.range(0, lists.size())
                .mapToObj(
                    i -> {
                      double[] p = alone(List.of(lists.get(i)), List.of(orders.get(i))).get(0);
                      int hash = lists.get(i) * 31 + Arrays.hashCode(orders.get(i));
                      double factor = 0.7 + 0.6 * ((hash * 0x9E3779B9 >>> 8) / (double) (1 << 24));
                      return Arrays.stream(p).map(x -> Math.min(0.95, x * factor)).toArray();
                    })
                .toList();
    EvaluatorReport report = EvaluatorMeasures.of(LISTS, noise, 6, 1);
    assertTrue(report.value(EvaluatorReport.SPREAD) > 0.005);
    Metric gain = report.metric(EvaluatorReport.GAIN);
    assertTrue(Math.abs(gain.value()) < 4 * gain.standardError(), "gain " + gain);
    assertTrue(Math.abs(report.value(EvaluatorReport.CORRELATION)) < 0.05, report.toString());
  }

  /** Lists of 5 to 8 items: the last positions are not in all. */
  @Test
  void positions_by_hand() {
    ListSet few = LISTS.range(0, 200);
    EvaluatorReport report = EvaluatorMeasures.of(few, EvaluatorMeasuresTest::truth, 2, 1);
    assertEquals(8, report.positions().size());
    long shown = 0;
    for (PositionAccuracy at : report.positions()) {
      List<Double> ones = new ArrayList<>();
      List<Double> zeros = new ArrayList<>();
      for (int list = 0; list < few.size(); list++) {
        if (few.length(list) >= at.position()) {
          int[] order = IntStream.range(0, few.length(list)).toArray();
          double p = few.trueClickProbabilities(list, order).orElseThrow()[at.position() - 1];
          (few.clicked(list, at.position() - 1) ? ones : zeros).add(p);
        }
      }
      double right = 0;
      for (double one : ones) {
        for (double zero : zeros) {
          right += one > zero ? 1 : one == zero ? 0.5 : 0;
        }
      }
      assertEquals(ones.size() + zeros.size(), at.shown());
      assertEquals((double) ones.size() / at.shown(), at.clicked(), 1e-12);
      assertEquals(right / ones.size() / zeros.size(), at.auc(), 1e-12);
      double sum = ones.stream().mapToDouble(p -> p).sum();
      sum += zeros.stream().mapToDouble(p -> p).sum();
      assertEquals(sum / at.shown(), at.predicted(), 1e-12);
      assertTrue(at.calibrationError() >= 0 && at.calibrationError() < 0.2, at.toString());
      shown += at.shown();
    }
    assertEquals(report.shown(), shown);
    assertEquals(8, report.positionTable().rowCount());
    assertEquals(
        List.of("position", "shown", "clicked", "predicted", "AUC", "calibration error"),
        report.positionTable().columnNames());
  }

  @Test
  void losses_and_auc_by_hand() {
    ListSet few = LISTS.range(0, 40);
    ClickPredictor predictor = EvaluatorMeasuresTest::truth; // the first lists are the same
    EvaluatorReport report = EvaluatorMeasures.of(few, predictor, 2, 1);
    List<Double> ones = new ArrayList<>();
    List<Double> zeros = new ArrayList<>();
    double loss = 0;
    for (int list = 0; list < few.size(); list++) {
      int[] order = IntStream.range(0, few.length(list)).toArray();
      double[] p = few.trueClickProbabilities(list, order).orElseThrow();
      for (int k = 0; k < p.length; k++) {
        (few.clicked(list, k) ? ones : zeros).add(p[k]);
        loss -= few.clicked(list, k) ? Math.log(p[k]) : Math.log(1 - p[k]);
      }
    }
    double right = 0;
    for (double one : ones) {
      for (double zero : zeros) {
        right += one > zero ? 1 : one == zero ? 0.5 : 0;
      }
    }
    assertEquals(right / ones.size() / zeros.size(), report.value(EvaluatorReport.AUC), 1e-12);
    assertEquals(ones.size(), report.clicks());
    assertEquals(ones.size() + zeros.size(), report.shown());
    assertEquals(loss / report.shown(), report.value(EvaluatorReport.LOG_LOSS), 1e-12);
  }

  /** Trained for one epoch: what a position's neighbours are makes no difference to constants. */
  @Test
  void an_evaluator_is_measured_by_its_scores() {
    Evaluator evaluator = Evaluator.builder(DATA.schema()).width(8).heads(2).seed(1).build();
    assertThrows(IllegalStateException.class, () -> evaluator.measure(LISTS));
    evaluator.train(DATA, t -> t.epochs(1));
    ListSet few = LISTS.range(0, 200);
    EvaluatorReport report = evaluator.measure(few, 3, 5);
    List<double[]> shown = evaluator.clickProbabilities(few);
    double loss = 0;
    for (int list = 0; list < few.size(); list++) {
      for (int k = 0; k < few.length(list); k++) {
        double p = shown.get(list)[k];
        loss -= Math.log(few.clicked(list, k) ? p : 1 - p);
      }
    }
    assertEquals(loss / report.shown(), report.value(EvaluatorReport.LOG_LOSS), 1e-9);
    assertTrue(report.value(EvaluatorReport.SPREAD) > 0);
    assertEquals(report.metrics(), evaluator.measure(few, 3, 5).metrics());
    assertFalse(report.metrics().equals(evaluator.measure(few, 3, 6).metrics()));
    assertEquals(PairEffects.MATCH, evaluator.settings().pairEffects());
  }

  @Test
  void wrong_arguments() {
    Exception redraws =
        assertThrows(
            IllegalArgumentException.class,
            () -> EvaluatorMeasures.of(LISTS, EvaluatorMeasuresTest::truth, 1, 1));
    assertEquals("setting 'redraws' is 1; allowed: 2 to 1000", redraws.getMessage());
    Exception lists =
        assertThrows(
            DataException.class,
            () -> EvaluatorMeasures.of(LISTS.range(0, 0), EvaluatorMeasuresTest::truth, 2, 1));
    assertEquals("there are no lists to measure an evaluator by", lists.getMessage());
    EvaluatorReport report =
        EvaluatorMeasures.of(LISTS.range(0, 5), EvaluatorMeasuresTest::truth, 2, 1);
    Exception name = assertThrows(IllegalArgumentException.class, () -> report.value("aucc"));
    assertTrue(name.getMessage().startsWith("no metric 'aucc'; there are [log-loss, "));
  }
}
