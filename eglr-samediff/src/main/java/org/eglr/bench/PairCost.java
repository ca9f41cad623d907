package org.eglr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.Evaluator;
import org.eglr.ListScore;
import org.eglr.PairEffects;
import org.eglr.data.ListSet;
import org.eglr.data.Request;

/**
 * What pair effects cost an evaluator: training steps and scoring, each kind against {@link
 * PairEffects#NONE} in turns, as ratios. Turns that follow one another share what else the machine
 * does, so the median of their ratios means something where times do not.
 */
public final class PairCost {

  private static final int LISTS = 256;

  private final Scale scale;
  private final Engine engine;
  private final int rounds;

  PairCost(Scale scale, Engine engine, int rounds) {
    this.scale = scale;
    this.engine = engine;
    this.rounds = rounds;
  }

  /** Arguments: the engine, JAVA or SAMEDIFF, and the number of rounds. */
  public static void main(String[] args) throws Exception {
    if (args.length != 2 || !args[1].matches("[1-9]\\d{0,5}")) {
      System.err.println("usage: PairCost JAVA|SAMEDIFF ROUNDS");
      System.exit(2);
    }
    PairCost cost = new PairCost(Scale.FULL, Engine.valueOf(args[0]), Integer.parseInt(args[1]));
    System.out.printf(
        Locale.ROOT,
        "Pair effects against none, engine %s, %d lists, %d rounds: ratio of times,"
            + " median [quartiles]%n",
        args[0],
        LISTS,
        cost.rounds);
    for (int length : new int[] {10, 30}) {
      for (PairEffects effects :
          List.of(
              PairEffects.MATCH, PairEffects.FACTORS, PairEffects.DIFFERENCES, PairEffects.ALL)) {
        Ratios ratios = cost.measure(effects, length);
        System.out.printf(
            Locale.ROOT,
            "K=%d  %-11s  evaluator step %s  scoring %s%n",
            length,
            effects,
            Quartiles.of(ratios.step),
            Quartiles.of(ratios.score));
      }
    }
    System.exit(0); // the training threads wait for turns that will not come
  }

  /** One ratio a round. */
  record Ratios(double[] step, double[] score) {}

  /** Times of a kind over times without, round by round, after as many rounds to warm up. */
  Ratios measure(PairEffects effects, int length) throws IOException, InterruptedException {
    ListSet lists = new RandomLists(scale, LISTS, length).shown(length);
    try (Side none = new Side(PairEffects.NONE, lists);
        Side paired = new Side(effects, lists)) {
      double[] step = new double[rounds];
      double[] score = new double[rounds];
      for (int r = -rounds; r < rounds; r++) {
        double steps = (double) paired.training.time(1)[0] / none.training.time(1)[0];
        double scores = (double) paired.score() / none.score();
        if (r >= 0) {
          step[r] = steps;
          score[r] = scores;
        }
      }
      return new Ratios(step, score);
    }
  }

  /** An evaluator that is trained step by step, and one that scores. */
  private final class Side implements AutoCloseable {

    private final SteppedTraining training;
    private final Evaluator scoring;
    private final List<Request> requests = new ArrayList<>();
    private final List<int[]> orders = new ArrayList<>();

    Side(PairEffects effects, ListSet lists) throws IOException {
      Evaluator trained = evaluator(effects, lists);
      trained.train(lists, t -> t.epochs(1).batchSize(lists.size()));
      Path file = Files.createTempFile("pair-cost", ".eglr");
      trained.save(file);
      scoring = Evaluator.load(file).withEngine(engine);
      Files.delete(file);
      training =
          new SteppedTraining(
              "training with " + effects,
              listener ->
                  trained.train(
                      lists, t -> t.epochs(10_000).batchSize(lists.size()).listener(listener)));
      for (int l = 0; l < lists.size(); l++) {
        requests.add(lists.request(l));
        orders.add(IntStream.range(0, lists.length(l)).toArray());
      }
    }

    private Evaluator evaluator(PairEffects effects, ListSet lists) {
      return Evaluator.builder(lists.schema())
          .width(scale.width())
          .feedForward(scale.feedForward())
          .heads(scale.heads())
          .evaluatorLayers(scale.layers())
          .pairEffects(effects)
          .members(1)
          .engine(engine)
          .seed(1)
          .build();
    }

    /** Nanoseconds of scoring all lists. */
    long score() {
      return Stopwatch.each(
          1,
          i -> {
            List<ListScore> scores = scoring.score(requests, orders);
            return scores.get(0).clickProbabilities().length;
          })[0];
    }

    @Override
    public void close() {
      training.close();
    }
  }
}
