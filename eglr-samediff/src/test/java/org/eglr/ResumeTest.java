package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.work.Workers;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.LearningRateSchedule;
import org.eglr.train.Reward;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingOptions;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped and resumed gives the numbers of one that never stopped, bit by bit. */
class ResumeTest {

  @TempDir Path folder;

  private static Splits data(String preset) {
    return Simulator.preset(preset)
        .lists(150)
        .listLength(4, 6)
        .pool(9)
        .seed(1)
        .log()
        .split(0.7, 0.15, 0.15);
  }

  private static Eglr model(Splits data, boolean trainFeatures) {
    return Eglr.builder(data.schema())
        .width(8)
        .heads(2)
        .embedding(4)
        .position(4)
        .trainFeatures(trainFeatures)
        .seed(5)
        .build();
  }

  /** How a run goes; everything but the model comes with the caller. */
  private interface Training<T extends TrainingOptions<T>> {
    TrainingLog run(Eglr model, UnaryOperator<T> more);
  }

  private static Training<EvaluatorTraining> evaluator(Splits data) {
    return (model, more) ->
        model.trainEvaluator(
            data,
            t -> more.apply(t.epochs(3).batchSize(33).clipNorm(0.5).weightDecay(0.1).patience(2)));
  }

  private static Training<GrpoTraining> grpo(Splits data, int steps) {
    return (model, more) ->
        model.trainGenerator(
            data, t -> more.apply(t.steps(steps).batchSize(20).groupSize(4).validateEvery(3)));
  }

  @AfterEach
  void restoreWorkers() {
    System.clearProperty(Calls.PROPERTY);
    Workers.resize(Runtime.getRuntime().availableProcessors());
  }

  /** Steps per epoch are 4, so that the points lie before, on and after measurements. */
  @ParameterizedTest
  @CsvSource({"ad, 1", "ad, 4", "ad, 11", "kuairand, 3", "kuairand, 6", "kuairand, 12"})
  void the_evaluators_training(String preset, int stop) throws IOException {
    Splits data = data(preset);
    Path begin = folder.resolve("begin.eglr");
    model(data, false).save(begin);
    for (int threads = 1; threads <= 3; threads++) {
      check(evaluator(data), begin, stop, threads);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ad, false, 1", "ad, true, 3", "ad, false, 5",
    "kuairand, false, 2", "kuairand, true, 4", "kuairand, true, 8"
  })
  void the_generators_training(String preset, boolean trainFeatures, int stop) throws IOException {
    Splits data = data(preset);
    Eglr trained = model(data, trainFeatures);
    trained.trainEvaluator(data, t -> t.epochs(1).batchSize(33));
    Path begin = folder.resolve("begin.eglr");
    trained.save(begin);
    for (int threads = 1; threads <= 3; threads++) {
      check(grpo(data, 8), begin, stop, threads);
    }
  }

  /** Stops by interrupt and by a failure, resumes on another number of threads, and compares. */
  private <T extends TrainingOptions<T>> void check(
      Training<T> training, Path begin, int stop, int threads) throws IOException {
    Workers.resize(threads);
    Eglr whole = Eglr.load(begin);
    TrainingLog expected = training.run(whole, t -> t);

    Path file = folder.resolve("run-" + threads + ".checkpoint");
    TrainingLog stopped =
        training.run(Eglr.load(begin), t -> t.checkpoint(file, 100).listener(interrupt(stop)));
    assertTrue(stopped.interrupted());
    assertEquals(stop, stopped.steps().size());
    Workers.resize(threads % 3 + 1);
    Eglr resumed = Eglr.load(begin);
    TrainingLog log = training.run(resumed, t -> t.checkpoint(file, 2).resume(file));
    assertSame(expected, log);
    assertArrayEquals(bytes(whole), bytes(resumed));

    Path killed = folder.resolve("killed-" + threads + ".checkpoint");
    assertThrows(
        IllegalStateException.class,
        () ->
            training.run(
                Eglr.load(begin), t -> t.checkpoint(killed, 2).listener(fail(Math.max(3, stop)))));
    resumed = Eglr.load(begin);
    assertSame(expected, training.run(resumed, t -> t.resume(killed)));
    assertArrayEquals(bytes(whole), bytes(resumed));
  }

  /** With large calls the evaluator's weights lie on the device. */
  @ParameterizedTest
  @ValueSource(strings = {"small", "large"})
  void on_the_graphs_of_samediff(String calls) throws IOException {
    System.setProperty(Calls.PROPERTY, calls);
    Splits data = data("ad");
    Path begin = folder.resolve("begin.eglr");
    model(data, false).save(begin);
    Eglr whole = Eglr.load(begin).withEngine(Engine.SAMEDIFF);
    Eglr resumed = Eglr.load(begin).withEngine(Engine.SAMEDIFF);
    Path file = folder.resolve("evaluator.checkpoint");
    evaluator(data).run(resumed, t -> t.checkpoint(file, 9).listener(interrupt(5)));
    assertSame(
        evaluator(data).run(whole, t -> t), evaluator(data).run(resumed, t -> t.resume(file)));
    Path second = folder.resolve("grpo.checkpoint");
    grpo(data, 4).run(resumed, t -> t.checkpoint(second, 9).listener(interrupt(2)));
    assertSame(grpo(data, 4).run(whole, t -> t), grpo(data, 4).run(resumed, t -> t.resume(second)));
    assertArrayEquals(bytes(whole), bytes(resumed));
  }

  /** All options beside the usual ones, on both engines: what they need is in the checkpoint. */
  @ParameterizedTest
  @CsvSource({"JAVA, false, 3", "JAVA, true, 5", "SAMEDIFF, false, 2", "SAMEDIFF, true, 3"})
  void with_every_option_on(Engine engine, boolean trainFeatures, int stop) throws IOException {
    Splits data = data("ad");
    Training<EvaluatorTraining> evaluator =
        (model, more) ->
            model.trainEvaluator(
                data,
                t ->
                    more.apply(
                        t.epochs(2)
                            .batchSize(33)
                            .weightDecay(0.1)
                            .dropout(engine == Engine.JAVA ? 0.2 : 0)
                            .schedule(LearningRateSchedule.cosine(3))));
    Training<GrpoTraining> grpo =
        (model, more) ->
            model.trainGenerator(
                data,
                t ->
                    more.apply(
                        t.steps(6)
                            .batchSize(20)
                            .groupSize(4)
                            .validateEvery(2)
                            .learningRate(1e-2)
                            .updatesPerRollout(3)
                            .clip(0.002, 0.003)
                            .klToReference(0.05)
                            .entropyBonus(0.01)
                            .reward(Reward.clickDcg().plus(0.2, Reward.diversity("cate")))
                            .normaliseEach(true)
                            .schedule(LearningRateSchedule.warmUp(4))));
    Path begin = folder.resolve("begin.eglr");
    model(data, trainFeatures).save(begin);
    Eglr whole = Eglr.load(begin).withEngine(engine);
    Eglr resumed = Eglr.load(begin).withEngine(engine);
    Path file = folder.resolve("evaluator.checkpoint");
    evaluator.run(resumed, t -> t.checkpoint(file, 9).listener(interrupt(stop)));
    Workers.resize(1);
    TrainingLog expected = evaluator.run(whole, t -> t);
    assertSame(expected, evaluator.run(resumed, t -> t.resume(file)));
    assertTrue(expected.steps().get(2).values().get("learning rate") < 1e-3);
    Path second = folder.resolve("grpo.checkpoint");
    Workers.resize(3);
    grpo.run(resumed, t -> t.checkpoint(second, 9).listener(interrupt(stop)));
    Workers.resize(2);
    expected = grpo.run(whole, t -> t);
    Eglr loaded = Eglr.load(second).withEngine(engine);
    assertSame(expected, grpo.run(resumed, t -> t.resume(second)));
    assertSame(expected, grpo.run(loaded, t -> t.resume(second)));
    assertArrayEquals(bytes(whole), bytes(resumed));
    assertArrayEquals(weights(whole), weights(loaded));
    var first = expected.steps().get(0).values();
    var last = expected.steps().get(5).values();
    assertTrue(first.get("KL to reference") < last.get("KL to reference"), "it strays");
    assertTrue(last.get("clipped choices") > 0, "some are clipped");
    for (UnaryOperator<GrpoTraining> change :
        List.<UnaryOperator<GrpoTraining>>of(
            t -> t.updatesPerRollout(2),
            t -> t.clip(0.002, 0.2),
            t -> t.klToReference(0),
            t -> t.entropyBonus(0),
            t -> t.gainRate(1),
            t -> t.schedule(LearningRateSchedule.constant()))) {
      assertThrows(
          ModelFileException.class, () -> grpo.run(loaded, t -> change.apply(t).resume(second)));
    }
  }

  /** Half a cosine ends where the run does: other steps, another run. */
  @Test
  void of_a_cosine_cannot_have_more_steps() {
    Splits data = data("ad");
    Eglr model = model(data, false);
    Path file = folder.resolve("run.checkpoint");
    UnaryOperator<EvaluatorTraining> options =
        t -> t.batchSize(40).schedule(LearningRateSchedule.cosine(2));
    model.trainEvaluator(data.train(), t -> options.apply(t).epochs(1).checkpoint(file, 1));
    String message =
        assertThrows(
                ModelFileException.class,
                () ->
                    model.trainEvaluator(
                        data.train(), t -> options.apply(t).epochs(2).resume(file)))
            .getMessage();
    assertTrue(
        message.contains(
            "schedule: cosine, warm-up 2 steps over 3 steps in the checkpoint, cosine, warm-up 2"
                + " steps over 6 steps here"),
        message);
  }

  @Test
  void again_and_again() throws IOException {
    Splits data = data("ad");
    Eglr whole = model(data, false);
    TrainingLog expected = evaluator(data).run(whole, t -> t);
    Path file = folder.resolve("run.checkpoint");
    Eglr model = model(data, false);
    evaluator(data).run(model, t -> t.checkpoint(file, 1).listener(interrupt(1)));
    for (int stop = 2; stop < 12; stop++) {
      int at = stop;
      evaluator(data).run(model, t -> t.checkpoint(file, 1).resume(file).listener(interrupt(at)));
    }
    assertSame(expected, evaluator(data).run(model, t -> t.resume(file)));
    assertArrayEquals(bytes(whole), bytes(model));
  }

  /** A run's last measurement may be one that a longer run does not make. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6})
  void with_more_steps(int first) throws IOException {
    Splits data = data("kuairand");
    Eglr trained = model(data, false);
    trained.trainEvaluator(data, t -> t.epochs(1));
    Path begin = folder.resolve("begin.eglr");
    trained.save(begin);
    Path file = folder.resolve("run.checkpoint");
    Eglr whole = Eglr.load(begin);
    Eglr resumed = Eglr.load(begin);
    grpo(data, first).run(resumed, t -> t.checkpoint(file, 50));
    assertSame(grpo(data, 8).run(whole, t -> t), grpo(data, 8).run(resumed, t -> t.resume(file)));
    assertArrayEquals(bytes(whole), bytes(resumed));
  }

  @Test
  void of_a_run_that_has_ended_changes_nothing() throws IOException {
    Splits data = data("ad");
    Path file = folder.resolve("run.checkpoint");
    Eglr model = model(data, false);
    TrainingLog expected = evaluator(data).run(model, t -> t.checkpoint(file, 100));
    byte[] before = Files.readAllBytes(file);
    Eglr again = model(data, false);
    assertSame(expected, evaluator(data).run(again, t -> t.checkpoint(file, 1).resume(file)));
    assertArrayEquals(bytes(model), bytes(again));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  /** With a learning rate this high each epoch is worse than the first. */
  @Test
  void of_a_run_that_lost_patience_gives_up_where_it_did() throws IOException {
    Splits data = data("ad");
    Training<EvaluatorTraining> training =
        (model, more) ->
            model.trainEvaluator(
                data, t -> more.apply(t.epochs(40).batchSize(50).learningRate(0.3).patience(3)));
    Eglr whole = model(data, false);
    TrainingLog expected = training.run(whole, t -> t);
    assertTrue(expected.steps().size() < 40 * 3, "it gave up");
    int best = expected.best().orElseThrow().step();
    Path file = folder.resolve("run.checkpoint");
    Eglr resumed = model(data, false);
    training.run(resumed, t -> t.checkpoint(file, 100).listener(interrupt(best + 4)));
    assertSame(expected, training.run(resumed, t -> t.resume(file)));
    assertArrayEquals(bytes(whole), bytes(resumed));
  }

  @Test
  void without_validation_lists_goes_on_with_the_last_weights() throws IOException {
    Splits data = data("ad");
    Training<EvaluatorTraining> training =
        (model, more) -> model.trainEvaluator(data.train(), t -> more.apply(t.epochs(2)));
    Eglr whole = model(data, false);
    TrainingLog expected = training.run(whole, t -> t.batchSize(40));
    Path file = folder.resolve("run.checkpoint");
    Eglr resumed = model(data, false);
    training.run(resumed, t -> t.batchSize(40).checkpoint(file, 9).listener(interrupt(2)));
    assertSame(expected, training.run(resumed, t -> t.batchSize(40).resume(file)));
    assertArrayEquals(bytes(whole), bytes(resumed));
  }

  /** What is left after a crash, with no model file: the checkpoint. */
  @Test
  void with_the_model_of_the_checkpoint() throws IOException {
    Splits data = data("kuairand");
    for (boolean trainFeatures : new boolean[] {false, true}) {
      Eglr whole = model(data, trainFeatures);
      whole.trainEvaluator(data, t -> t.epochs(1));
      Path begin = folder.resolve("begin.eglr");
      whole.save(begin);
      TrainingLog expected = grpo(data, 6).run(whole, t -> t);
      Path file = folder.resolve(trainFeatures + ".checkpoint");
      Eglr stopped = Eglr.load(begin);
      grpo(data, 6).run(stopped, t -> t.checkpoint(file, 1).listener(interrupt(3)));
      Eglr loaded = Eglr.load(file);
      assertTrue(loaded.evaluatorTrained() && loaded.generatorTrained());
      assertArrayEquals(weights(stopped), weights(loaded), "the best weights so far");
      assertSame(expected, grpo(data, 6).run(loaded, t -> t.resume(file)));
      assertArrayEquals(weights(whole), weights(loaded));
    }
    Path file = folder.resolve("evaluator.checkpoint");
    Eglr stopped = model(data, false);
    evaluator(data).run(stopped, t -> t.checkpoint(file, 1).listener(interrupt(4)));
    Eglr loaded = Eglr.load(file);
    assertTrue(loaded.evaluatorTrained());
    assertFalse(loaded.generatorTrained());
    assertArrayEquals(weights(stopped), weights(loaded));
  }

  @Test
  void tells_the_listener_only_of_new_steps() {
    Splits data = data("ad");
    Path file = folder.resolve("run.checkpoint");
    Eglr model = model(data, false);
    evaluator(data).run(model, t -> t.checkpoint(file, 1).listener(interrupt(10)));
    List<String> told = new java.util.ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(TrainingStep step) {
            told.add(step.step() + "/" + step.total());
          }
        };
    TrainingLog log = evaluator(data).run(model, t -> t.resume(file).listener(listener));
    assertEquals(List.of("11/12", "12/12"), told);
    double before = log.steps().get(9).seconds();
    assertTrue(log.steps().get(10).seconds() >= before, "time goes on from where it stopped");
  }

  private static TrainingListener interrupt(int step) {
    return new TrainingListener() {
      @Override
      public void onStep(TrainingStep taken) {
        if (taken.step() == step) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  private static TrainingListener fail(int step) {
    return new TrainingListener() {
      @Override
      public void onStep(TrainingStep taken) {
        if (taken.step() == step) {
          throw new IllegalStateException("for the test");
        }
      }
    };
  }

  /** A checkpoint knows the log of its own run only, so the rest of the file may differ. */
  private byte[] weights(Eglr model) throws IOException {
    Path file = folder.resolve("weights.eglr");
    model.save(file);
    return StoredZip.entries(file).get("weights.safetensors");
  }

  private byte[] bytes(Eglr model) throws IOException {
    Path file = folder.resolve("bytes.eglr");
    model.save(file);
    return Files.readAllBytes(file);
  }

  /** Everything but the time; doubles by their bits. */
  private static void assertSame(TrainingLog expected, TrainingLog actual) {
    assertFalse(actual.interrupted());
    assertEquals(expected.name(), actual.name());
    assertEquals(expected.validations(), actual.validations());
    assertEquals(expected.steps().size(), actual.steps().size());
    for (int i = 0; i < expected.steps().size(); i++) {
      TrainingStep a = expected.steps().get(i);
      TrainingStep b = actual.steps().get(i);
      assertEquals(a.step() + "/" + a.total(), b.step() + "/" + b.total());
      assertEquals(a.values(), b.values());
      assertEquals(List.copyOf(a.values().keySet()), List.copyOf(b.values().keySet()));
      assertEquals(a.profile().isPresent(), b.profile().isPresent());
      a.profile()
          .ifPresent(
              profile -> {
                var other = b.profile().orElseThrow();
                assertArrayEquals(profile.before(), other.before());
                assertArrayEquals(profile.after(), other.after());
                assertArrayEquals(profile.relativeBefore(), other.relativeBefore());
                assertArrayEquals(profile.relativeAfter(), other.relativeAfter());
                assertArrayEquals(profile.steps(), other.steps());
              });
    }
  }
}
