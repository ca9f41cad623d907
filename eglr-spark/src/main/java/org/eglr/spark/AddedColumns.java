package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.decode.Decision;

/** The columns that re-ranking adds, in this order: the list, those asked for, the error. */
final class AddedColumns implements Serializable {

  private static final StructType ITEM =
      new StructType()
          .add("index", DataTypes.IntegerType)
          .add("label", DataTypes.StringType)
          .add("clickProbability", DataTypes.DoubleType);

  private interface Value extends Function<ListInPool, Object>, Serializable {}

  private final List<Value> values = new ArrayList<>();
  private final StructType rows;

  /**
   * @param before the rows as they are before
   * @throws DataException if there is a column of such a name already
   */
  AddedColumns(RerankParams<?> params, StructType before) {
    List<StructField> fields = new ArrayList<>(List.of(before.fields()));
    add(fields, params, params.outputCol(), DataTypes.createArrayType(ITEM), AddedColumns::items);
    add(fields, params, params.scoreCol(), DataTypes.DoubleType, ListInPool::score);
    add(
        fields,
        params,
        params.entropyCol(),
        DataTypes.createArrayType(DataTypes.DoubleType),
        list -> list.decisions().stream().mapToDouble(Decision::entropyBefore).toArray());
    add(
        fields,
        params,
        params.reasoningStepsCol(),
        DataTypes.createArrayType(DataTypes.IntegerType),
        list -> list.decisions().stream().mapToInt(Decision::reasoningSteps).toArray());
    add(fields, params, params.traceCol(), TraceRows.TYPE, TraceRows::of);
    add(fields, params, params.errorCol(), DataTypes.StringType, list -> null);
    rows = DataTypes.createStructType(fields);
  }

  private void add(
      List<StructField> fields,
      RerankParams<?> params,
      Param<String> column,
      DataType type,
      Value value) {
    if (!params.isDefined(column)) {
      return;
    }
    String name = params.getOrDefault(column);
    if (fields.stream().anyMatch(field -> field.name().equals(name))) {
      throw new DataException(
          "there is a column '%s' already; name another as %s, or drop it"
              .formatted(name, column.name()));
    }
    fields.add(DataTypes.createStructField(name, type, true));
    values.add(value);
  }

  /** The rows as they are afterwards. */
  StructType rows() {
    return rows;
  }

  /** A row with its list. */
  Row with(Row row, ListInPool list) {
    Object[] all = copied(row);
    for (int v = 0; v < values.size(); v++) {
      all[row.size() + v] = values.get(v).apply(list);
    }
    return RowFactory.create(all);
  }

  /** A row that cannot be re-ranked. */
  Row with(Row row, String error) {
    Object[] all = copied(row);
    all[all.length - 1] = error;
    return RowFactory.create(all);
  }

  private Object[] copied(Row row) {
    Object[] all = new Object[row.size() + values.size()];
    for (int c = 0; c < row.size(); c++) {
      all[c] = row.get(c);
    }
    return all;
  }

  private static Row[] items(ListInPool list) {
    Row[] items = new Row[list.order().length];
    for (int k = 0; k < items.length; k++) {
      int index = list.order()[k];
      items[k] = RowFactory.create(index, list.labels()[index], list.clickProbabilities()[k]);
    }
    return items;
  }
}
