package org.eglr.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Ranking;
import org.eglr.Reranker;
import org.eglr.Rerankers;
import org.eglr.data.DataException;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.Metric;
import org.eglr.metrics.RankingMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainReferencesTest {

  private static final Splits DATA =
      Simulator.adLike()
          .lists(200)
          .users(40)
          .listLength(4)
          .pool(7)
          .seed(2)
          .log()
          .split(0.6, 0.2, 0.2);

  @TempDir Path folder;

  /** Lists of items a and b: how often a stood first, with so many clicks, and so on. */
  private static Splits twoItems(
      int aFirst, int bFirst, int[] clicksAtFirst, int[] clicksAtSecond) {
    Entities users = Entities.of("users", new String[] {"u"}).build();
    Entities items =
        Entities.of("items", new String[] {"a", "b"})
            .categorical("id", new String[] {"a", "b"})
            .build();
    ListLog.Builder log = ListLog.builder("two items", users, items);
    for (int i = 0; i < aFirst; i++) {
      log.add(0, i, new int[] {0, 1}, new boolean[] {i < clicksAtFirst[0], i < clicksAtSecond[1]});
    }
    for (int i = 0; i < bFirst; i++) {
      log.add(0, i, new int[] {1, 0}, new boolean[] {i < clicksAtFirst[1], i < clicksAtSecond[0]});
    }
    int all = aFirst + bFirst;
    return log.build().split(IntStream.range(0, all).toArray(), new int[0], new int[0]);
  }

  @Test
  void a_smoothed_rate_is_that_of_the_formula_and_the_prior_the_most_likely_one() {
    ClickRate rate = Rerankers.clickRate(DATA.schema());
    rate.train(DATA);
    double[] clicks = new double[rate.rates().length];
    double[] shows = new double[clicks.length];
    ListSet train = DATA.train();
    int field = ItemField.of(DATA.schema(), null).index();
    int fields = DATA.schema().itemCategories().size();
    for (int list = 0; list < train.size(); list++) {
      Request request = train.request(list);
      for (int k = 0; k < train.length(list); k++) {
        int id = request.itemIds()[k * fields + field];
        shows[id]++;
        clicks[id] += train.clicked(list, k) ? 1 : 0;
      }
    }
    double a = rate.prior().clicks();
    double b = rate.prior().others();
    assertEquals(a / (a + b), rate.rates()[0], 1e-15, "what nobody has seen");
    for (int id = 1; id < clicks.length; id++) {
      assertEquals((clicks[id] + a) / (shows[id] + a + b), rate.rates()[id], 1e-15);
    }
    double best = likelihood(clicks, shows, a, b);
    for (double[] step :
        new double[][] {{1.02, 1}, {0.98, 1}, {1, 1.02}, {1, 0.98}, {1.02, 1.02}}) {
      double gain = likelihood(clicks, shows, a * step[0], b * step[1]) - best;
      assertTrue(gain < 0.05, step[0] + ": " + gain); // the iteration ends near the top
    }
  }

  /** Of a beta-binomial, by products of its counts. */
  private static double likelihood(double[] clicks, double[] shows, double a, double b) {
    double sum = 0;
    for (int id = 1; id < clicks.length; id++) {
      for (int j = 0; j < clicks[id]; j++) {
        sum += Math.log(a + j);
      }
      for (int j = 0; j < shows[id] - clicks[id]; j++) {
        sum += Math.log(b + j);
      }
      for (int j = 0; j < shows[id]; j++) {
        sum -= Math.log(a + b + j);
      }
    }
    return sum;
  }

  @Test
  void positions_are_counted_out_if_told() {
    // Rates 0.4 and 0.6; the second position is worth 0.4; the worse item usually stands first.
    Splits data = twoItems(900, 100, new int[] {360, 60}, new int[] {16, 216});
    ClickRate plain = Rerankers.clickRate(data.schema());
    plain.train(data);
    assertTrue(plain.rates()[1] > plain.rates()[2], Arrays.toString(plain.rates()));
    assertArrayEquals(new double[] {1, 1}, plain.positionWorth());
    ClickRate corrected = plain.positionCorrected(true);
    assertFalse(corrected.trained());
    corrected.train(data);
    assertEquals(0.4, corrected.positionWorth()[1], 0.02);
    assertEquals(0.4, corrected.rates()[1], 0.025); // the prior draws both to their mean
    assertEquals(0.6, corrected.rates()[2], 0.025);
  }

  @Test
  void a_prior_of_clicks_alone_or_none_is_finite() {
    for (double[] clicks : new double[][] {{0, 0, 0}, {5, 5, 5}, {2, 2, 2}}) {
      BetaPrior prior = BetaPrior.fit(clicks, new double[] {5, 5, 5}, null);
      assertTrue(prior.mean() > 0 && prior.mean() < 1, prior.toString());
      assertTrue(prior.rate(1, 2) > 0 && prior.rate(1, 2) < 1, prior.toString());
    }
    assertEquals(-0.5772156649015329, BetaPrior.digamma(1), 1e-12);
    assertEquals(2.251752589066721, BetaPrior.digamma(10), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> new BetaPrior(0, 1));
  }

  @Test
  void popularity_counts_clicks_or_shows() {
    Splits data = twoItems(3, 1, new int[] {1, 1}, new int[] {0, 2});
    Popularity clicks = Rerankers.popularity(data.schema());
    assertEquals(
        "'popularity' is not trained: call its train first, or load one",
        assertThrows(IllegalStateException.class, () -> clicks.rerank(data.train().request(0)))
            .getMessage());
    clicks.train(data);
    assertArrayEquals(new double[] {1, 3}, clicks.scores(List.of(data.train().request(0))).get(0));
    Popularity shows = clicks.counting(Popularity.Count.SHOWS);
    shows.train(data);
    assertArrayEquals(new double[] {4, 4}, shows.scores(List.of(data.train().request(0))).get(0));
    Path file = folder.resolve("popular.eglr");
    clicks.save(file);
    assertArrayEquals(
        new double[] {1, 3}, Popularity.load(file).scores(List.of(data.train().request(0))).get(0));
    assertEquals(
        "the items have no categorical field 'colour'; there are [id]",
        assertThrows(IllegalArgumentException.class, () -> clicks.field("colour")).getMessage());
  }

  @Test
  void a_click_rate_is_read_as_it_was_written() {
    ClickRate rate = Rerankers.clickRate(DATA.schema()).positionCorrected(true);
    rate.train(DATA);
    Path file = folder.resolve("rates.eglr");
    rate.save(file);
    ClickRate read = ClickRate.load(file);
    assertArrayEquals(rate.rates(), read.rates());
    assertArrayEquals(rate.positionWorth(), read.positionWorth());
    assertEquals(rate.name(), read.name());
  }

  @Test
  void click_rates_beat_the_initial_order_on_both_presets() {
    for (String preset : new String[] {"ad", "kuairand"}) {
      Splits data = Simulator.preset(preset).lists(10_000).seed(3).log().split(0.7, 0.1, 0.2);
      ClickRate rate = Rerankers.clickRate(data.schema()).positionCorrected(true);
      rate.train(data);
      Metric gain =
          Rerankers.compare(data.test(), Rerankers.initialOrder(), rate)
              .difference(1, "true DCG")
              .orElseThrow();
      assertTrue(gain.value() > 1.96 * gain.standardError(), preset + ": " + gain);
    }
  }

  @Test
  void random_lists_depend_on_seed_user_and_items_alone() {
    Request request = DATA.test().request(0);
    Ranking one = Rerankers.random(1).rerank(request);
    int[] shuffle = {6, 2, 4, 0, 1, 5, 3};
    Ranking same = Rerankers.random(1).rerank(request.withCandidates(shuffle));
    assertEquals(one.labels(), same.labels());
    int different = 0;
    int[] first = new int[7];
    for (int list = 0; list < DATA.train().size(); list++) {
      Request asked = DATA.train().request(list);
      int[] order = Rerankers.random(1).rerank(asked).order();
      different += Arrays.equals(order, Rerankers.random(2).rerank(asked).order()) ? 0 : 1;
      first[order[0]]++;
    }
    assertTrue(different > 100, "seeds differ: " + different);
    assertTrue(Arrays.stream(first).allMatch(n -> n > 4), Arrays.toString(first));
  }

  @Test
  void mmr_is_its_definition() {
    CandidateScorer scores = requests -> Rerankers.random(9).scores(requests);
    int fields = DATA.schema().itemCategories().size();
    int values = DATA.schema().itemValues().size();
    for (int list = 0; list < 10; list++) {
      Request request = DATA.test().request(list);
      double[] relevance = scores.scores(List.of(request)).get(0);
      double least = Arrays.stream(relevance).min().orElseThrow();
      double most = Arrays.stream(relevance).max().orElseThrow();
      for (double lambda : new double[] {0, 0.3, 0.7, 1}) {
        int[] order = Rerankers.mmr(scores).lambda(lambda).rerank(request).order();
        for (int k = 0; k < order.length; k++) {
          double chosen = Double.NaN;
          double best = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < request.pool(); i++) {
            double nearest = 0;
            boolean taken = false;
            for (int before = 0; before < k; before++) {
              taken |= order[before] == i;
              double sum = 0;
              for (int f = 0; f < fields; f++) {
                int own = request.itemIds()[i * fields + f];
                sum += own == request.itemIds()[order[before] * fields + f] ? 1 : 0;
              }
              for (int f = 0; f < values; f++) {
                float own = request.itemValues()[i * values + f];
                float other = request.itemValues()[order[before] * values + f];
                sum += Math.max(0, 1 - Math.abs(own - other) / 4.0);
              }
              nearest = Math.max(nearest, sum / (fields + values));
            }
            double worth =
                lambda * (relevance[i] - least) / (most - least) - (1 - lambda) * nearest;
            chosen = order[k] == i ? worth : chosen;
            best = taken ? best : Math.max(best, worth);
          }
          assertEquals(best, chosen, 1e-9, "list " + list + ", position " + k);
        }
      }
    }
    assertEquals(
        "setting 'lambda' is 1.5; allowed: 0 to 1",
        assertThrows(IllegalArgumentException.class, () -> Rerankers.mmr(scores).lambda(1.5))
            .getMessage());
    var unknown = Rerankers.mmr(scores).fields("colour");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> unknown.rerank(DATA.test().request(0)))
            .getMessage()
            .startsWith("the items have no field 'colour'; "));
  }

  private static double truth(int list, int... order) {
    return RankingMetrics.dcg(DATA.test().trueClickProbabilities(list, order).orElseThrow());
  }

  @Test
  void the_greedy_oracle_is_an_explicit_loop() {
    List<int[]> orders = Rerankers.greedyOracle().orders(DATA.test());
    for (int list = 0; list < orders.size(); list++) {
      int[] found = {};
      for (int k = 0; k < DATA.test().length(list); k++) {
        int[] best = {};
        for (int i = 0; i < DATA.test().pool(list); i++) {
          int candidate = i;
          if (Arrays.stream(found).noneMatch(j -> j == candidate)) {
            int[] longer = Arrays.copyOf(found, k + 1);
            longer[k] = i;
            best = best.length == 0 || truth(list, longer) > truth(list, best) ? longer : best;
          }
        }
        found = best;
      }
      assertEquals(truth(list, found), truth(list, orders.get(list)), 1e-12, "list " + list);
    }
  }

  @Test
  void local_search_ends_where_no_change_improves_the_list() {
    List<int[]> orders = Rerankers.localSearchOnTruth().orders(DATA.test());
    List<int[]> greedy = Rerankers.greedyOracle().orders(DATA.test());
    for (int list = 0; list < orders.size(); list++) {
      int[] order = orders.get(list);
      double reached = truth(list, order);
      assertTrue(reached >= truth(list, greedy.get(list)));
      for (int k = 0; k < order.length; k++) {
        for (int i = 0; i < DATA.test().pool(list); i++) {
          int[] changed = order.clone();
          for (int at = 0; at < order.length; at++) {
            changed[at] = order[at] == i ? order[k] : order[at]; // a swap if it is in the list
          }
          changed[k] = i;
          assertTrue(truth(list, changed) <= reached + 2e-6, "list " + list);
        }
      }
    }
  }

  @Test
  void the_truth_is_refused_where_there_is_none() {
    assertEquals(
        "the greedy oracle looks at the truth of simulated lists, which a request does not carry:"
            + " call its orders(lists) or evaluate(lists)",
        assertThrows(
                IllegalStateException.class,
                () -> Rerankers.greedyOracle().rerank(DATA.test().request(0)))
            .getMessage());
    Splits logged = twoItems(3, 1, new int[] {1, 1}, new int[] {0, 2});
    assertEquals(
        "the local search on the truth looks at the truth, which only simulated data have; these"
            + " are 'two items'",
        assertThrows(
                DataException.class, () -> Rerankers.localSearchOnTruth().evaluate(logged.train()))
            .getMessage());
  }

  @Test
  void an_evaluator_judges_the_lists_of_any() {
    var evaluator =
        org.eglr.Evaluator.builder(DATA.schema()).width(8).heads(2).evaluatorLayers(1).build();
    evaluator.train(DATA, t -> t.epochs(1));
    Reranker random = Rerankers.random(1);
    assertThrows(
        IllegalArgumentException.class,
        () -> random.evaluate(DATA.test()).value("evaluator score"));
    Reranker judged = Rerankers.judged(random, evaluator);
    Request request = DATA.test().request(0);
    Ranking ranking = judged.rerank(request);
    assertArrayEquals(random.rerank(request).order(), ranking.order());
    assertEquals(evaluator.score(request, ranking.order()).dcg(), ranking.score());
    assertTrue(judged.evaluate(DATA.test()).value("evaluator score") > 0);
    int[] alone = Rerankers.sortedAlone(evaluator).rerank(request).order();
    assertArrayEquals(
        alone, Rerankers.mmr(Rerankers.scoresAlone(evaluator)).lambda(1).rerank(request).order());
    assertNotEquals("", judged.name());
  }
}
