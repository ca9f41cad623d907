package org.eglr.spark;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
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
}
