package org.eglr.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Sessions of the tests, on the loopback interface alone. */
final class Sparks {

  private Sparks() {}

  /** A new session; whoever asks stops it. */
  static SparkSession start(String master) {
    Path target = Path.of("target").toAbsolutePath();
    return SparkSession.builder()
        .master(master)
        .appName("eglr-spark tests")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", target.resolve("warehouse").toUri().toString())
        .config("spark.local.dir", target.resolve("spark").toString())
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.codegen.wholeStage", "false") // compiling would take most of the time
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -Deglr.vector=off")
        .config("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
        .getOrCreate();
  }
}
