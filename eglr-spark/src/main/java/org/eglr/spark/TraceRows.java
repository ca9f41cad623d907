package org.eglr.spark;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.eglr.decode.Decision;

/** A trace as an array of structs, one a position. */
final class TraceRows {

  private static final ArrayType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);

  static final ArrayType TYPE =
      DataTypes.createArrayType(
          new StructType()
              .add("position", DataTypes.IntegerType)
              .add("chosen", DataTypes.IntegerType)
              .add("remaining", DataTypes.IntegerType)
              .add("entropy", DataTypes.createArrayType(DataTypes.DoubleType))
              .add("attention", DataTypes.createArrayType(FLOATS))
              .add("probability", FLOATS));

  private TraceRows() {}

  static Row[] of(ListInPool list) {
    return list.decisions().stream().map(TraceRows::row).toArray(Row[]::new);
  }

  private static Row row(Decision decision) {
    return RowFactory.create(
        decision.position(),
        decision.chosen(),
        decision.remaining(),
        decision.entropy(),
        decision.attention(),
        decision.probability());
  }
}
