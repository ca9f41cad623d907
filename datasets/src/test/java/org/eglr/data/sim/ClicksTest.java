package org.eglr.data.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eglr.data.ListLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The logged clicks against the click model. */
class ClicksTest {

  @ParameterizedTest
  @ValueSource(strings = {"ad", "kuairand", "misleading", "alike", "prices", "together"})
  void clicksFollowTheModelAtEveryPositionAndEveryProbability(String preset) {
    for (long seed = 1; seed <= 3; seed++) {
      ListLog log = Simulator.preset(preset).seed(seed).log();
      Tally[] byPosition = tallies(10);
      Tally[] byProbability = tallies(10);
      for (int list = 0; list < log.size(); list++) {
        double[] p = Worlds.truth(log).clickProbabilities(log.user(list), Worlds.shown(log, list));
        for (int k = 0; k < p.length; k++) {
          byPosition[k].add(p[k], log.clicked(list, k));
          byProbability[(int) (10 * p[k])].add(p[k], log.clicked(list, k));
        }
      }
      Arrays.stream(byPosition).forEach(Tally::check);
      Arrays.stream(byProbability).forEach(Tally::check);
    }
  }

  /** With one user and four items every order is shown often: its mean utility is the expected. */
  @Test
  void theExpectedClicksOfAListAreTheMeanOfItsLoggedUtility() {
    for (long seed = 1; seed <= 3; seed++) {
      ListLog log =
          Simulator.kuaiRandLike()
              .users(1)
              .items(4)
              .listLength(4)
              .exploration(1)
              .lists(24_000)
              .seed(seed)
              .log();
      Map<String, double[]> utilities = new HashMap<>();
      for (int list = 0; list < log.size(); list++) {
        int[] shown = Worlds.shown(log, list);
        double[] sums = utilities.computeIfAbsent(Arrays.toString(shown), key -> new double[4]);
        sums[0]++;
        sums[1] += log.utility(list);
        sums[2] = Worlds.truth(log).expectedClicks(0, shown);
        sums[3] =
            Arrays.stream(Worlds.truth(log).clickProbabilities(0, shown))
                .map(p -> p * (1 - p))
                .sum();
      }
      assertEquals(24, utilities.size());
      utilities.forEach(
          (list, sums) ->
              assertEquals(sums[2], sums[1] / sums[0], 4 * Math.sqrt(sums[3] / sums[0]), list));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ad, 1.0, 1.5",
    "kuairand, 3.0, 4.0",
    "misleading, 1.0, 1.8",
    "alike, 1.0, 1.5",
    "prices, 1.0, 1.5",
    "together, 1.0, 1.5"
  })
  void presetsHaveTheirClickRate(String preset, double least, double most) {
    double sum = 0;
    for (long seed = 1; seed <= 10; seed++) {
      ListLog log = Simulator.preset(preset).lists(2_000).seed(seed).log();
      double clicks = 0;
      for (int list = 0; list < log.size(); list++) {
        clicks += log.utility(list);
      }
      double perList = clicks / log.size();
      assertTrue(perList > 0.75 * least && perList < 1.25 * most, preset + ": " + perList);
      sum += perList;
    }
    assertTrue(sum / 10 >= least && sum / 10 <= most, preset + ": " + sum / 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ad", "kuairand", "misleading", "alike", "prices", "together"})
  void clickRatesFallWithThePosition(String preset) {
    for (long seed = 1; seed <= 5; seed++) {
      ListLog log = Simulator.preset(preset).seed(seed).log();
      double[] rates = new double[10];
      for (int list = 0; list < log.size(); list++) {
        for (int k = 0; k < 10; k++) {
          rates[k] += log.clicked(list, k) ? 1.0 / log.size() : 0;
        }
      }
      for (int k = 2; k < 10; k++) {
        assertTrue(rates[k] < rates[k - 2], preset + ": " + Arrays.toString(rates));
      }
      assertTrue(rates[9] < 0.5 * rates[0], preset + ": " + Arrays.toString(rates));
    }
  }

  private static Tally[] tallies(int count) {
    Tally[] tallies = new Tally[count];
    Arrays.setAll(tallies, i -> new Tally());
    return tallies;
  }

  /** Clicks seen and expected, compared within four standard errors. */
  private static final class Tally {
    private double clicks;
    private double expected;
    private double variance;

    void add(double probability, boolean click) {
      clicks += click ? 1 : 0;
      expected += probability;
      variance += probability * (1 - probability);
    }

    void check() {
      assertEquals(expected, clicks, 4 * Math.sqrt(variance));
    }
  }
}
