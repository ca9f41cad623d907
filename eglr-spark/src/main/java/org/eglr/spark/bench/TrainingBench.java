package org.eglr.spark.bench;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eglr.data.ListSet;
import org.eglr.data.sim.Simulator;
import org.eglr.spark.EglrReranker;
import org.eglr.spark.ListRows;

/**
 * What a step of training takes on the driver alone and over partitions, for batches of several
 * sizes of simulated lists, 10 items of 20 candidates. A step's time is what a fit with more steps
 * takes longer than one with few, after one that is not counted.
 *
 * <p>Arguments: width, master, steps that the longer fits have more, a multiple of 4, then sizes,
 * the requests of a generator's batch, of which the evaluator's has four times as many lists:
 * {@code 64 local[2] 40 64 256}.
 */
public final class TrainingBench {

  private static final int LISTS_A_REQUEST = 8;
  private static final int EVALUATOR_LISTS = 4;
  private static final int BATCHES = 4; // of the evaluator in all lists: an epoch's steps

  private final SparkSession spark;
  private final int width;
  private final int steps;

  private TrainingBench(SparkSession spark, int width, int steps) {
    this.spark = spark;
    this.width = width;
    this.steps = steps;
  }

  public static void main(String[] args) {
    if (Integer.parseInt(args[2]) % BATCHES != 0) {
      throw new IllegalArgumentException("steps " + args[2] + " are no multiple of " + BATCHES);
    }
    SparkSession spark = BenchRequests.session(args[1]);
    try {
      TrainingBench bench =
          new TrainingBench(spark, Integer.parseInt(args[0]), Integer.parseInt(args[2]));
      System.out.println(
          "| A step of the | Lists | Driver alone, ms | Over partitions, ms | Times |");
      System.out.println("|---|---|---|---|---|");
      for (String requests : List.of(args).subList(3, args.length)) {
        bench.compare(Integer.parseInt(requests));
      }
    } finally {
      spark.stop();
    }
  }

  private void compare(int requests) {
    int lists = EVALUATOR_LISTS * requests;
    ListSet log =
        Simulator.adLike().lists(BATCHES * lists).pool(20).seed(1).log().split(1, 0, 0).train();
    Dataset<Row> rows = ListRows.of(spark, log).cache();
    Step alone = step(rows, requests, false);
    Step everywhere = step(rows, requests, true);
    print("evaluator", lists, alone.evaluator(), everywhere.evaluator());
    print("generator", requests * LISTS_A_REQUEST, alone.generator(), everywhere.generator());
    rows.unpersist();
  }

  /** Milliseconds. */
  private record Step(double evaluator, double generator) {}

  private Step step(Dataset<Row> rows, int requests, boolean everywhere) {
    int few = BATCHES;
    millis(rows, requests, everywhere, steps, steps); // code is compiled
    double least = millis(rows, requests, everywhere, few, few);
    double evaluator = millis(rows, requests, everywhere, few + steps, few) - least;
    double generator = millis(rows, requests, everywhere, few, few + steps) - least;
    return new Step(evaluator / steps, generator / steps);
  }

  /** A fit's; the evaluator's steps are a multiple of {@link #BATCHES}. */
  private double millis(
      Dataset<Row> rows, int requests, boolean everywhere, int evaluator, int generator) {
    EglrReranker reranker =
        new EglrReranker()
            .setUserCol("user")
            .setValidationShare(0)
            .setSettings(
                "width=" + width,
                "members=1",
                "gate=entropy:1.2",
                "evaluator.epochs=" + evaluator / BATCHES,
                "evaluator.batchSize=" + EVALUATOR_LISTS * requests,
                "grpo.batchSize=" + requests,
                "grpo.groupSize=" + LISTS_A_REQUEST,
                "steps=" + generator)
            .setDistributed(everywhere);
    long start = System.nanoTime();
    reranker.fit(rows);
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String stage, int lists, double alone, double everywhere) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %.0f | %.0f | %.2f |%n",
        stage,
        lists,
        alone,
        everywhere,
        everywhere / alone);
  }
}
