package org.eglr.internal.samediff.step;

import static org.eglr.internal.model.RandomLists.assertSame;
import static org.eglr.internal.model.RandomLists.plain;
import static org.eglr.internal.model.RandomLists.task;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.decode.Decision;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.Given;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.RandomLists;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.TraceRecorder;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items that are chosen where the scores are: always available ones, and those of the host. */
class DeviceChoiceTest {

  private static final Reasoning REASONING =
      new Reasoning(2, 1.3, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, true);

  /** A model by the seed, and the lists that it is asked for. */
  private static final class Case {
    final Architecture architecture;
    final Weights weights;
    final SplittableRandom random;
    final List<ListTask> tasks = new ArrayList<>();

    Case(long seed) {
      architecture = RandomRequests.architecture(REASONING, false, seed);
      weights = RandomLists.weights(architecture, seed);
      random = new SplittableRandom(seed);
    }

    /** Scores are as many times as far apart as the factor says. */
    void add(int pool, int length, Chooser chooser, float factor) {
      ListTask task = task(random, pool, length);
      float[] z = task.candidates().all();
      for (int i = 0; i < z.length; i++) {
        z[i] *= factor;
      }
      tasks.add(new ListTask(task.candidates(), length, chooser, null));
    }

    List<Trajectory> decode(int limit) {
      try (GraphDecoder decoder = new GraphDecoder(architecture, weights, REASONING, limit)) {
        return decoder.decode(tasks);
      }
    }
  }

  /** Whole pools are drawn at both ends of the probabilities, flat and steep, with padding. */
  @ParameterizedTest
  @ValueSource(doubles = {0, Double.MIN_VALUE, 0x1p-53, 0x1.fffffep-1, 1 - 0x1p-53})
  void gone_items_are_never_drawn(double u) {
    for (long seed = 0; seed < 5; seed++) {
      Case c = new Case(seed);
      for (int i = 0; i < 12; i++) {
        int pool = 2 + c.random.nextInt(8);
        c.add(pool, pool, new Chooser.Sampling(position -> u), i % 3 == 0 ? 30 : 1);
      }
      for (Trajectory list : c.decode(16)) {
        int[] all = IntStream.range(0, list.order().length).toArray();
        if (u == 0) { // every sum reaches it: the first that are left
          assertArrayEquals(all, list.order());
        }
        int[] sorted = list.order().clone();
        Arrays.sort(sorted);
        assertArrayEquals(all, sorted, "seed " + seed);
        assertTrue(Double.isFinite(list.logProbability()), list.logProbability() + "");
      }
    }
  }

  @Test
  void gone_items_are_never_drawn_by_random_numbers() {
    for (long seed = 0; seed < 12; seed++) {
      Case c = new Case(seed);
      for (int i = 0; i < 24; i++) {
        int pool = 2 + c.random.nextInt(8);
        c.add(pool, pool, Chooser.sampling(CounterRandom.stream(seed, i)), 1 + i % 4);
      }
      for (Trajectory list : c.decode(32)) {
        int[] all = IntStream.range(0, list.order().length).toArray();
        assertArrayEquals(all, Arrays.stream(list.order()).sorted().toArray(), "seed " + seed);
      }
    }
  }

  /** Of candidates that are alike the first is taken. */
  @Test
  void ties() {
    Case c = new Case(2);
    c.add(9, 9, Chooser.GREEDY, 1);
    float[] z = c.tasks.get(0).candidates().all();
    for (int j = 1; j < 9; j++) {
      System.arraycopy(z, 0, z, j * 8, 8);
    }
    c.add(12, 12, Chooser.GREEDY, 1); // pads the other
    Trajectory list = c.decode(2).get(0);
    assertArrayEquals(IntStream.range(0, 9).toArray(), list.order());
  }

  @Test
  void lists_that_share_candidates_are_those_of_each_alone() {
    Case c = new Case(3);
    for (int request = 0; request < 5; request++) {
      int pool = 3 + c.random.nextInt(8);
      c.add(pool, 1 + c.random.nextInt(pool), Chooser.GREEDY, 1);
      ListTask first = c.tasks.get(c.tasks.size() - 1);
      for (int g = 0; g < 4; g++) {
        Chooser chooser = Chooser.sampling(CounterRandom.stream(request, g));
        int length = 1 + c.random.nextInt(pool);
        c.tasks.add(new ListTask(first.candidates(), length, chooser, null));
      }
    }
    List<Trajectory> together = c.decode(32);
    List<Trajectory> alone = c.decode(1);
    for (int i = 0; i < alone.size(); i++) {
      assertSame(alone.get(i), together.get(i), 1e-5, "list " + i);
    }
  }

  /** Each list of a batch is chosen in its own way, as the plain decoder does it. */
  @Test
  void mixed_batches() {
    int same = 0;
    int lists = 0;
    for (long seed = 0; seed < 6; seed++) {
      Case c = new Case(seed);
      List<TraceRecorder> recorders = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        int pool = 2 + c.random.nextInt(9);
        int[] order = RandomRequests.permutation(c.random, pool);
        Chooser chooser =
            List.of(
                    Chooser.GREEDY,
                    Chooser.sampling(CounterRandom.stream(seed, i)),
                    Chooser.forced(order))
                .get(i % 3);
        c.add(pool, 1 + c.random.nextInt(pool), chooser, 1 + i % 5);
        ListTask task = c.tasks.get(i);
        recorders.add(i % 4 == 0 ? new TraceRecorder(pool) : null);
        c.tasks.set(i, new ListTask(task.candidates(), task.length(), chooser, recorders.get(i)));
      }
      List<Trajectory> actual = c.decode(32);
      for (int i = 0; i < actual.size(); i++, lists++) {
        ListTask task = c.tasks.get(i);
        TraceRecorder recorder = new TraceRecorder(task.pool());
        Trajectory expected =
            plain(
                c.architecture,
                c.weights,
                new ListTask(task.candidates(), task.length(), task.chooser(), recorder));
        if (Arrays.equals(expected.order(), actual.get(i).order())
            && Arrays.equals(expected.steps(), actual.get(i).steps())) {
          assertSame(expected, actual.get(i), 1e-4, "seed " + seed + ", list " + i);
          if (recorders.get(i) != null) {
            assertSameDecisions(recorder, recorders.get(i));
          }
          same++;
        } // else rounding at a border parted them
      }
    }
    assertTrue(same >= 0.97 * lists, same + " of " + lists);
  }

  private static void assertSameDecisions(TraceRecorder expected, TraceRecorder actual) {
    List<Decision> decisions = expected.trace().decisions();
    assertEquals(decisions.size(), actual.trace().decisions().size());
    for (int k = 0; k < decisions.size(); k++) {
      Decision e = decisions.get(k);
      Decision a = actual.trace().decisions().get(k);
      assertEquals(e.chosen(), a.chosen());
      assertArrayEquals(e.probability(), a.probability(), 1e-4f);
      assertArrayEquals(e.entropy(), a.entropy(), 1e-4);
    }
  }

  /** Down to probabilities that a float can hardly hold. */
  @Test
  void log_probabilities_of_improbable_items() {
    double least = 0;
    for (long seed = 0; seed < 6; seed++) {
      Case c = new Case(seed);
      for (int i = 0; i < 8; i++) {
        c.add(6, 1, Chooser.forced(new int[] {i % 6}), 5);
      }
      List<Trajectory> lists = c.decode(8);
      for (int i = 0; i < 8; i++) {
        Trajectory expected = plain(c.architecture, c.weights, c.tasks.get(i));
        if (expected.logProbability() > -80) {
          assertSame(expected, lists.get(i), 1e-4, "seed " + seed + ", list " + i);
          least = Math.min(least, expected.logProbability());
        }
        assertTrue(Double.isFinite(lists.get(i).logProbability()));
      }
    }
    assertTrue(least < -20, "the least is " + least);
  }

  @Test
  void orders_that_cannot_be() {
    for (int[] order : List.of(new int[] {-1, 0}, new int[] {3, 0}, new int[] {1, 1})) {
      Case c = new Case(4);
      c.add(5, 5, Chooser.GREEDY, 1);
      c.add(3, 2, Chooser.forced(order), 1);
      int bad = order[0] == 1 ? 1 : 0;
      Exception failure = assertThrows(IllegalArgumentException.class, () -> c.decode(2));
      String expected = "candidate %d of 3 is not available for position %d";
      assertEquals(expected.formatted(order[bad], bad), failure.getMessage());
    }
  }

  /** What a request's lists share is looked up by itself, not by what it says. */
  @Test
  void equal_candidates_in_other_arrays() {
    Case c = new Case(5);
    c.add(6, 6, Chooser.GREEDY, 1);
    ListTask task = c.tasks.get(0);
    c.tasks.add(
        new ListTask(
            Given.candidates(task.candidates().all().clone(), 6), 6, Chooser.GREEDY, null));
    c.tasks.addAll(Collections.nCopies(2, task));
    RequestCandidates candidates = new RequestCandidates(c.tasks, 4);
    assertEquals(2, candidates.requests());
    assertArrayEquals(new int[] {0, 1, 0, 0}, candidates.requestOf);
    List<Trajectory> lists = c.decode(4);
    lists.forEach(list -> assertSame(lists.get(0), list, 0, "a copy"));
  }
}
