package org.eglr.internal.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.Request;
import org.eglr.internal.ListWriter;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;

/** Beam search against all lists there are, each with its own reasoning. */
class BeamSearchTest {

  private static final Reasoning REASONING =
      new Reasoning(2, 0.9, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, true);

  private static final class Case {
    final Request request;
    final ListWriter writer;

    Case(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      Architecture architecture = RandomRequests.architecture(REASONING, true, seed);
      Weights weights = RandomRequests.spread(architecture.generator(), 3);
      request = RandomRequests.request(random, 5, 3);
      writer = new ListWriter(Engine.JAVA, architecture, weights, weights);
    }

    Trajectory forced(int[] order) {
      return writer.write(List.of(request), 1, i -> Chooser.forced(order)).get(0).lists().get(0);
    }
  }

  @Test
  void a_beam_as_wide_as_all_beginnings_finds_all_lists_in_order_of_probability() {
    for (long seed = 0; seed < 20; seed++) {
      Case c = new Case(seed);
      List<Trajectory> all =
          permutations(5, 3).stream()
              .map(c::forced)
              .sorted(Comparator.comparingDouble(list -> -list.logProbability()))
              .toList();
      List<Trajectory> found = c.writer.beam(c.request, 60);
      assertEquals(60, all.size());
      assertEquals(60, found.size());
      for (int i = 0; i < 60; i++) {
        assertEquals(all.get(i).logProbability(), found.get(i).logProbability(), 1e-6);
        Trajectory same = c.forced(found.get(i).order());
        assertArrayEquals(same.steps(), found.get(i).steps());
        assertArrayEquals(same.tokens(), found.get(i).tokens());
        assertArrayEquals(same.entropyBefore(), found.get(i).entropyBefore());
        assertArrayEquals(same.entropyAfter(), found.get(i).entropyAfter());
      }
    }
  }

  @Test
  void a_beam_of_one_is_the_greedy_list_and_wider_ones_find_no_worse() {
    int better = 0;
    for (long seed = 0; seed < 60; seed++) {
      Case c = new Case(seed);
      Trajectory greedy = c.writer.best(List.of(c.request)).get(0);
      List<Trajectory> one = c.writer.beam(c.request, 1);
      assertEquals(1, one.size());
      assertArrayEquals(greedy.order(), one.get(0).order());
      assertEquals(greedy.logProbability(), one.get(0).logProbability());
      double three = c.writer.beam(c.request, 3).get(0).logProbability();
      assertTrue(three >= greedy.logProbability() - 1e-9, "seed " + seed);
      better += three > greedy.logProbability() + 1e-6 ? 1 : 0;
    }
    assertTrue(better > 3, "a wider beam found a better list " + better + " times");
  }

  @Test
  void its_lists_differ_and_are_sorted() {
    for (long seed = 0; seed < 30; seed++) {
      Case c = new Case(seed);
      List<Trajectory> found = c.writer.beam(c.request, 7);
      assertEquals(7, found.stream().map(list -> Arrays.toString(list.order())).distinct().count());
      for (int i = 1; i < 7; i++) {
        assertTrue(found.get(i - 1).logProbability() >= found.get(i).logProbability());
      }
    }
  }

  private static List<int[]> permutations(int pool, int length) {
    if (length == 0) {
      return List.of(new int[0]);
    }
    List<int[]> all = new ArrayList<>();
    for (int[] shorter : permutations(pool, length - 1)) {
      for (int item = 0; item < pool; item++) {
        int next = item;
        if (IntStream.of(shorter).noneMatch(i -> i == next)) {
          int[] longer = Arrays.copyOf(shorter, length);
          longer[length - 1] = next;
          all.add(longer);
        }
      }
    }
    return all;
  }
}
