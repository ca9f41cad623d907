package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.Reward;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Evaluators of several members: what they say together, how they are trained, kept and used. */
class MembersTest {

  private static final Splits DATA =
      Simulator.adLike().lists(80).listLength(4, 5).pool(6).seed(1).log().split(0.7, 0.15, 0.15);

  private static final ListSet TEST = DATA.test();

  @TempDir private Path folder;

  private static <B extends NetworkBuilder<B>> B small(B builder, int members) {
    return builder.width(8).heads(2).evaluatorLayers(1).embedding(4).position(4).members(members);
  }

  private static Evaluator evaluator(int members) {
    return small(Evaluator.builder(DATA.schema()), members).seed(3).engine(Engine.JAVA).build();
  }

  private static Evaluator trained(int members) {
    Evaluator evaluator = evaluator(members);
    evaluator.train(DATA.train(), MembersTest::twoEpochs);
    return evaluator;
  }

  private static EvaluatorTraining twoEpochs(EvaluatorTraining options) {
    return options.epochs(2).batchSize(16);
  }

  private static ListScore score(Evaluator evaluator) {
    return evaluator.score(TEST.request(0), new int[] {3, 0, 5, 1});
  }

  /** Each member scores by itself; mean and deviation as they are written in a textbook. */
  @ParameterizedTest
  @EnumSource(Engine.class)
  void together_they_say_mean_and_deviation(Engine engine) {
    Settings settings = small(Eglr.builder(DATA.schema()), 3).seed(5).settings();
    Architecture architecture = new Architecture(DATA.schema(), settings);
    Weights weights = architecture.evaluator();
    int[] order = {2, 4, 1};
    double[][] alone = new double[3][];
    double[] values = new double[3];
    for (int m = 0; m < 3; m++) {
      Architecture own = architecture.member(m);
      assertEquals(1, own.members());
      try (EvaluatorScorer one = new EvaluatorScorer(engine, own, weights.member(m))) {
        ListScore score = one.score(List.of(TEST.request(1)), List.of(order)).get(0);
        alone[m] = score.clickProbabilities();
        values[m] = score.value();
        assertArrayEquals(new double[3], score.deviations());
      }
    }
    ListScore all;
    try (EvaluatorScorer scorer = new EvaluatorScorer(engine, architecture, weights)) {
      all = scorer.score(List.of(TEST.request(1)), List.of(order)).get(0);
    }
    double careful = 0;
    for (int k = 0; k < 3; k++) {
      double mean = (alone[0][k] + alone[1][k] + alone[2][k]) / 3;
      double squares = 0;
      for (int m = 0; m < 3; m++) {
        squares += Math.pow(alone[m][k], 2) / 3;
      }
      double deviation = Math.sqrt(squares - mean * mean);
      assertTrue(deviation > 1e-4, "members are alike");
      assertEquals(mean, all.clickProbabilities()[k], 1e-12);
      assertEquals(deviation, all.deviations()[k], 1e-9);
      careful += (mean - 2 * deviation) * Math.log(2) / Math.log(k + 2);
    }
    assertEquals((values[0] + values[1] + values[2]) / 3, all.value(), 1e-12);
    assertEquals(careful, all.dcg(2), 1e-9);
    assertEquals(all.dcg(), all.dcg(0));
  }

  /** Trained together, the first is what it is alone, to the bit; the others are others. */
  @Test
  void the_first_is_the_single_evaluator() {
    Map<String, ParameterArray> one = weights(trained(1));
    Map<String, ParameterArray> three = weights(trained(3));
    assertEquals(
        3 * one.size(),
        three.keySet().stream().filter(name -> name.startsWith("evaluator.")).count());
    int differences = 0;
    for (String name : one.keySet()) {
      float[] first = three.get(name).values();
      assertArrayEquals(one.get(name).values(), first, name);
      String second = name.replaceFirst("evaluator\\.", "evaluator.members.2.");
      String third = name.replaceFirst("evaluator\\.", "evaluator.members.3.");
      differences += java.util.Arrays.equals(first, three.get(second).values()) ? 0 : 1;
      differences +=
          java.util.Arrays.equals(three.get(second).values(), three.get(third).values()) ? 0 : 1;
    }
    assertEquals(2 * one.size(), differences);
    assertEquals(3 * trained(1).parameters(), trained(3).parameters());
  }

  private static Map<String, ParameterArray> weights(Evaluator evaluator) {
    Map<String, ParameterArray> all =
        new java.util.TreeMap<>(Eglr.builder(DATA.schema()).evaluator(evaluator).build().weights());
    all.keySet().removeIf(name -> !name.startsWith("evaluator."));
    return all;
  }

  @Test
  void a_file_has_all_of_them() throws IOException {
    Path file = folder.resolve("three.eglr");
    Evaluator three = trained(3);
    three.save(file);
    assertTrue(config(file).contains("\"version\" : 4"), config(file));
    for (Evaluator loaded : List.of(Evaluator.load(file), Eglr.load(file).evaluator())) {
      assertEquals(three.settings(), loaded.settings());
      ListScore expected = score(three);
      ListScore actual = score(loaded.withEngine(Engine.JAVA));
      assertArrayEquals(expected.clickProbabilities(), actual.clickProbabilities());
      assertArrayEquals(expected.deviations(), actual.deviations());
      assertEquals(expected.value(), actual.value());
    }
    refused(file, text -> text.replace("\"members\" : 3", "\"members\" : 2"), "weights");
    refused(file, text -> text.replace("\"members\" : 2", "\"members\" : 17"), "'members' is 17");
    Path single = folder.resolve("one.eglr");
    trained(1).save(single);
    assertTrue(config(single).contains("\"version\" : 4"), config(single));
    assertTrue(config(single).contains("\"members\" : 1"), config(single));
  }

  private static String config(Path file) throws IOException {
    return new String(StoredZip.entries(file).get("config.json"), StandardCharsets.UTF_8);
  }

  private static void refused(Path file, UnaryOperator<String> edit, String message)
      throws IOException {
    StoredZip.change(file, "config.json", edit);
    Exception error = assertThrows(ModelFileException.class, () -> Evaluator.load(file));
    assertTrue(error.getMessage().contains(message), error.getMessage());
    assertFalse(error.getMessage().contains("\n"), error.getMessage());
  }

  /** Interrupted after three steps and gone on with, all members are as if nothing had been. */
  @Test
  void a_run_of_several_is_resumed() {
    Path file = folder.resolve("run.eglr");
    Evaluator stopped = evaluator(2);
    stopped.train(
        DATA.train(),
        t ->
            twoEpochs(t)
                .checkpoint(file, 1000)
                .listener(
                    new TrainingListener() {
                      @Override
                      public void onStep(TrainingStep step) {
                        if (step.step() == 3) {
                          Thread.currentThread().interrupt();
                        }
                      }
                    }));
    Evaluator resumed = evaluator(2);
    resumed.train(DATA.train(), t -> twoEpochs(t).resume(file));
    assertFalse(java.util.Arrays.equals(score(stopped).deviations(), score(resumed).deviations()));
    assertArrayEquals(score(trained(2)).deviations(), score(resumed).deviations());
    assertEquals(2, Eglr.load(file).settings().members());
    Evaluator three = evaluator(3);
    String message =
        assertThrows(
                ModelFileException.class,
                () -> three.train(DATA.train(), t -> twoEpochs(t).resume(file)))
            .getMessage();
    assertTrue(message.contains("setting 'members' is 2 in the checkpoint, 3 here"), message);
  }

  /** The lists of a run by each engine begin with the same rewards. */
  @ParameterizedTest
  @EnumSource(Engine.class)
  void a_generator_learns_what_they_agree_on(Engine engine) {
    Eglr eglr =
        small(Eglr.builder(DATA.schema()), 2)
            .seed(3)
            .reasoning(r -> r.maxSteps(0))
            .engine(engine)
            .build();
    eglr.trainEvaluator(DATA.train(), t -> t.epochs(1).batchSize(16));
    var log =
        eglr.trainGenerator(
            DATA,
            t ->
                t.steps(2)
                    .batchSize(4)
                    .groupSize(3)
                    .reward(Reward.parse("pessimistic(2) - 0.1 off-support")));
    TrainingStep last = log.steps().get(1);
    double careful = last.values().get("reward: pessimistic(2.0)");
    double off = last.values().get("reward: off-support");
    assertEquals(careful - 0.1 * off, last.values().get("reward"), 1e-12);
    assertTrue(off > 0, "some items of the pools were not shown");
    Ranking ranking = eglr.rerank(TEST.request(0));
    ListScore score = eglr.evaluator().score(TEST.request(0), ranking.order());
    assertArrayEquals(score.clickProbabilities(), ranking.clickProbabilities(), 1e-6);
    assertTrue(IntStream.range(0, ranking.order().length).allMatch(k -> score.deviations()[k] > 0));
  }

  @Test
  void what_cannot_be_is_refused() {
    Exception error = assertThrows(IllegalArgumentException.class, () -> evaluator(0));
    assertEquals("setting 'members' is 0; allowed: 1 to 16", error.getMessage());
    Evaluator two = evaluator(2);
    error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Eglr.builder(DATA.schema()).evaluator(two).members(3).build());
    assertEquals(
        "setting 'members' is 3; allowed: 2, as the shared evaluator has it", error.getMessage());
    Eglr single = small(Eglr.builder(DATA.schema()), 1).asTrained();
    error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                single.trainGenerator(DATA.train(), t -> t.steps(1).reward(Reward.pessimistic(1))));
    assertEquals(
        "reward 'pessimistic(1.0)' needs an evaluator of at least 2 members, and this has 1:"
            + " build it with members(3), train it anew",
        error.getMessage());
  }
}
