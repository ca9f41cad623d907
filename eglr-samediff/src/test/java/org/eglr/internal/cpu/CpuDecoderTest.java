package org.eglr.internal.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.Given;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;

class CpuDecoderTest {

  private static final Reasoning REASONING =
      new Reasoning(3, 0.9, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, true);

  private static List<ListTask> tasks(SplittableRandom random, int count, long seed) {
    List<ListTask> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int pool = 2 + random.nextInt(40);
      float[] z = new float[pool * 8];
      for (int j = 0; j < z.length; j++) {
        z[j] = (float) (2 * random.nextGaussian());
      }
      int length = 1 + random.nextInt(pool);
      Chooser chooser =
          i % 2 == 0 ? Chooser.GREEDY : Chooser.sampling(CounterRandom.stream(seed, i));
      tasks.add(new ListTask(Given.candidates(z, pool), length, chooser, null));
    }
    return tasks;
  }

  private static void assertSame(Trajectory expected, Trajectory actual) {
    assertArrayEquals(expected.order(), actual.order());
    assertArrayEquals(expected.steps(), actual.steps());
    assertArrayEquals(expected.tokens(), actual.tokens());
    assertArrayEquals(expected.entropyBefore(), actual.entropyBefore());
    assertArrayEquals(expected.entropyAfter(), actual.entropyAfter());
    assertEquals(expected.logProbability(), actual.logProbability());
  }

  /** More lists than are open at once, of all sizes: each the same to the bit as alone. */
  @Test
  void lists_written_together_are_those_written_alone() {
    for (long seed = 0; seed < 10; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Architecture architecture = RandomRequests.architecture(REASONING, false, seed);
      Weights weights = architecture.generator();
      List<ListTask> tasks = tasks(random, 50, seed);
      List<Trajectory> together = new CpuDecoder(architecture, weights).decode(tasks);
      CpuDecoder used = new CpuDecoder(architecture, weights);
      for (int i = 0; i < tasks.size(); i++) {
        assertSame(used.decode(List.of(tasks.get(i))).get(0), together.get(i));
      }
    }
  }

  @Test
  void the_cache_changes_nothing_but_the_time() {
    SplittableRandom random = new SplittableRandom(1);
    Architecture architecture = RandomRequests.architecture(REASONING, false, 1);
    Weights weights = architecture.generator();
    List<ListTask> tasks = tasks(random, 20, 1);
    List<Trajectory> cached = new CpuDecoder(architecture, weights).decode(tasks);
    List<Trajectory> uncached = CpuDecoder.withoutCache(architecture, weights).decode(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      assertSame(cached.get(i), uncached.get(i));
    }
  }

  @Test
  void large_pools_and_long_lists() {
    Architecture architecture = RandomRequests.architecture(REASONING, false, 2);
    SplittableRandom random = new SplittableRandom(2);
    float[] z = new float[1000 * 8];
    for (int j = 0; j < z.length; j++) {
      z[j] = (float) random.nextGaussian();
    }
    ListTask task = new ListTask(Given.candidates(z, 1000), 50, Chooser.GREEDY, null);
    Trajectory list =
        new CpuDecoder(architecture, architecture.generator()).decode(List.of(task)).get(0);
    assertEquals(50, Arrays.stream(list.order()).distinct().count());
    assertEquals(150, list.reasoning()); // undecided among a thousand: the whole budget
    for (int k = 0; k < 50; k++) {
      assertTrue(list.entropyAfter()[k] <= Math.log(1000 - k));
    }
  }

  @Test
  void a_candidate_taken_twice_is_refused() {
    Architecture architecture = RandomRequests.architecture(REASONING, false, 3);
    ListTask task =
        new ListTask(
            Given.candidates(new float[5 * 8], 5), 2, Chooser.forced(new int[] {3, 3}), null);
    CpuDecoder decoder = new CpuDecoder(architecture, architecture.generator());
    var refusal = assertThrows(IllegalArgumentException.class, () -> decoder.decode(List.of(task)));
    assertEquals("candidate 3 was taken before", refusal.getMessage());
    // and the decoder can be used again
    ListTask good = new ListTask(Given.candidates(new float[5 * 8], 5), 2, Chooser.GREEDY, null);
    assertArrayEquals(
        IntStream.range(0, 2).toArray(), decoder.decode(List.of(good)).get(0).order());
  }
}
