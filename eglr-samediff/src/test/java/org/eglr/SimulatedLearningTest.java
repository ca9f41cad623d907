package org.eglr;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What only a simulator can tell: how near the evaluator comes to the true click model, and whether
 * the generator's lists are better for users or only for the evaluator.
 */
class SimulatedLearningTest {

  private static Splits data(Simulator simulator) {
    Splits data = simulator.lists(12_500).seed(1).log().split(0.8, 0.1, 0.1);
    assertTrue(Math.abs(data.train().size() - 10_000) < 100, data.train().size() + " lists");
    return data;
  }

  /** Default settings throughout, 10,000 training lists. */
  @ParameterizedTest
  @ValueSource(strings = {"ad", "kuairand"})
  void the_evaluator_learns_the_truth_and_the_generator_serves_it(String preset) {
    Splits data = data(Simulator.preset(preset));
    Eglr eglr = Eglr.builder(data.schema()).build();
    eglr.trainEvaluator(data, t -> t);
    double gap = gapClosed(eglr.clickProbabilities(data.test()), data);
    assertTrue(gap >= 0.7, preset + ": closes " + gap + " of the log-loss gap");

    eglr.trainGenerator(data, t -> t.steps(100));
    Comparison comparison = eglr.compare(data.test());
    Report logged = comparison.reports().get(0);
    Report generated = comparison.reports().get(2);
    for (String metric : List.of("evaluator score", "true clicks", "true DCG")) {
      assertTrue(
          generated.value(metric) > 1.02 * logged.value(metric),
          "%s, %s: logged %.4f, generated %.4f"
              .formatted(preset, metric, logged.value(metric), generated.value(metric)));
    }
  }

  /**
   * The lesson: an evaluator that has seen too little can be fooled, and only the truth shows it.
   */
  @Test
  void a_misled_evaluator_is_exploited() {
    Splits data = data(Simulator.misleading());
    Eglr eglr = Eglr.builder(data.schema()).build();
    eglr.trainEvaluator(data, t -> t.epochs(5));
    eglr.trainGenerator(data.train(), t -> t.steps(100));
    Comparison comparison = eglr.compare(data.test());
    Report logged = comparison.reports().get(0);
    Report generated = comparison.reports().get(2);
    assertTrue(generated.value("evaluator score") > logged.value("evaluator score"));
    assertTrue(generated.value("true DCG") < logged.value("true DCG"));
  }

  /** Share of the log-loss between the constant click rate and the true model. */
  private static double gapClosed(List<double[]> predicted, Splits data) {
    ListSet test = data.test();
    double rate = clickRate(data.train());
    double base = 0;
    double model = 0;
    double truth = 0;
    for (int list = 0; list < test.size(); list++) {
      int[] shown = IntStream.range(0, test.length(list)).toArray();
      double[] probability = test.trueClickProbabilities(list, shown).orElseThrow();
      for (int k : shown) {
        base += expectedLogLoss(probability[k], rate);
        model += expectedLogLoss(probability[k], predicted.get(list)[k]);
        truth += expectedLogLoss(probability[k], probability[k]);
      }
    }
    return (base - model) / (base - truth);
  }

  /** Expectation over clicks, so that their chance does not blur the comparison. */
  private static double expectedLogLoss(double truth, double predicted) {
    return -truth * Math.log(predicted) - (1 - truth) * Math.log(1 - predicted);
  }

  private static double clickRate(ListSet lists) {
    int clicks = 0;
    int shown = 0;
    for (int list = 0; list < lists.size(); list++) {
      for (int k = 0; k < lists.length(list); k++) {
        clicks += lists.clicked(list, k) ? 1 : 0;
        shown++;
      }
    }
    return (double) clicks / shown;
  }
}
