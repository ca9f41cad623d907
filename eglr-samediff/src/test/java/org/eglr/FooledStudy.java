package org.eglr;

import java.util.Locale;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.LogSupport;
import org.eglr.metrics.OffLog;
import org.eglr.metrics.Report;
import org.eglr.train.Reward;
import org.junit.jupiter.api.Test;

/**
 * Does a reward keep a generator from being fooled by its evaluator, and what does it cost where
 * there is nothing to be fooled by? One line a reward: the evaluator's DCG E and the true DCG T of
 * the generator's lists, T's difference to the logged lists and to the first reward in percent with
 * half its 95 % interval over users, and how far the lists leave the log. No test: it runs by its
 * name only, some minutes a world.
 *
 * <pre>
 * mvn -pl eglr-samediff -am test -Dtest=FooledStudy -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dpreset=misleading -Dpool=30 -Dworlds=1,2,3
 * </pre>
 *
 * <p>{@code rewards} are separated by semicolons; {@code members}, {@code steps}, {@code lists} are
 * numbers.
 */
class FooledStudy {

  @Test
  void run() {
    for (String world : System.getProperty("worlds", "1").split(",")) {
      world(System.getProperty("preset", "misleading"), Long.parseLong(world));
    }
  }

  private static void world(String preset, long seed) {
    Simulator simulator =
        switch (preset) {
          case "ad" -> Simulator.adLike();
          case "kuairand" -> Simulator.kuaiRandLike();
          default -> Simulator.misleading();
        };
    Splits data =
        simulator
            .pool(Integer.getInteger("pool", 30))
            .lists(Integer.getInteger("lists", 10_000))
            .seed(seed)
            .log()
            .split(0.8, 0.1, 0.1);
    int members = Integer.getInteger("members", 1);
    Evaluator evaluator =
        Evaluator.builder(data.schema())
            .width(32)
            .heads(2)
            .evaluatorLayers(1)
            .members(members)
            .seed(seed)
            .engine(Engine.JAVA)
            .build();
    evaluator.train(data, t -> t.epochs(5));
    ListSet test = data.test().sample(400, 1);
    LogSupport log = LogSupport.of(data.train());
    Report logged = Rerankers.initialOrder(evaluator).evaluate(test);
    say("%s, world %d, %d members", preset, seed, members);
    say("%-32s E %.4f T %.4f", "logged", logged.value("evaluator score"), truth(logged));
    Report first = null;
    String rewards = System.getProperty("rewards", "click-dcg;click-dcg - 0.1 off-support");
    for (String reward : rewards.split(";")) {
      Eglr eglr =
          Eglr.builder(data.schema())
              .evaluator(evaluator)
              .trainFeatures(true)
              .reasoning(r -> r.maxSteps(0).baseTemperature(0.25))
              .seed(seed)
              .engine(Engine.JAVA)
              .build();
      eglr.trainGenerator(
          data.train(),
          t ->
              t.steps(Integer.getInteger("steps", 200))
                  .reward(Reward.parse(reward))
                  .validation(data.valid().sample(200, 1))
                  .validateEvery(50));
      Report report = eglr.evaluate(test);
      first = first == null ? report : first;
      OffLog off =
          OffLog.of(
              log,
              test,
              IntStream.range(0, test.size())
                  .mapToObj(l -> eglr.rerank(test.request(l)).order())
                  .toList());
      say(
          "%-32s E %.4f T %.4f; T against logged %s, against the first %s; unseen %.3f, unplaced"
              + " %.3f",
          reward,
          report.value("evaluator score"),
          truth(report),
          percent(report, logged),
          percent(report, first),
          off.unseen(),
          off.unplaced());
    }
  }

  private static double truth(Report report) {
    return report.value("true DCG");
  }

  private static String percent(Report report, Report to) {
    return report
        .percent(to, "true DCG")
        .map(
            p -> String.format(Locale.ROOT, "%+.1f %% ± %.1f", p.value(), 1.96 * p.standardError()))
        .orElse("-");
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
