package org.eglr.spark;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.data.ListLog;

/**
 * Brings lists from a cluster to this JVM, in an order that does not depend on partitions. What can
 * be refused by the columns alone is refused when this is made.
 */
final class CollectedLog {

  private final StructType given;
  private final StructType candidate;
  private final StructType user; // without fields: none
  private final Column[] columns; // candidates, clicks, utility, time, user
  private final EglrReranker reranker;

  CollectedLog(EglrReranker reranker, StructType rows) {
    this.reranker = reranker;
    given = rows;
    String pool = reranker.getOrDefault(reranker.candidatesCol());
    DataType type = type(pool, "setCandidatesCol");
    if (!(type instanceof ArrayType array && array.elementType() instanceof StructType struct)) {
      throw wrong("candidates", pool, type, "an array of structs: training reads one list a row");
    }
    candidate = struct;
    String clicks = reranker.getOrDefault(reranker.clicksCol());
    type = type(clicks, "setClicksCol");
    if (!(type instanceof ArrayType flags && flags.elementType() instanceof BooleanType)) {
      throw wrong("clicks", clicks, type, "an array of boolean, one a candidate shown");
    }
    columns =
        new Column[] {Columns.of(pool), Columns.of(clicks), utility(), time(), functions.lit(null)};
    if (reranker.isDefined(reranker.userCol())) {
      String name = reranker.getOrDefault(reranker.userCol());
      type = type(name, "setUserCol");
      if (!(type instanceof StructType fields)) {
        throw wrong("user", name, type, "a struct of the user's fields");
      }
      user = fields;
      columns[4] = Columns.of(name);
    } else {
      user = new StructType();
    }
    EntityRows.check("candidates", candidate);
    EntityRows.check("user", user);
  }

  private DataType type(String column, String setter) {
    return given.fields()[Columns.place(given, column, setter)].dataType();
  }

  private static DataException wrong(String what, String column, DataType type, String needed) {
    return new DataException(
        "%s column '%s' is of type %s; it needs %s"
            .formatted(what, column, type.simpleString(), needed));
  }

  private Column utility() {
    if (!reranker.isDefined(reranker.utilityCol())) {
      return functions.lit(null).cast("float");
    }
    String name = reranker.getOrDefault(reranker.utilityCol());
    DataType type = type(name, "setUtilityCol");
    if (!(type instanceof NumericType)) {
      throw wrong("utility", name, type, "a number, at least 0");
    }
    return functions.coalesce(Columns.of(name).cast("float"), functions.lit(Float.NaN));
  }

  private Column time() {
    if (!reranker.isDefined(reranker.timeCol())) {
      return functions.lit(0L);
    }
    String name = reranker.getOrDefault(reranker.timeCol());
    return Columns.time(name, type(name, "setTimeCol"));
  }

  /** The rows as the trained model gives them back. */
  StructType ranked() {
    return new AddedColumns(reranker, given).rows();
  }

  /** Candidates, clicks, utility, time and user of each list. */
  Dataset<Row> read(Dataset<Row> lists) {
    String[] names = {"candidates", "clicks", "utility", "time", "user"};
    Column[] named = columns.clone();
    for (int c = 0; c < named.length; c++) {
      named[c] = named[c].as(names[c]);
    }
    return lists.select(named);
  }

  /** By time, and where that is equal by a hash of all that is read: whatever the partitions. */
  static Dataset<Row> ordered(Dataset<Row> read) {
    Column hash =
        functions.xxhash64(
            functions.col("candidates"), functions.col("clicks"), functions.col("user"));
    return read.orderBy(functions.col("time"), hash, functions.col("utility"));
  }

  /**
   * The lists in order.
   *
   * @param most candidates that this JVM is to hold
   */
  ListLog collect(Dataset<Row> lists, long most) {
    Dataset<Row> read = read(lists);
    Column sizes = functions.sum(functions.size(functions.col("candidates")));
    Row count = read.agg(sizes, functions.count(functions.lit(1))).first();
    long candidates = count.isNullAt(0) ? 0 : count.getLong(0);
    if (candidates > most) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the log has %,d candidates in %,d lists; the driver is to hold at most %,d: sample the log, or raise it by setMaxCandidates",
              candidates,
              count.getLong(1),
              most));
    }
    return rows().log(ordered(read).collectAsList());
  }

  /** What makes a log of the rows. */
  LogRows rows() {
    return new LogRows(user, candidate);
  }
}
