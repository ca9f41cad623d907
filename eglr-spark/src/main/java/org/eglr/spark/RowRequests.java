package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.DataException;
import org.eglr.data.Request;
import org.eglr.data.Schema;

/** Makes requests of rows that hold a list each. */
final class RowRequests implements Serializable {

  static final String LABEL = "label";

  private final int candidatesAt;
  private final StructFields itemFields;
  private final int labelAt; // within a candidate; -1: the first category is the label
  private final int userAt; // -1: no user
  private final StructFields userFields;
  private final int usersAt; // how many different users the list has; -1: one
  private final int length;

  /**
   * @param users column with the number of different users of a list; null where there is one
   * @throws DataException if the columns are not what the model needs
   */
  RowRequests(RerankParams<?> params, StructType rows, Schema schema, String users) {
    String candidates = params.getOrDefault(params.candidatesCol());
    candidatesAt = Columns.place(rows, candidates, "setCandidatesCol");
    StructType candidate = candidate(candidates, rows.fields()[candidatesAt].dataType());
    itemFields =
        StructFields.of(
            "candidates column '" + candidates + "'",
            candidate,
            schema.itemCategories(),
            schema.itemValues());
    String label =
        Arrays.asList(candidate.fieldNames()).contains(LABEL) || schema.itemCategories().isEmpty()
            ? LABEL
            : schema.itemCategories().get(0).field();
    labelAt = Arrays.asList(candidate.fieldNames()).indexOf(label);
    boolean named = params.isDefined(params.userCol());
    if (named) {
      String user = params.getOrDefault(params.userCol());
      userAt = Columns.place(rows, user, "setUserCol");
      userFields = userFields(user, rows.fields()[userAt].dataType(), schema);
    } else {
      refuseUserFields(schema);
      userAt = -1;
      userFields = null;
    }
    usersAt = users == null ? -1 : rows.fieldIndex(users);
    length = (Integer) params.getOrDefault(params.length());
  }

  private static StructType candidate(String column, DataType type) {
    if (type instanceof ArrayType array && array.elementType() instanceof StructType struct) {
      return struct;
    }
    throw new DataException(
        "candidates column '%s' is of type %s; it needs an array of structs, or setGroupCol where each row is one candidate"
            .formatted(column, type.simpleString()));
  }

  private static StructFields userFields(String column, DataType type, Schema schema) {
    if (type instanceof StructType struct) {
      return StructFields.of(
          "user column '" + column + "'", struct, schema.userCategories(), schema.userValues());
    }
    throw new DataException(
        "user column '%s' is of type %s; it needs a struct of the user's fields"
            .formatted(column, type.simpleString()));
  }

  private static void refuseUserFields(Schema schema) {
    List<String> fields = new ArrayList<>();
    schema.userCategories().forEach(category -> fields.add(category.field()));
    schema.userValues().forEach(scaling -> fields.add(scaling.field()));
    if (!fields.isEmpty()) {
      throw new DataException(
          "the model has the user fields %s; name the struct column that has them by setUserCol"
              .formatted(String.join(", ", fields)));
    }
  }

  /** A task's encoder, for a model of the schema that the columns were checked by. */
  Encoder encoder(Schema schema) {
    return new Encoder(schema);
  }

  /** Makes the requests of a task; not for several threads. */
  final class Encoder {

    private final Schema schema;
    private final StructEncoder items;
    private final StructEncoder users; // null: there are none
    private String[] places = new String[0]; // "0", "1", ..

    private Encoder(Schema schema) {
      this.schema = schema;
      items = new StructEncoder(itemFields, schema.itemCategories(), schema.itemValues());
      users =
          userFields == null
              ? null
              : new StructEncoder(userFields, schema.userCategories(), schema.userValues());
    }

    /**
     * The request of a row. Its candidates' labels are their places in the pool, so that a list of
     * a narrowed pool can be told in those of the whole.
     *
     * @throws DataException if the row cannot be re-ranked
     */
    Request request(Row row) {
      if (usersAt >= 0 && row.getInt(usersAt) > 1) {
        throw new DataException(
            "the list's rows have %d different users; a list has one"
                .formatted(row.getInt(usersAt)));
      }
      if (row.isNullAt(candidatesAt)) {
        throw new DataException("the candidates are null; a list needs at least 2");
      }
      List<Row> candidates = row.getList(candidatesAt);
      int pool = candidates.size();
      if (pool < 2) {
        throw new DataException("there are %d candidates; a list needs at least 2".formatted(pool));
      }
      int[] ids = new int[pool * schema.itemCategories().size()];
      float[] values = new float[pool * schema.itemValues().size()];
      for (int i = 0; i < pool; i++) {
        Row candidate = candidates.get(i);
        if (candidate == null) {
          throw new DataException("candidate " + i + " is null; leave it out");
        }
        items.encode(candidate, i, ids, values, "candidate", i);
      }
      int[] userIds = new int[schema.userCategories().size()];
      float[] userValues = new float[schema.userValues().size()];
      if (users != null) {
        Row user = row.isNullAt(userAt) ? null : row.getStruct(userAt);
        users.encode(user, 0, userIds, userValues, "the user", -1);
      }
      return new Request(
          schema, userIds, userValues, ids, values, pool, Math.min(length, pool), places(pool));
    }

    private String[] places(int pool) {
      if (places.length != pool) {
        places = new String[pool];
        Arrays.setAll(places, String::valueOf);
      }
      return places; // requests do not write to their labels
    }
  }

  /** What people call the candidates of a row. */
  String[] labels(Row row) {
    List<Row> pool = row.getList(candidatesAt);
    String[] labels = new String[pool.size()];
    int index = 0;
    for (Row candidate : pool) {
      Object label = labelAt < 0 ? null : candidate.get(labelAt);
      labels[index] = label == null ? "candidate " + index : label.toString();
      index++;
    }
    return labels;
  }
}
