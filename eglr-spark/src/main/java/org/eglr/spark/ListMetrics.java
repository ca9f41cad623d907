package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.metrics.RankingMetrics;

/** The metrics of each list by itself, as {@link org.eglr.metrics.ReportBuilder} has them. */
final class ListMetrics implements Serializable {

  private static final List<String> NAMES =
      List.of("MAP@5", "MAP@10", "NDCG@5", "NDCG@10", "clicks@5");

  private static final String SCORE = "evaluator score";

  private final String ranking;
  private final String clicks;
  private final String score; // null: none
  private final String user; // null: each list by itself

  /**
   * @throws DataException if a column is not what it must be
   */
  ListMetrics(EglrRankingEvaluator params, StructType rows) {
    ranking = params.getOrDefault(params.rankingCol());
    clicks = params.getOrDefault(params.clicksCol());
    score = params.isDefined(params.scoreCol()) ? params.getOrDefault(params.scoreCol()) : null;
    user = params.isDefined(params.userCol()) ? params.getOrDefault(params.userCol()) : null;
    boolean lists =
        rows.fields()[Columns.place(rows, ranking, "setRankingCol")].dataType()
                instanceof ArrayType array
            && array.elementType() instanceof StructType item
            && Columns.has(item, "index");
    if (!lists) {
      throw new DataException(
          "ranking column '%s' is not one that EglrRerankModel adds".formatted(ranking));
    }
    boolean flags =
        rows.fields()[Columns.place(rows, clicks, "setClicksCol")].dataType()
                instanceof ArrayType array
            && array.elementType() instanceof BooleanType;
    if (!flags) {
      throw new DataException("clicks column '%s' is no array of boolean".formatted(clicks));
    }
    if (user != null) {
      Columns.place(rows, user, "setUserCol");
    }
    if (score != null
        && !(rows.fields()[Columns.place(rows, score, "setScoreCol")].dataType()
            instanceof DoubleType)) {
      throw new DataException("score column '%s' is not of type double".formatted(score));
    }
  }

  List<String> names() {
    List<String> names = new ArrayList<>(NAMES);
    if (score != null) {
      names.add(SCORE);
    }
    return names;
  }

  /** One row a list: "user" (a string), "m0", "m1" and so on by {@link #names}. */
  Dataset<Row> of(Dataset<Row> ranked) {
    Column who =
        user == null
            ? functions.uuid()
            : functions.to_json(functions.struct(Columns.of(user).as("user")));
    StructType type = new StructType().add("user", DataTypes.StringType);
    for (int m = 0; m < names().size(); m++) {
      type = type.add("m" + m, DataTypes.DoubleType);
    }
    Column value = score == null ? functions.lit(null).cast("double") : Columns.of(score);
    MapFunction<Row, Row> measured = this::row;
    return ranked
        .filter(Columns.of(ranking).isNotNull())
        .select(
            who,
            functions.transform(Columns.of(ranking), i -> i.getField("index")),
            Columns.of(clicks),
            value)
        .map(measured, Encoders.row(type));
  }

  private Row row(Row list) {
    int[] order = list.<Integer>getList(1).stream().mapToInt(Integer::intValue).toArray();
    List<Boolean> shown = list.getList(2);
    boolean[] labels = new boolean[shown.size()]; // candidates behind them were not clicked
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Boolean.TRUE.equals(shown.get(i));
    }
    boolean[] clicked = new boolean[order.length];
    for (int k = 0; k < order.length; k++) {
      clicked[k] = order[k] < labels.length && labels[order[k]];
    }
    List<Object> values = new ArrayList<>();
    values.add(list.getString(0));
    values.add(RankingMetrics.averagePrecision(clicked, 5));
    values.add(RankingMetrics.averagePrecision(clicked, 10));
    values.add(RankingMetrics.ndcg(clicked, labels, 5));
    values.add(RankingMetrics.ndcg(clicked, labels, 10));
    values.add((double) RankingMetrics.clicks(clicked, 5));
    if (score != null) {
      values.add(list.getDouble(3));
    }
    return RowFactory.create(values.toArray());
  }
}
