package org.eglr;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.decode.Decision;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.eglr.train.TrainingLog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** At the ends of what the temperatures may be, no result is NaN or infinite. */
class TemperatureTest {

  private static final double[][] ENDS = {
    {Reasoning.LEAST_TEMPERATURE, 1}, {Reasoning.LEAST_TEMPERATURE, 100}, {100, 1}, {100, 100}
  };

  private static final List<ReasoningToken> TOKENS =
      List.of(ReasoningToken.CONTEXT_AWARE, ReasoningToken.PLAIN);

  private static final Splits DATA =
      Simulator.adLike().lists(200).listLength(5).pool(8).seed(2).log().split(0.6, 0.2, 0.2);

  /** Steps so large that its scores lie far apart. */
  private static Eglr model(Engine engine) {
    Eglr eglr =
        Eglr.builder(DATA.schema())
            .width(16)
            .heads(2)
            .evaluatorLayers(1)
            .seed(4)
            .engine(engine)
            .build();
    eglr.trainEvaluator(DATA.train(), t -> t.epochs(3).learningRate(0.1).clipNorm(0));
    eglr.trainGenerator(DATA.train(), t -> t.steps(1).groupSize(2).batchSize(8));
    return eglr;
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void every_result_is_finite(Engine engine) {
    Eglr trained = model(engine);
    for (double[] end : ENDS) {
      for (ReasoningToken token : end[1] == 100 ? TOKENS : TOKENS.subList(0, 1)) {
        String what = "%s, temperature %s, alpha %s, ".formatted(token, end[0], end[1]);
        Eglr eglr =
            trained.withReasoning(
                r ->
                    r.baseTemperature(end[0])
                        .exploration(end[1])
                        .entropyThreshold(-1)
                        .token(token));
        Request request = DATA.test().request(0);
        List<Ranking> lists = new ArrayList<>(eglr.beamSearch(request, 4));
        lists.add(eglr.rerank(request));
        assertAll(lists.stream().map(list -> () -> assertFinite(what, list)));
        Report report = eglr.evaluate(DATA.test());
        for (Metric metric : report.metrics()) {
          assertTrue(Double.isFinite(metric.value()), what + metric);
        }
        TrainingLog log =
            eglr.trainGenerator(DATA, t -> t.steps(2).groupSize(4).batchSize(8).validateEvery(1));
        log.steps()
            .forEach(
                step ->
                    step.values()
                        .forEach(
                            (name, value) ->
                                assertTrue(Double.isFinite(value), what + name + " " + value)));
        assertFinite(what, eglr.rerank(request));
      }
    }
  }

  private static void assertFinite(String what, Ranking list) {
    assertTrue(Double.isFinite(list.score()), what + "score " + list.score());
    for (double click : list.clickProbabilities()) {
      assertTrue(click >= 0 && click <= 1, what + "click " + click);
    }
    for (Decision decision : list.trace().decisions()) {
      for (double entropy : decision.entropy()) {
        assertTrue(
            entropy >= 0 && entropy <= Math.log(decision.remaining()) + 1e-6,
            what + "entropy " + entropy);
      }
      assertDistribution(what + "choice", decision.probability());
      for (float[] token : decision.attention()) {
        assertDistribution(what + "token", token);
      }
    }
  }

  private static void assertDistribution(String what, float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    assertTrue(weights.length == 0 || Math.abs(sum - 1) < 1e-4, what + " sums to " + sum);
  }
}
