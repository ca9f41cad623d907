package org.eglr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.store.ModelFile;
import org.eglr.metrics.Evaluation;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A model to which all candidates are the same gets what chance gives, whatever the file's order.
 */
class TiesTest {

  private static final int LISTS = 2000;
  private static final int POOL = 9;

  @TempDir Path folder;

  /** Lists of two clicks, which stand first or last. */
  private static ListSet lists(boolean clicksFirst) {
    ListLog some = Simulator.adLike().lists(50).listLength(6).pool(POOL).seed(2).log();
    ListLog.Builder log = ListLog.builder("ties", some.users(), some.items());
    SplittableRandom random = new SplittableRandom(3);
    for (int list = 0; list < LISTS; list++) {
      int shown = random.nextInt(some.size());
      int[] pool = IntStream.range(0, POOL).map(i -> some.candidate(shown, i)).toArray();
      boolean[] clicks = new boolean[POOL];
      clicks[clicksFirst ? 0 : POOL - 1] = true;
      clicks[clicksFirst ? 1 : POOL - 2] = true;
      log.add(random.nextInt(some.users().size()), list, pool, clicks);
    }
    Splits data = log.build().split(new int[] {0}, new int[0], IntStream.range(1, LISTS).toArray());
    return data.test();
  }

  /** A model whose weights are all 0. */
  private Eglr constant(ListSet lists) {
    Settings settings = Eglr.builder(lists.schema()).width(8).heads(2).settings();
    Architecture architecture = new Architecture(lists.schema(), settings);
    Path file = folder.resolve("constant.eglr");
    ModelFile.Content zeros =
        new ModelFile.Content(
            architecture,
            architecture.evaluator().zeros(),
            architecture.generator().zeros(),
            true,
            true);
    ModelFile.write(file, zeros);
    return Eglr.load(file);
  }

  /** The means of orders drawn at random, many times. */
  private static Report chance(ListSet lists) {
    SplittableRandom random = new SplittableRandom(5);
    List<int[]> orders = new ArrayList<>();
    for (int list = 0; list < lists.size(); list++) {
      int[] order = IntStream.range(0, POOL).toArray();
      for (int i = 0; i < POOL; i++) {
        int j = i + random.nextInt(POOL - i);
        int swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
      orders.add(order);
    }
    return Evaluation.report("chance", lists, orders, new double[0], Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"JAVA, true", "JAVA, false", "SAMEDIFF, true", "SAMEDIFF, false"})
  void get_what_chance_gives(Engine engine, boolean clicksFirst) {
    ListSet lists = lists(clicksFirst);
    Eglr model = constant(lists).withEngine(engine);
    Report chance = chance(lists);
    List<Report> measured = new ArrayList<>();
    measured.add(model.evaluate(lists));
    measured.add(model.withPreselection(POOL).evaluate(lists));
    measured.add(model.compare(lists).reports().get(1));
    measured.add(model.compare(lists).reports().get(2));
    measured.add(Rerankers.sortedAlone(model.evaluator()).evaluate(lists));
    measured.add(Rerankers.sortedAsPool(model.evaluator()).evaluate(lists));
    measured.add(firstComeFirstServed().evaluate(lists));
    for (Report report : measured) {
      for (Metric metric : chance.metrics()) {
        double error = Math.hypot(metric.standardError(), metric.standardError());
        assertEquals(
            metric.value(),
            report.value(metric.name()),
            4 * error,
            report.model() + ", " + metric.name());
      }
    }
    assertEquals(
        clicksFirst ? 1 : (discount(8) + discount(9)) / (discount(1) + discount(2)),
        Rerankers.initialOrder(model.evaluator()).evaluate(lists).value("NDCG@10"),
        1e-9,
        "the initial order is what it is");
  }

  private static double discount(int position) {
    return Math.log(2) / Math.log(position + 1);
  }

  /** One's own re-ranker that knows nothing. */
  private static Reranker firstComeFirstServed() {
    return new Reranker() {
      @Override
      public String name() {
        return "own";
      }

      @Override
      public Ranking rerank(Request request) {
        return Ranking.of(request, IntStream.range(0, request.length()).toArray());
      }
    };
  }

  @Test
  void are_broken_alike_each_time_and_differently_in_each_list() {
    ListSet lists = lists(true);
    Reranker sorted = Rerankers.sortedAlone(constant(lists).evaluator());
    double[] once = sorted.evaluate(lists).perList("NDCG@10");
    assertEquals(box(once), box(sorted.evaluate(lists).perList("NDCG@10")));
    assertNotEquals(1, IntStream.range(0, 20).mapToObj(i -> once[i]).distinct().count());
  }

  private static List<Double> box(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
