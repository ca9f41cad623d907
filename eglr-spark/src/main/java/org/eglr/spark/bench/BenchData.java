package org.eglr.spark.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eglr.data.ListSet;
import org.eglr.spark.ListRows;

/** Requests as Parquet files, written once. */
final class BenchData {

  private BenchData() {}

  /**
   * @param chunk lists that are in memory at a time
   */
  static Dataset<Row> of(SparkSession spark, ListSet lists, Path folder, int chunk) {
    String path = folder.resolve("requests-" + lists.size()).toString();
    Path complete = Path.of(path + ".complete");
    if (!Files.exists(complete)) {
      for (int from = 0; from < lists.size(); from += chunk) {
        ListRows.of(spark, lists.range(from, Math.min(lists.size(), from + chunk)))
            .write()
            .mode(from == 0 ? "overwrite" : "append")
            .parquet(path);
      }
      write(complete);
    }
    return spark.read().parquet(path);
  }

  private static void write(Path marker) {
    try {
      Files.createFile(marker);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(marker + ": cannot be written", e);
    }
  }
}
