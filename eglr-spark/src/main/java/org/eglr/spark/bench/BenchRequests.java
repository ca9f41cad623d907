package org.eglr.spark.bench;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eglr.Eglr;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.reasoning.Gate;
import org.eglr.spark.EglrRerankModel;

/**
 * Simulated requests, 10 items of 20 candidates, and a model that re-ranks them.
 *
 * @param lists the requests; as rows, request {@code i} is called {@code TRAINING + i}
 * @param eglr trained on other lists
 * @param folder for the requests as Parquet files
 */
record BenchRequests(ListSet lists, Eglr eglr, Path folder) {

  /** Lists before the requests, from which the model learned. */
  static final int TRAINING = 2_000;

  /** The column that numbers the copies of a request. */
  static final String COPY = "copy";

  private static final int CHUNK = 10_000;

  static BenchRequests of(int requests, int width, Path folder) {
    Splits data =
        Simulator.adLike()
            .lists(requests + TRAINING)
            .pool(20)
            .seed(1)
            .log()
            .split(
                IntStream.range(0, TRAINING).toArray(),
                new int[0],
                IntStream.range(TRAINING, requests + TRAINING).toArray());
    return new BenchRequests(data.test(), trained(data, width), folder.toAbsolutePath());
  }

  private static Eglr trained(Splits data, int width) {
    Eglr eglr =
        Eglr.builder(data.schema())
            .width(width)
            .reasoning(r -> r.maxSteps(2).gate(Gate.entropy(1.2)))
            .seed(1)
            .build();
    eglr.trainEvaluator(data.train(), t -> t.epochs(1));
    eglr.trainGenerator(data.train(), t -> t.steps(10));
    return eglr;
  }

  static SparkSession session(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("EGLR bench")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.codegen.hugeMethodLimit", 8_000) // as the guide has it
        .getOrCreate();
  }

  /** The requests with their lists, as often as asked. */
  Dataset<Row> ranked(SparkSession spark, int copies) {
    Dataset<Row> requests = BenchData.of(spark, lists, folder, CHUNK);
    Dataset<Row> many =
        copies == 1
            ? requests.withColumn(COPY, functions.lit(0))
            : requests.crossJoin(spark.range(copies).toDF(COPY));
    return EglrRerankModel.of(eglr).setUserCol("user").transform(many);
  }

  /** Computes rows and forgets them. */
  static void compute(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }
}
