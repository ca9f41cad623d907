package org.eglr.spark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.eglr.data.DataException;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;

/**
 * Measures the lists of an {@link EglrRerankModel} against logged clicks, over partitions: the
 * metrics of {@link Report}, for pipelines and for Spark's own cross-validation.
 *
 * <pre>{@code
 * Report report = new EglrRankingEvaluator().setUserCol("user").report(model.transform(log));
 * }</pre>
 *
 * <p>Labels travel with the items, as in the paper. Sums are exact to 20 decimal places, so that
 * the report does not depend on partitions. Rows without a list, those with an error, are left out;
 * {@link Report#lists} says how many were measured.
 */
public final class EglrRankingEvaluator extends Evaluator implements DefaultParamsWritable {

  private static final String EXACT = "decimal(28,20)";

  /** Squares of a user's sums may be large. */
  private static final String SQUARES = "decimal(28,10)";

  private final String uid;
  private final Param<String> rankingCol;
  private final Param<String> clicksCol;
  private final Param<String> scoreCol;
  private final Param<String> userCol;
  private final Param<String> metricName;

  public EglrRankingEvaluator() {
    this(Identifiable$.MODULE$.randomUID("eglrRanking"));
  }

  /**
   * @param uid that Spark knows it by
   */
  public EglrRankingEvaluator(String uid) {
    this.uid = uid;
    rankingCol = param("rankingCol", "column of the lists, as EglrRerankModel adds it");
    clicksCol = param("clicksCol", "column of the clicks: array of boolean, one a candidate shown");
    scoreCol = param("scoreCol", "column of the evaluator's score; not set: not measured");
    userCol = param("userCol", "column of who saw the list; not set: each list counts by itself");
    metricName = param("metricName", "metric that evaluate returns: MAP@5, NDCG@10, ...");
    setDefault(rankingCol, "ranking");
    setDefault(clicksCol, "clicks");
    setDefault(metricName, "NDCG@10");
  }

  private Param<String> param(String name, String doc) {
    return new Param<>(uid, name, doc, String.class);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@link #setRankingCol}. */
  public Param<String> rankingCol() {
    return rankingCol;
  }

  /** {@link #setClicksCol}. */
  public Param<String> clicksCol() {
    return clicksCol;
  }

  /** {@link #setScoreCol}. */
  public Param<String> scoreCol() {
    return scoreCol;
  }

  /** {@link #setUserCol}. */
  public Param<String> userCol() {
    return userCol;
  }

  /** {@link #setMetricName}. */
  public Param<String> metricName() {
    return metricName;
  }

  /** The column of the lists; default "ranking". */
  public EglrRankingEvaluator setRankingCol(String column) {
    set(rankingCol, column);
    return this;
  }

  /**
   * The column of the clicks, default "clicks": an array of boolean, one for each of the first
   * candidates, those that were shown. The others count as not clicked.
   */
  public EglrRankingEvaluator setClicksCol(String column) {
    set(clicksCol, column);
    return this;
  }

  /** The column of the evaluator's score (double); not set: the report has none. */
  public EglrRankingEvaluator setScoreCol(String column) {
    set(scoreCol, column);
    return this;
  }

  /**
   * The column of the user, of any type: the standard errors are those over users. Not set: each
   * list counts as a user.
   */
  public EglrRankingEvaluator setUserCol(String column) {
    set(userCol, column);
    return this;
  }

  /**
   * The metric that {@link #evaluate} returns: "MAP@5", "MAP@10", "NDCG@5", "NDCG@10" (default),
   * "clicks@5", or "evaluator score" where there is a score column.
   */
  public EglrRankingEvaluator setMetricName(String name) {
    set(metricName, name);
    return this;
  }

  /** All metrics are better where they are larger. */
  @Override
  public boolean isLargerBetter() {
    return true;
  }

  /**
   * The mean over lists of the metric of {@link #setMetricName}.
   *
   * @throws IllegalArgumentException naming the metrics there are
   */
  @Override
  public double evaluate(Dataset<?> ranked) {
    return report(ranked).value(getOrDefault(metricName));
  }

  /**
   * All metrics with their standard errors over users.
   *
   * @throws DataException if a column is not there, or no row has a list
   */
  public Report report(Dataset<?> ranked) {
    ListMetrics measures = new ListMetrics(this, ranked.schema());
    List<String> names = measures.names();
    Dataset<Row> values = measures.of(ranked.toDF());
    List<Column> sums = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      sums.add(functions.sum(functions.col("m" + m).cast(EXACT)).cast("double").as("s" + m));
    }
    Column n = functions.count(functions.lit(1)).as("n");
    Dataset<Row> users = values.groupBy("user").agg(n, sums.toArray(Column[]::new)); // a row a user
    Row total = users.agg(exact(functions.col("n")), totals(names.size())).first();
    if (total.isNullAt(0)) {
      throw new DataException("no row has a list; the error column says why");
    }
    return report(names, total);
  }

  /** Of each metric: sum over users of S, S * S and S * n; in the end of n * n, and the users. */
  private static Column[] totals(int metrics) {
    Column n = functions.col("n").cast("double");
    List<Column> all = new ArrayList<>();
    for (int m = 0; m < metrics; m++) {
      Column s = functions.col("s" + m);
      all.add(functions.sum(s.cast(EXACT)));
      all.add(exact(s.multiply(s)));
      all.add(exact(s.multiply(n)));
    }
    all.add(exact(n.multiply(n)));
    all.add(functions.count(functions.lit(1)).cast("decimal(28,0)"));
    return all.toArray(Column[]::new);
  }

  private static Column exact(Column value) {
    return functions.sum(value.cast(SQUARES));
  }

  private static Report report(List<String> names, Row total) {
    double lists = number(total, 0);
    double squaredCounts = number(total, 3 * names.size() + 1);
    double users = number(total, 3 * names.size() + 2);
    List<Metric> metrics = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      double mean = number(total, 3 * m + 1) / lists;
      // The sum over users of (S - n * mean)^2.
      double squares =
          number(total, 3 * m + 2)
              - 2 * mean * number(total, 3 * m + 3)
              + mean * mean * squaredCounts;
      double error =
          users < 2 ? Double.NaN : Math.sqrt(Math.max(0, squares) * users / (users - 1)) / lists;
      metrics.add(new Metric(names.get(m), mean, error));
    }
    return new Report("EGLR on Spark", (int) lists, metrics, Optional.empty());
  }

  private static double number(Row row, int column) {
    BigDecimal value = row.getDecimal(column);
    return value.doubleValue();
  }

  @Override
  public EglrRankingEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return DefaultParamsWritable.super.write();
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<EglrRankingEvaluator> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads a saved evaluator. */
  public static EglrRankingEvaluator load(String path) {
    return read().load(path);
  }
}
