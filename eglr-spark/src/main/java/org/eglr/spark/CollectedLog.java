package org.eglr.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.eglr.data.DataException;
import org.eglr.data.ListLog;

/**
 * Brings lists from a cluster to this JVM, in an order that does not depend on partitions. What can
 * be refused by the columns alone is refused when this is made.
 */
final class CollectedLog {

  private final StructType rows;
  private final StructType candidate;
  private final StructType user; // without fields: none
  private final Column[] columns; // candidates, clicks, utility, time, user
  private final EglrReranker reranker;

  CollectedLog(EglrReranker reranker, StructType rows) {
    this.reranker = reranker;
    this.rows = rows;
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
    return rows.fields()[Columns.place(rows, column, setter)].dataType();
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
    DataType type = type(name, "setTimeCol");
    Column time = Columns.of(name);
    if (type instanceof IntegralType) {
      return time.cast("bigint");
    } else if (type instanceof TimestampType) {
      return functions.unix_micros(time);
    } else if (type instanceof DateType) {
      return functions.unix_date(time).cast("bigint");
    }
    throw wrong("time", name, type, "a whole number, a timestamp or a date");
  }

  /** The rows as the trained model gives them back. */
  StructType ranked() {
    return new AddedColumns(reranker, rows).rows();
  }

  /**
   * The lists, by time, and where that is equal by a hash of all that is read.
   *
   * @param most candidates that this JVM is to hold
   */
  ListLog collect(Dataset<Row> lists, long most) {
    String[] names = {"candidates", "clicks", "utility", "time", "user"};
    Column[] named = columns.clone();
    for (int c = 0; c < named.length; c++) {
      named[c] = named[c].as(names[c]);
    }
    Dataset<Row> read = lists.select(named);
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
    Column hash =
        functions.xxhash64(
            functions.col("candidates"), functions.col("clicks"), functions.col("user"));
    return log(read.orderBy(functions.col("time"), hash).collectAsList());
  }

  private ListLog log(List<Row> lists) {
    EntityRows users = new EntityRows(user);
    EntityRows items = new EntityRows(candidate);
    List<int[]> pools = new ArrayList<>(lists.size());
    int[] userRows = new int[lists.size()];
    for (int l = 0; l < lists.size(); l++) {
      Row list = lists.get(l);
      String where = "list " + (l + 1) + " of the log";
      requireWhole(list, where);
      List<Row> candidates = list.getList(0);
      int[] pool = new int[candidates.size()];
      for (int i = 0; i < pool.length; i++) {
        pool[i] = items.of(candidates.get(i), where + ", candidate " + i);
      }
      pools.add(pool);
      Row of = list.isNullAt(4) ? EntityRows.unknown(user) : list.getStruct(4);
      userRows[l] = users.of(of, where + ", the user");
    }
    ListLog.Builder log = ListLog.builder("log", users.build("users"), items.build("items"));
    for (int l = 0; l < pools.size(); l++) {
      Row list = lists.get(l);
      boolean[] clicks = clicks(list.getList(1), l);
      if (list.isNullAt(2)) {
        log.add(userRows[l], list.getLong(3), pools.get(l), clicks);
      } else {
        log.add(userRows[l], list.getLong(3), pools.get(l), clicks, list.getFloat(2));
      }
    }
    return log.build();
  }

  private static void requireWhole(Row list, String where) {
    for (int c : new int[] {0, 1, 3}) {
      if (list.isNullAt(c)) {
        throw new DataException(
            "%s has null as %s; leave such rows out"
                .formatted(where, c == 0 ? "candidates" : c == 1 ? "clicks" : "time"));
      }
    }
  }

  private static boolean[] clicks(List<Boolean> given, int list) {
    boolean[] clicks = new boolean[given.size()];
    for (int i = 0; i < clicks.length; i++) {
      if (given.get(i) == null) {
        throw new DataException(
            "list %d of the log has null as click %d; it needs true or false"
                .formatted(list + 1, i));
      }
      clicks[i] = given.get(i);
    }
    return clicks;
  }
}
