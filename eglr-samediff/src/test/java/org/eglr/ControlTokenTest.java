package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.cpu.CpuDecoder;
import org.eglr.internal.cpu.CpuReplay;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.RandomLists;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reasoning tokens that know nothing of the scores. */
class ControlTokenTest {

  private static final Splits DATA =
      Simulator.adLike().lists(120).listLength(4).pool(6).seed(2).log().split(0.6, 0.2, 0.2);

  @TempDir Path folder;

  private static Eglr model(ReasoningToken token, QueryUpdate query) {
    return Eglr.builder(DATA.schema())
        .width(8)
        .heads(2)
        .evaluatorLayers(1)
        .embedding(4)
        .trainFeatures(true)
        .reasoning(r -> r.token(token).query(query).gate(Gate.always()))
        .asTrained();
  }

  @ParameterizedTest
  @EnumSource(
      value = ReasoningToken.class,
      names = {"ZERO", "MEAN", "NOISE"})
  void train_save_and_load(ReasoningToken token) {
    for (QueryUpdate query : QueryUpdate.values()) {
      Eglr model = model(token, query);
      model.trainGenerator(DATA, t -> t.steps(2).groupSize(3).batchSize(8));
      Path file = folder.resolve(token + "-" + query);
      model.save(file);
      Eglr loaded = Eglr.load(file);
      assertEquals(model.settings(), loaded.settings());
      assertArrayEquals(
          model.rerank(DATA.test().request(0)).order(),
          loaded.rerank(DATA.test().request(0)).order());
      Eglr graphs = loaded.withEngine(Engine.SAMEDIFF);
      assertEquals(
          "setting 'token' is %s, which the SameDiff engine does not compute; use Engine.JAVA, or"
                  .formatted(token)
              + " one of NONE, PLAIN, CONTEXT_AWARE",
          assertThrows(IllegalArgumentException.class, () -> graphs.rerank(DATA.test().request(0)))
              .getMessage());
    }
  }

  /** Several updates a rollout make tokens anew: with the same weights they are the same. */
  @ParameterizedTest
  @EnumSource(value = ReasoningToken.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_replay_that_makes_tokens_anew_finds_the_list_as_it_was_written(ReasoningToken token) {
    for (QueryUpdate query : QueryUpdate.values()) {
      Reasoning reasoning = new Reasoning(2, -1, 1, 1.5, token, query, true);
      Architecture architecture = RandomRequests.architecture(reasoning, false, 3);
      Weights weights = RandomLists.weights(architecture, 3);
      var task = RandomLists.task(new SplittableRandom(4), 7, 5);
      float[] z = task.candidates().all();
      try (var decoder = new CpuDecoder(architecture, weights);
          var replay = new CpuReplay(architecture, weights)) {
        Trajectory list = decoder.decode(List.of(task)).get(0);
        var batch =
            new ReplayBatch(7, new int[] {7}, 1, List.of(), List.of(list), new double[] {1});
        double sum = DoubleStream.of(replay.choices(batch, z)[0]).sum();
        assertEquals(list.logProbability(), sum, 1e-4, query.name());
      }
    }
  }

  /** The same for a request, and everywhere another. */
  @Test
  void noise_is_normal_and_depends_on_the_place_only() {
    Reasoning reasoning =
        new Reasoning(2, -1, 1, 1.5, ReasoningToken.NOISE, QueryUpdate.REPLACE, true);
    double sum = 0;
    double squares = 0;
    int count = 0;
    Set<Float> distinct = new HashSet<>();
    for (int seed = 0; seed < 3; seed++) {
      Architecture architecture = RandomRequests.architecture(reasoning, false, seed);
      CpuDecoder decoder = new CpuDecoder(architecture, architecture.generator());
      var task = RandomLists.task(new SplittableRandom(4), 30, 30);
      Trajectory list = decoder.decode(List.of(task)).get(0);
      float[] tokens = list.tokens();
      assertEquals(60 * 8, tokens.length);
      var other = RandomLists.task(new SplittableRandom(4), Chooser.GREEDY);
      float[] others = decoder.decode(List.of(other)).get(0).tokens();
      assertNotEquals(tokens[0], others[0], "another request");
      for (float value : tokens) {
        sum += value;
        squares += value * value;
        count++;
        distinct.add(value);
      }
    }
    assertEquals(480, distinct.size(), "three models, one request");
    assertEquals(0, sum / count, 5 / Math.sqrt(480));
    assertEquals(1, squares / count, 5 * Math.sqrt(2.0 / 480));
  }
}
