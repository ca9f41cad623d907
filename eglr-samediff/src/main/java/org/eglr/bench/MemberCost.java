package org.eglr.bench;

import java.util.Arrays;
import java.util.Locale;
import org.eglr.Eglr;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;

/**
 * What an evaluator of three members costs beside one: requests, evaluator training and GRPO, in
 * turns, as ratios of times.
 */
public final class MemberCost {

  private static final int LISTS = 2_000;
  private static final int REQUESTS = 500;
  private static final int STEPS = 10;

  private final Splits data;
  private final int rounds;

  MemberCost(int pool, int lists, int rounds) {
    data = Simulator.adLike().lists(lists).pool(pool).seed(1).log().split(0.8, 0.1, 0.1);
    this.rounds = rounds;
  }

  /** Argument: the number of rounds. */
  public static void main(String[] args) {
    if (args.length != 1 || !args[0].matches("[1-9]\\d{0,5}")) {
      System.err.println("usage: MemberCost ROUNDS");
      System.exit(2);
    }
    int rounds = Integer.parseInt(args[0]);
    System.out.printf(
        Locale.ROOT,
        "Three members against one, default settings, %d rounds: ratio of times, median"
            + " [quartiles]%n",
        rounds);
    for (int pool : new int[] {10, 30}) {
      Ratios ratios = new MemberCost(pool, LISTS, rounds).measure();
      System.out.printf(
          Locale.ROOT,
          "pool %d  one request %s  evaluator training %s  GRPO %s%n",
          pool,
          Quartiles.of(ratios.request),
          Quartiles.of(ratios.evaluator),
          Quartiles.of(ratios.grpo));
    }
    System.exit(0);
  }

  /** One ratio a round. */
  record Ratios(double[] request, double[] evaluator, double[] grpo) {}

  /** Round by round, after as many rounds to warm up. */
  Ratios measure() {
    Eglr one = model(1);
    Eglr three = model(3);
    Ratios ratios = new Ratios(new double[rounds], new double[rounds], new double[rounds]);
    for (int r = -rounds; r < rounds; r++) {
      double request = (double) requests(three) / requests(one);
      double evaluator = evaluatorSeconds(three) / evaluatorSeconds(one);
      double grpo = grpoSeconds(three) / grpoSeconds(one);
      if (r >= 0) {
        ratios.request[r] = request;
        ratios.evaluator[r] = evaluator;
        ratios.grpo[r] = grpo;
      }
    }
    return ratios;
  }

  private Eglr model(int members) {
    Eglr model = Eglr.builder(data.schema()).members(members).seed(1).build();
    evaluatorSeconds(model);
    grpoSeconds(model);
    return model;
  }

  private double evaluatorSeconds(Eglr model) {
    return model.trainEvaluator(data.train(), t -> t.epochs(1)).seconds();
  }

  private double grpoSeconds(Eglr model) {
    return model.trainGenerator(data.train(), t -> t.steps(STEPS)).seconds();
  }

  /** Nanoseconds of requests, one by one. */
  private long requests(Eglr model) {
    Request request = data.test().request(0);
    return Arrays.stream(Stopwatch.each(REQUESTS, i -> model.rerank(request).order()[0])).sum();
  }
}
