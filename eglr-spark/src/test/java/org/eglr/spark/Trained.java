package org.eglr.spark;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.eglr.Eglr;
import org.eglr.Ranking;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.reasoning.Gate;

/**
 * A small trained model that reasons now and then, its lists, and what one machine makes of them.
 */
final class Trained {

  static final Splits DATA =
      Simulator.adLike().lists(3_000).users(200).seed(3).log().split(0.1, 0.02, 0.88);
  static final ListSet LISTS = DATA.test();
  static final Eglr EGLR = eglr();
  static final List<Ranking> EXPECTED =
      EGLR.rerank(IntStream.range(0, LISTS.size()).mapToObj(LISTS::request).toList());

  private Trained() {}

  static EglrRerankModel model() {
    return EglrRerankModel.of(EGLR).setUserCol("user");
  }

  private static Eglr eglr() {
    Eglr eglr =
        Eglr.builder(DATA.schema())
            .width(16)
            .heads(2)
            .evaluatorLayers(1)
            .reasoning(r -> r.maxSteps(2).gate(Gate.entropy(1.2)))
            .seed(5)
            .build();
    eglr.trainEvaluator(DATA, t -> t.epochs(2));
    eglr.trainGenerator(DATA, t -> t.groupSize(4).steps(10));
    return eglr;
  }

  /**
   * The lists without the first dense field and the first category of some candidates.
   *
   * @param gone whether those of a candidate are, by its place in the pool
   */
  static Dataset<Row> withGaps(Dataset<Row> lists, Function<Column, Column> gone) {
    String dense = LISTS.schema().itemValues().get(0).field();
    String category = LISTS.schema().itemCategories().get(0).field();
    return lists.withColumn(
        "candidates",
        functions.transform(
            functions.col("candidates"),
            (candidate, place) ->
                functions
                    .when(
                        gone.apply(place),
                        candidate
                            .withField(dense, functions.lit(null).cast("double"))
                            .withField(category, functions.lit(null).cast("string")))
                    .otherwise(candidate)));
  }
}
