package org.eglr.spark;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The code that Spark generates to write rows of many fields, candidates' for instance, soon has
 * methods that are too large for the JVM to compile; it then interprets them for each row. Told a
 * limit, Spark writes such rows by many small methods instead.
 */
final class GeneratedCode {

  /** Spark's setting. */
  static final String SETTING = "spark.sql.codegen.hugeMethodLimit";

  /** Bytes of the largest method that HotSpot compiles. */
  static final int COMPILED = 8_000;

  private static final Logger LOG = LoggerFactory.getLogger(EglrRerankModel.class);
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private GeneratedCode() {}

  /** Whether a session may run code that is not compiled. */
  static boolean mayBeInterpreted(SparkSession spark) {
    return Integer.parseInt(spark.conf().get(SETTING)) > COMPILED;
  }

  /** Says it, once a JVM: the setting is the session's owner's. */
  static void warn(SparkSession spark) {
    if (mayBeInterpreted(spark) && SAID.compareAndSet(false, true)) {
      LOG.warn(
          "{} is {}: rows of many fields may be written by code that the JVM does not compile;"
              + " spark.conf().set(\"{}\", {}) makes re-ranking about a quarter faster",
          SETTING,
          spark.conf().get(SETTING),
          SETTING,
          COMPILED);
    }
  }
}
