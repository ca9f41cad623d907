package org.eglr.spark;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.eglr.data.DataException;

/** Columns by their names, which may hold any character. */
final class Columns {

  private Columns() {}

  static Column of(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  static boolean has(StructType rows, String name) {
    return Arrays.asList(rows.fieldNames()).contains(name);
  }

  /**
   * Where a column stands.
   *
   * @param setter which names another
   */
  static int place(StructType rows, String name, String setter) {
    if (!has(rows, name)) {
      throw new DataException(
          "there is no column '%s'; there are %s. Name another by %s"
              .formatted(name, String.join(", ", rows.fieldNames()), setter));
    }
    return rows.fieldIndex(name);
  }

  /**
   * A column of times as whole numbers: as they are, microseconds of timestamps, days of dates.
   *
   * @throws DataException if it is of another type
   */
  static Column time(String name, DataType type) {
    Column given = of(name);
    if (type instanceof IntegralType) {
      return given.cast("bigint");
    } else if (type instanceof TimestampType) {
      return functions.unix_micros(given);
    } else if (type instanceof DateType) {
      return functions.unix_date(given).cast("bigint");
    }
    throw new DataException(
        "time column '%s' is of type %s; it needs a whole number, a timestamp or a date"
            .formatted(name, type.simpleString()));
  }
}
