package org.eglr.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.Entities;
import org.eglr.data.Field;
import org.eglr.data.FieldKind;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;

/**
 * Lists of this JVM as rows of a data set: "list" (long, the list's index in its log), "user" (a
 * struct of the user's fields), "candidates" (an array of structs: "label" and the item's fields),
 * "clicks" (an array of boolean, one an item shown), "utility" (double) and "time" (long). They
 * have what {@link RerankParams} and {@link EglrReranker} read by default, but for the user, which
 * {@code setUserCol("user")} names.
 */
public final class ListRows {

  private static final DataType CLICKS = DataTypes.createArrayType(DataTypes.BooleanType);

  private ListRows() {}

  /** The lists as a data set. */
  public static Dataset<Row> of(SparkSession spark, ListSet lists) {
    List<Row> rows = new ArrayList<>(lists.size());
    for (int list = 0; list < lists.size(); list++) {
      rows.add(row(lists, list));
    }
    return spark.createDataFrame(rows, schema(lists.log()));
  }

  private static StructType schema(ListLog log) {
    StructType candidate = fields(new StructType().add("label", DataTypes.StringType), log.items());
    return new StructType()
        .add("list", DataTypes.LongType, false)
        .add("user", fields(new StructType(), log.users()))
        .add("candidates", DataTypes.createArrayType(candidate))
        .add("clicks", CLICKS)
        .add("utility", DataTypes.DoubleType)
        .add("time", DataTypes.LongType);
  }

  private static StructType fields(StructType struct, Entities entities) {
    StructType all = struct;
    for (Field field : entities.fields()) {
      boolean category = field.kind() == FieldKind.CATEGORICAL;
      all = all.add(field.name(), category ? DataTypes.StringType : DataTypes.DoubleType);
    }
    return all;
  }

  private static Row row(ListSet lists, int list) {
    ListLog log = lists.log();
    int of = lists.logIndex(list);
    Row[] candidates = new Row[log.pool(of)];
    for (int i = 0; i < candidates.length; i++) {
      int item = log.candidate(of, i);
      List<Object> values = new ArrayList<>(List.of(log.items().label(item)));
      candidates[i] = values(values, log.items(), item);
    }
    Boolean[] clicks = new Boolean[log.length(of)];
    for (int i = 0; i < clicks.length; i++) {
      clicks[i] = log.clicked(of, i);
    }
    Row user = values(new ArrayList<>(), log.users(), log.user(of));
    return RowFactory.create(
        (long) of, user, candidates, clicks, (double) log.utility(of), log.time(of));
  }

  private static Row values(List<Object> values, Entities entities, int row) {
    for (Field field : entities.fields()) {
      if (field.kind() == FieldKind.CATEGORICAL) {
        values.add(entities.categories(field)[row]);
      } else {
        double value = entities.values(field)[row];
        values.add(Double.isNaN(value) ? null : value);
      }
    }
    return RowFactory.create(values.toArray());
  }
}
