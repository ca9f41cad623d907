package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.decode.Decision;
import org.eglr.internal.work.Workers;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.OpenDecision;
import org.eglr.reasoning.QueryUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a generator reasons, under every gate and on both engines. */
class GateTest {

  private static final int BUDGET = 2;
  private static final int LENGTH = 6;
  private static final int POOL = 9;

  private static final Splits DATA =
      Simulator.adLike()
          .lists(240)
          .listLength(LENGTH)
          .pool(POOL)
          .seed(2)
          .log()
          .split(0.6, 0.2, 0.2);

  /** Its probabilities are those at the base temperature: alpha does not apply. */
  private static final Eglr MODEL =
      Eglr.builder(DATA.schema())
          .width(16)
          .heads(2)
          .evaluatorLayers(1)
          .reasoning(
              r ->
                  r.maxSteps(BUDGET)
                      .query(QueryUpdate.RESIDUAL)
                      .baseTemperature(0.08)
                      .dynamicTemperature(false))
          .seed(4)
          .asTrained();

  private static final List<Request> REQUESTS =
      IntStream.range(0, 24).mapToObj(DATA.test()::request).toList();

  @AfterEach
  void allThreads() {
    Workers.resize(Runtime.getRuntime().availableProcessors());
  }

  static Stream<Gate> gates() {
    return Stream.of(
        Gate.entropy(1.1),
        Gate.relativeEntropy(0.8),
        Gate.margin(0.15),
        Gate.always(),
        Gate.never(),
        Gate.positions(1, 4, 5),
        Gate.random(0.4, 3),
        d -> d.margin() < 0.2 && d.position() % 2 == 0 || d.step() == 1 && d.remaining() > 6,
        d -> (d.request() & 1) == 0 && d.position() < d.length());
  }

  private static List<Decision> decisions(Eglr model, Request request) {
    return model.rerank(request).trace().decisions();
  }

  private static Eglr with(Gate gate) {
    return MODEL.withReasoning(r -> r.gate(gate));
  }

  private static int[] steps(Ranking ranking) {
    return ranking.trace().decisions().stream().mapToInt(Decision::reasoningSteps).toArray();
  }

  /** What a gate must say, written once more; null where the trace does not tell. */
  private static Boolean expected(Gate gate, Decision decision, int step) {
    double nats = decision.entropy()[step];
    boolean last = step == decision.reasoningSteps();
    if (gate instanceof Gate.Entropy) {
      return nats > 1.1;
    } else if (gate instanceof Gate.RelativeEntropy) {
      int left = POOL - decision.position();
      return left > 1 && nats / Math.log(left) > 0.8;
    } else if (gate instanceof Gate.Margin) {
      return last ? margin(decision) < 0.15 : null;
    } else if (gate instanceof Gate.Always) {
      return true;
    } else if (gate instanceof Gate.Never) {
      return false;
    } else if (gate instanceof Gate.Positions) {
      return List.of(0, 3, 4).contains(decision.position());
    }
    return null;
  }

  private static double margin(Decision decision) {
    double[] sorted =
        IntStream.range(0, POOL).mapToDouble(i -> decision.probability()[i]).sorted().toArray();
    return sorted[POOL - 1] - sorted[POOL - 2];
  }

  @ParameterizedTest
  @MethodSource("gates")
  void reasons_exactly_where_the_gate_says(Gate gate) {
    int asked = 0;
    int yes = 0;
    for (Request request : REQUESTS) {
      for (Decision decision : decisions(with(gate), request)) {
        for (int step = 0; step < decision.entropy().length && step < BUDGET; step++) {
          boolean reasoned = step < decision.reasoningSteps();
          Boolean expected = expected(gate, decision, step);
          if (expected != null) {
            assertEquals(expected, reasoned, gate.describe() + " at " + decision);
          }
          asked++;
          yes += reasoned ? 1 : 0;
        }
      }
    }
    boolean constant = gate instanceof Gate.Always || gate instanceof Gate.Never;
    assertEquals(constant, yes == 0 || yes == asked, yes + " of " + asked);
  }

  /** The first decision is the same whether one reasons before it or not. */
  @Test
  void the_margin_gate_looks_at_the_first_two() {
    List<Double> margins =
        REQUESTS.stream().map(r -> margin(decisions(with(Gate.never()), r).get(0))).toList();
    List<Double> sorted = margins.stream().sorted().toList();
    int half = sorted.size() / 2;
    double gap = (sorted.get(half - 1) + sorted.get(half)) / 2;
    for (int i = 0; i < margins.size(); i++) {
      Decision first = decisions(with(Gate.margin(gap)), REQUESTS.get(i)).get(0);
      assertEquals(margins.get(i) < gap, first.reasoningSteps() > 0, "margin " + margins.get(i));
    }
  }

  @Test
  void a_gate_sees_the_decision_before_it_is_taken() {
    List<OpenDecision> seen = new ArrayList<>();
    Gate gate =
        d -> {
          seen.add(d);
          return d.position() == 2;
        };
    List<Decision> made = decisions(with(gate), REQUESTS.get(0));
    assertEquals(LENGTH + BUDGET - 1, seen.size(), "once a position, again after a token");
    int at = 0;
    for (Decision decision : made) {
      for (int step = 0; step < Math.min(BUDGET, decision.entropy().length); step++, at++) {
        OpenDecision open = seen.get(at);
        assertEquals(decision.position() + 1, open.position());
        assertEquals(step, open.step());
        assertEquals(decision.entropy()[step], open.entropy());
        assertEquals(decision.remaining(), open.remaining());
        assertEquals(LENGTH, open.length());
        assertEquals(seen.get(0).request(), open.request());
        assertEquals(decision.relative(decision.entropy()[step]), open.relativeEntropy(), 1e-12);
        if (step == decision.reasoningSteps()) {
          assertEquals(margin(decision), open.margin(), 1e-5);
        }
      }
    }
    assertEquals(seen.size(), at);
  }

  /** Greedy lists, beams and the lists that training samples. */
  @ParameterizedTest
  @MethodSource("gates")
  void both_engines_reason_at_the_same_places(Gate gate) {
    Eglr java = with(gate);
    Eglr graphs = java.withEngine(Engine.SAMEDIFF);
    List<Ranking> expected = java.rerank(REQUESTS);
    List<Ranking> actual = graphs.rerank(REQUESTS);
    for (int i = 0; i < REQUESTS.size(); i++) {
      assertArrayEquals(expected.get(i).order(), actual.get(i).order(), "list " + i);
      assertArrayEquals(steps(expected.get(i)), steps(actual.get(i)), "list " + i);
    }
    for (Ranking beam : java.beamSearch(REQUESTS.get(0), 3)) { // traced by writing it again
      Ranking again = graphs.beamSearch(REQUESTS.get(0), 3).get(0);
      assertEquals(LENGTH, beam.trace().decisions().size());
      assertEquals(LENGTH, again.trace().decisions().size());
    }
  }

  @Test
  void training_reasons_at_the_same_places_on_both_engines() {
    List<List<Double>> counts = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      Eglr model =
          Eglr.builder(DATA.schema())
              .width(16)
              .heads(2)
              .evaluatorLayers(1)
              .reasoning(r -> r.gate(Gate.random(0.5, 9)))
              .seed(4)
              .engine(engine)
              .asTrained();
      counts.add(
          model.trainGenerator(DATA, t -> t.steps(4).groupSize(4).batchSize(16)).steps().stream()
              .map(step -> step.values().get("reasoning steps"))
              .toList());
    }
    assertEquals(counts.get(0), counts.get(1));
    assertTrue(counts.get(0).get(0) > 1, counts.toString());
  }

  @Test
  void the_random_gate_has_its_rate_and_looks_at_nothing_else() {
    for (double rate : new double[] {0, 0.1, 0.5, 0.9, 1}) {
      int asked = 0;
      int yes = 0;
      int[] byPosition = new int[LENGTH];
      for (long seed = 0; seed < 300; seed++) {
        Gate gate = Gate.random(rate, seed);
        for (Request request : REQUESTS.subList(0, 10)) {
          long identity = 31L * request.hashCode();
          for (int position = 1; position <= LENGTH; position++) {
            boolean open = gate.reason(new OpenDecision(position, 0, 1, 5, LENGTH, 0, identity));
            boolean sure = gate.reason(new OpenDecision(position, 0, 9, 2, 40, 1, identity));
            assertEquals(open, sure, "entropy and margin do not count");
            asked++;
            yes += open ? 1 : 0;
            byPosition[position - 1] += open ? 1 : 0;
          }
        }
      }
      double deviation = Math.sqrt(rate * (1 - rate) / asked);
      assertEquals(rate, yes / (double) asked, 5 * deviation + 1e-12);
      for (int count : byPosition) {
        assertEquals(rate, count / (double) (asked / LENGTH), 13 * deviation + 1e-12);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void the_random_gate_does_not_depend_on_threads_or_batches(Engine engine) {
    Eglr model = with(Gate.random(0.4, 5)).withEngine(engine);
    List<List<Ranking>> all = new ArrayList<>();
    for (int threads : new int[] {1, 3}) {
      Workers.resize(threads);
      all.add(model.rerank(REQUESTS));
      all.add(REQUESTS.subList(0, 6).stream().map(model::rerank).toList());
    }
    int reasoned = 0;
    int lists = 0;
    for (List<Ranking> other : all) {
      for (int i = 0; i < other.size(); i++) {
        assertArrayEquals(steps(all.get(0).get(i)), steps(other.get(i)));
        reasoned += IntStream.of(steps(other.get(i))).sum();
        lists++;
      }
    }
    // 0.4 a position and 0.16 for a second token
    double mean = (double) reasoned / lists;
    assertEquals(LENGTH * 0.56, mean, 0.7);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void a_gate_that_throws_is_named_with_place_and_cause(Engine engine) {
    Eglr model =
        with(d -> {
              if (d.position() == 3 && d.step() == 1) {
                throw new ArithmeticException("/ by zero");
              }
              return true;
            })
            .withEngine(engine);
    for (int twice = 0; twice < 2; twice++) { // engines are used again
      var error = assertThrows(IllegalStateException.class, () -> model.rerank(REQUESTS.get(1)));
      assertEquals(
          "the gate failed at position 3 of 6 after 1 reasoning tokens there:"
              + " java.lang.ArithmeticException: / by zero",
          error.getMessage());
    }
    Eglr sound = model.withReasoning(r -> r.gate(Gate.always()));
    assertEquals(LENGTH, sound.rerank(REQUESTS.get(1)).order().length);
  }
}
