package org.eglr.internal.samediff.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eglr.decode.Decision;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.DecisionWatcher;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.RandomLists;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.TraceRecorder;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The batched step graph against the plain-Java decoder, and what must hold of it by itself. */
class GraphDecoderTest {

  private static final double TOLERANCE = 1e-4;
  private static final int SEEDS = 8;
  private static final Reasoning REASONING =
      new Reasoning(2, 1.3, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, true);

  static Stream<Reasoning> switches() {
    List<Reasoning> all = new ArrayList<>();
    all.add(new Reasoning(2, 0.5, 1, 1.5, ReasoningToken.NONE, QueryUpdate.RESIDUAL, true));
    all.add(new Reasoning(0, 0.5, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.REPLACE, true));
    for (ReasoningToken token : List.of(ReasoningToken.PLAIN, ReasoningToken.CONTEXT_AWARE)) {
      for (QueryUpdate query : QueryUpdate.values()) {
        for (boolean dynamic : new boolean[] {false, true}) {
          all.add(new Reasoning(3, 1.3, 0.8, 1.7, token, query, dynamic));
        }
      }
    }
    all.add(
        new Reasoning(16, -1, 0.5, 4, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, true));
    return all.stream();
  }

  /** Lists that are written as another engine wrote them have the same numbers. */
  @ParameterizedTest
  @MethodSource("switches")
  void agrees_with_the_plain_decoder(Reasoning reasoning) {
    int ties = 0;
    int lists = 0;
    int reasoned = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Architecture architecture = RandomRequests.architecture(reasoning, false, seed);
      Weights weights = RandomLists.weights(architecture, seed);
      SplittableRandom random = new SplittableRandom(seed);
      List<ListTask> tasks = new ArrayList<>();
      List<Trajectory> expected = new ArrayList<>();
      for (int i = 0; i < 1 + seed; i++) {
        boolean greedy = i % 2 == 0;
        Chooser chooser = greedy ? Chooser.GREEDY : Chooser.sampling(CounterRandom.stream(seed, i));
        ListTask task = RandomLists.task(random, chooser);
        Trajectory list = RandomLists.plain(architecture, weights, task);
        if (nearTie(architecture, weights, task, reasoning)) {
          ties++;
          continue;
        }
        expected.add(list);
        Chooser same = greedy ? chooser : Chooser.forced(list.order());
        tasks.add(new ListTask(task.candidates(), task.length(), same, null));
      }
      try (GraphDecoder decoder = new GraphDecoder(architecture, weights, reasoning, 8)) {
        List<Trajectory> actual = decoder.decode(tasks);
        for (int i = 0; i < expected.size(); i++) {
          RandomLists.assertSame(
              expected.get(i), actual.get(i), TOLERANCE, "seed " + seed + ", list " + i);
          reasoned += actual.get(i).reasoning();
          lists++;
        }
      }
    }
    assertTrue(ties < lists / 10, ties + " near ties");
    assertEquals(reasoning.budget() > 0, reasoned > 0);
  }

  /** Whether a decision hangs on less than the tolerance: items or the gate may differ there. */
  private static boolean nearTie(
      Architecture architecture, Weights weights, ListTask task, Reasoning reasoning) {
    boolean[] near = new boolean[1];
    DecisionWatcher watcher =
        new DecisionWatcher() {
          @Override
          public void entropy(int position, double nats) {
            near[0] |= Math.abs(nats - ((Gate.Entropy) reasoning.gate()).nats()) < TOLERANCE;
          }

          @Override
          public void attention(float[] weights) {}

          @Override
          public void choice(int position, int item, float[] probability) {
            for (int j = 0; j < probability.length; j++) {
              near[0] |= j != item && Math.abs(probability[j] - probability[item]) < TOLERANCE;
            }
          }
        };
    RandomLists.plain(
        architecture,
        weights,
        new ListTask(task.candidates(), task.length(), task.chooser(), watcher));
    return near[0];
  }

  @ParameterizedTest
  @MethodSource("switches")
  void traces_agree(Reasoning reasoning) {
    Architecture architecture = RandomRequests.architecture(reasoning, false, 3);
    Weights weights = RandomLists.weights(architecture, 3);
    SplittableRandom random = new SplittableRandom(3);
    List<ListTask> tasks = new ArrayList<>();
    List<TraceRecorder> expected = new ArrayList<>();
    List<TraceRecorder> actual = new ArrayList<>();
    while (tasks.size() < 5) {
      ListTask task = RandomLists.task(random, Chooser.GREEDY);
      if (!nearTie(architecture, weights, task, reasoning)) {
        expected.add(new TraceRecorder(task.pool()));
        actual.add(new TraceRecorder(task.pool()));
        RandomLists.plain(architecture, weights, watched(task, expected.get(tasks.size())));
        tasks.add(watched(task, actual.get(tasks.size())));
      }
    }
    try (GraphDecoder decoder = new GraphDecoder(architecture, weights, reasoning, 8)) {
      decoder.decode(tasks);
    }
    for (int i = 0; i < tasks.size(); i++) {
      List<Decision> decisions = expected.get(i).trace().decisions();
      for (int k = 0; k < decisions.size(); k++) {
        Decision e = decisions.get(k);
        Decision a = actual.get(i).trace().decisions().get(k);
        assertEquals(e.chosen(), a.chosen());
        assertArrayEquals(e.entropy(), a.entropy(), TOLERANCE);
        assertArrayEquals(e.probability(), a.probability(), (float) TOLERANCE);
        assertEquals(e.attention().length, a.attention().length);
        for (int m = 0; m < e.attention().length; m++) {
          assertArrayEquals(e.attention()[m], a.attention()[m], (float) TOLERANCE);
        }
      }
    }
  }

  @Test
  void batch_mates_order_and_limit_change_nothing() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Architecture architecture = RandomRequests.architecture(REASONING, false, seed);
      Weights weights = RandomLists.weights(architecture, seed);
      SplittableRandom random = new SplittableRandom(seed);
      List<ListTask> tasks = new ArrayList<>();
      while (tasks.size() < 21) {
        ListTask task = RandomLists.task(random, Chooser.GREEDY);
        if (!nearTie(architecture, weights, task, REASONING)) {
          tasks.add(task);
        }
      }
      try (GraphDecoder alone = new GraphDecoder(architecture, weights, REASONING, 1);
          GraphDecoder some = new GraphDecoder(architecture, weights, REASONING, 5);
          GraphDecoder all = new GraphDecoder(architecture, weights, REASONING, 64)) {
        List<Trajectory> expected = alone.decode(tasks);
        List<Trajectory> few = some.decode(tasks);
        List<Integer> places = new ArrayList<>(IntStream.range(0, 21).boxed().toList());
        Collections.shuffle(places, new Random(seed));
        List<Trajectory> shuffled = all.decode(places.stream().map(tasks::get).toList());
        for (int i = 0; i < tasks.size(); i++) {
          RandomLists.assertSame(expected.get(i), few.get(i), 1e-5, "limit 5, list " + i);
          Trajectory other = shuffled.get(places.indexOf(i));
          RandomLists.assertSame(expected.get(i), other, 1e-5, "limit 64, list " + i);
        }
      }
    }
  }

  /** What was decoded before, with other weights, sizes or without success, leaves no traces. */
  @Test
  void a_used_decoder_gives_what_a_fresh_one_gives() {
    Architecture architecture = RandomRequests.architecture(REASONING, false, 1);
    Weights weights = RandomLists.weights(architecture, 1);
    SplittableRandom random = new SplittableRandom(1);
    Weights broken = weights.copy();
    Arrays.fill(broken.data("inp.weight"), Float.NaN);
    try (GraphDecoder used = new GraphDecoder(architecture, broken, REASONING, 16)) {
      Chooser first = Chooser.forced(IntStream.range(0, 16).toArray());
      for (int i = 0; i < 3; i++) {
        ListTask task = RandomLists.task(random, first);
        used.decode(Collections.nCopies(16, task));
      }
      for (int round = 0; round < 4; round++) {
        weights = RandomLists.weights(architecture, round);
        used.update(weights);
        List<ListTask> tasks = new ArrayList<>();
        for (int i = 0; i < 3 + 5 * round; i++) {
          tasks.add(RandomLists.task(random, Chooser.sampling(CounterRandom.stream(round, i))));
        }
        ListTask last = tasks.get(tasks.size() - 1);
        int[] order = new int[last.pool()];
        order[1] = -1;
        Chooser wrong = Chooser.forced(order);
        List<ListTask> failing = new ArrayList<>(tasks);
        failing.add(new ListTask(last.candidates(), Math.max(2, last.length()), wrong, null));
        Exception failure =
            assertThrows(IllegalArgumentException.class, () -> used.decode(failing));
        assertEquals(
            "candidate -1 of %d is not available for position 1".formatted(last.pool()),
            failure.getMessage());
        try (GraphDecoder fresh = new GraphDecoder(architecture, weights, REASONING, 16)) {
          List<Trajectory> expected = fresh.decode(tasks);
          List<Trajectory> actual = used.decode(tasks);
          for (int i = 0; i < tasks.size(); i++) {
            RandomLists.assertSame(
                expected.get(i), actual.get(i), 0, "round " + round + ", list " + i);
          }
        }
      }
    }
  }

  /** Training changes weights in place: a decoder must not see half of that. */
  @Test
  void weights_are_taken_over_when_asked() {
    Architecture architecture = RandomRequests.architecture(REASONING, false, 2);
    Weights weights = RandomLists.weights(architecture, 2);
    Weights changed = weights.copy();
    ListTask task = RandomLists.task(new SplittableRandom(2), 60, 60);
    Trajectory expected = RandomLists.plain(architecture, weights, task);
    try (GraphDecoder decoder = new GraphDecoder(architecture, changed, REASONING, 1)) {
      changed.all().forEach(tensor -> Arrays.fill(tensor.data(), Float.NaN));
      Trajectory actual = decoder.decode(List.of(task)).get(0);
      RandomLists.assertSame(expected, actual, TOLERANCE, "a list of 60");
    }
  }

  @Test
  void no_lists_and_no_batches() {
    Architecture architecture = RandomRequests.architecture(REASONING, false, 1);
    Weights weights = architecture.generator();
    try (GraphDecoder decoder = new GraphDecoder(architecture, weights, REASONING, 1)) {
      assertEquals(List.of(), decoder.decode(List.of()));
    }
    Exception failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> new GraphDecoder(architecture, weights, REASONING, 0));
    assertEquals("a batch limit of 0: at least 1 is needed", failure.getMessage());
  }

  private static ListTask watched(ListTask task, DecisionWatcher watcher) {
    return new ListTask(task.candidates(), task.length(), task.chooser(), watcher);
  }
}
