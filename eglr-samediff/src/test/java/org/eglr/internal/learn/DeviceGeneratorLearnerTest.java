package org.eglr.internal.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.ListWriter;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.eglr.train.GrpoTraining;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that stay on the device against the host's: the same steps, but for rounding. */
class DeviceGeneratorLearnerTest {

  private static final int GROUP = 4;

  private final ListSet lists =
      Simulator.adLike()
          .lists(60)
          .listLength(3, 6)
          .pool(8)
          .seed(5)
          .log()
          .split(0.8, 0.1, 0.1)
          .train();

  @AfterEach
  void callsAsUsual() {
    System.clearProperty(Calls.PROPERTY);
  }

  private Architecture architecture(boolean trainFeatures, long seed) {
    Reasoning reasoning =
        new Reasoning(2, 1.2, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, true);
    Settings settings = new Settings(12, 3, 1, 20, 4, 6, trainFeatures, reasoning, seed);
    return new Architecture(lists.schema(), settings);
  }

  /** With part of its pool. */
  private Request request(SplittableRandom random) {
    Request request = lists.request(random.nextInt(lists.size()));
    int kept = request.length() + random.nextInt(request.pool() - request.length() + 1);
    return request.withCandidates(IntStream.range(0, kept).toArray());
  }

  private GrpoBatch batch(Architecture architecture, Weights features, Weights weights, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Request> requests = new ArrayList<>();
    for (int r = 0; r < 10; r++) {
      requests.add(request(random));
    }
    double[] advantages =
        IntStream.range(0, requests.size() * GROUP)
            .mapToDouble(i -> random.nextGaussian())
            .toArray();
    Arrays.fill(advantages, 0, GROUP, 0); // a group that teaches nothing
    try (ListWriter writer = new ListWriter(Engine.JAVA, architecture, features, weights)) {
      return new GrpoBatch(
          requests,
          writer.write(
              requests, GROUP, list -> Chooser.sampling(CounterRandom.stream(seed, 1, list))),
          advantages);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false, large", "2, true, large", "3, true, small", "4, false, small"})
  void takes_the_steps_that_the_host_takes(long seed, boolean trainFeatures, String calls) {
    System.setProperty(Calls.PROPERTY, calls); // small: vectors are sent, not made
    Architecture architecture = architecture(trainFeatures, seed);
    Weights host = architecture.generator();
    Weights evaluator = architecture.evaluator();
    host.setFrom(evaluator);
    Weights device = host.copy();
    Weights first = host.copy();
    GrpoTraining options = new GrpoTraining().learningRate(0.01).clipNorm(0.5);
    try (var expected = new HostGeneratorLearner(Engine.JAVA, architecture, host, options);
        var actual =
            new DeviceGeneratorLearner(
                architecture, trainFeatures ? device : evaluator, device, options)) {
      actual.weightsChanged();
      for (int step = 1; step <= 4; step++) {
        GrpoBatch batch = batch(architecture, trainFeatures ? host : evaluator, host, seed + step);
        GeneratorLearner.Outcome wanted = expected.step(step, batch);
        GeneratorLearner.Outcome got = actual.step(step, batch);
        assertEquals(wanted.loss(), got.loss(), 1e-4);
        assertEquals(wanted.norm(), got.norm(), 1e-3 * wanted.norm());
      }
      actual.trained().store();
    }
    for (Tensor tensor : host.all()) {
      // A key bias moves all scores alike: its gradient is rounding, which Adam magnifies.
      if (!tensor.name().equals("layer.k.bias")) {
        assertArrayEquals(tensor.data(), device.data(tensor.name()), 4e-3f, tensor.name());
      }
    }
    assertNotEquals(first.data("layer.q.weight")[0], device.data("layer.q.weight")[0]);
  }

  /** A writer takes over what is trained, though the model's own weights do not follow. */
  @ParameterizedTest
  @CsvSource({"false, large", "true, large", "true, small"})
  void shows_writers_the_present_weights(boolean trainFeatures, String calls) {
    System.setProperty(Calls.PROPERTY, calls);
    Architecture architecture = architecture(trainFeatures, 4);
    Weights weights = architecture.generator();
    Weights evaluator = architecture.evaluator();
    weights.setFrom(evaluator);
    Weights features = trainFeatures ? weights : evaluator;
    Weights before = weights.copy();
    GrpoBatch batch = batch(architecture, features, weights, 9);
    SplittableRandom random = new SplittableRandom(8);
    List<Request> requests = Stream.generate(() -> request(random)).limit(30).toList();
    GrpoTraining options = new GrpoTraining().learningRate(0.1);
    try (var writer = new ListWriter(Engine.SAMEDIFF, architecture, features, weights);
        var learner = new DeviceGeneratorLearner(architecture, features, weights, options)) {
      List<Trajectory> untrained = writer.best(requests);
      learner.weightsChanged();
      for (int step = 1; step <= 3; step++) {
        learner.step(step, batch);
      }
      learner.show(writer);
      boolean stays = calls.equals("large");
      float[] changed = before.data("layer.q.weight");
      assertEquals(stays, Arrays.equals(changed, weights.data("layer.q.weight")));
      List<Trajectory> shown = writer.best(requests);
      learner.trained().store();
      try (var fresh = new ListWriter(Engine.JAVA, architecture, features, weights)) {
        List<Trajectory> stored = fresh.best(requests);
        int other = 0;
        for (int r = 0; r < requests.size(); r++) {
          assertArrayEquals(stored.get(r).order(), shown.get(r).order());
          double expected = stored.get(r).logProbability();
          assertEquals(expected, shown.get(r).logProbability(), 1e-3);
          other += Arrays.equals(untrained.get(r).order(), shown.get(r).order()) ? 0 : 1;
        }
        assertTrue(other > 0, "training changed no list");
      }
    }
  }

  @Test
  void a_batch_that_teaches_nothing_changes_nothing() {
    System.setProperty(Calls.PROPERTY, "large");
    Architecture architecture = architecture(false, 1);
    Weights weights = architecture.generator();
    Weights before = weights.copy();
    GrpoBatch sampled = batch(architecture, architecture.evaluator(), weights, 1);
    GrpoBatch flat =
        new GrpoBatch(
            sampled.requests(), sampled.written(), new double[sampled.advantages().length]);
    try (var learner =
        new DeviceGeneratorLearner(
            architecture, architecture.evaluator(), weights, new GrpoTraining())) {
      assertEquals(new GeneratorLearner.Outcome(0, 0), learner.step(1, flat));
      learner.trained().store();
    }
    for (Tensor tensor : before.all()) {
      assertArrayEquals(tensor.data(), weights.data(tensor.name()), tensor.name());
    }
  }
}
