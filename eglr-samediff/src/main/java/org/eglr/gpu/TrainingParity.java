package org.eglr.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eglr.Eglr;
import org.eglr.Engine;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;

/**
 * Training from start to end on simulated lists with both engines: their models must measure the
 * same on held-out lists, within the standard error that the choice of lists has.
 */
final class TrainingParity {

  /** Standard errors of a difference that are taken for chance. */
  private static final double ERRORS = 2;

  private static final List<String> METRICS =
      List.of("NDCG@10", "evaluator score", "true clicks", "true DCG");

  private TrainingParity() {}

  /** Every other seed trains the generator's own features. */
  static List<Check> run(int seeds) {
    List<Check> checks = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      Splits data = Simulator.adLike().lists(2_500).seed(seed).log().split(0.8, 0.1, 0.1);
      Report java = trained(data, Engine.JAVA, seed);
      Report graph = trained(data, Engine.SAMEDIFF, seed);
      for (String name : METRICS) {
        checks.add(
            compare("seed %d: %s".formatted(seed, name), metric(java, name), metric(graph, name)));
      }
    }
    return checks;
  }

  private static Report trained(Splits data, Engine engine, long seed) {
    boolean own = seed % 2 == 0;
    Eglr eglr =
        Eglr.builder(data.schema())
            .engine(engine)
            .members(1) // further ones would only take the card's time
            .trainFeatures(own)
            .seed(seed)
            .build();
    eglr.trainEvaluator(data, t -> t.epochs(3));
    eglr.trainGenerator(data, t -> t.steps(40));
    return eglr.evaluate(data.test());
  }

  static Check compare(String name, Metric expected, Metric actual) {
    double deviation = Math.hypot(expected.standardError(), actual.standardError());
    double error = Math.abs(expected.value() - actual.value()) / Math.max(deviation, 1e-9);
    String note =
        String.format(
            Locale.ROOT,
            "plain Java %.4f, graphs %.4f, s.e. of the difference %.4f; error in s.e.",
            expected.value(),
            actual.value(),
            deviation);
    return new Check(name, error, ERRORS, note);
  }

  private static Metric metric(Report report, String name) {
    return report.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
