package org.eglr.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.eglr.data.Entities;
import org.eglr.data.Field;
import org.eglr.data.FieldKind;
import org.eglr.data.ListLog;
import org.eglr.data.Missing;

/** Lists as texts that hold all there is of them, sorted: one machine's and Spark's compare. */
final class ListTexts {

  private ListTexts() {}

  static List<String> of(ListLog log) {
    List<String> texts = new ArrayList<>();
    for (int l = 0; l < log.size(); l++) {
      List<String> candidates = new ArrayList<>();
      for (int i = 0; i < log.pool(l); i++) {
        int item = log.candidate(l, i);
        candidates.add(log.items().label(item) + fields(log.items(), item));
      }
      List<Boolean> clicks = new ArrayList<>();
      for (int i = 0; i < log.length(l); i++) {
        clicks.add(log.clicked(l, i));
      }
      texts.add(
          text(
              log.users().key(log.user(l)),
              fields(log.users(), log.user(l)),
              log.time(l),
              candidates,
              clicks,
              log.utility(l)));
    }
    return texts.stream().sorted().toList();
  }

  static List<String> of(Dataset<Row> lists) {
    return of(lists.collectAsList());
  }

  static List<String> of(List<Row> lists) {
    List<String> texts = new ArrayList<>();
    for (Row row : lists) {
      List<String> candidates = new ArrayList<>();
      for (Row candidate : row.<Row>getList(row.fieldIndex("candidates"))) {
        candidates.add(candidate.getString(0) + fields(candidate));
      }
      List<Boolean> clicks = row.getList(row.fieldIndex("clicks"));
      texts.add(
          text(
              String.valueOf(row.<Object>getAs("userId")),
              fields(row.getAs("user")),
              row.<Long>getAs("time"),
              candidates,
              new ArrayList<>(clicks),
              row.<Double>getAs("utility").floatValue()));
    }
    return texts.stream().sorted().toList();
  }

  private static String text(
      String user,
      Map<String, String> userFields,
      long time,
      List<String> candidates,
      List<Boolean> clicks,
      float utility) {
    return "%s %s at %d: %s %s %s".formatted(user, userFields, time, candidates, clicks, utility);
  }

  private static Map<String, String> fields(Entities entities, int row) {
    Map<String, String> fields = new TreeMap<>();
    for (Field field : entities.fields()) {
      boolean category = field.kind() == FieldKind.CATEGORICAL;
      if (category || Missing.flagged(field.name()) == null) {
        Double value = category ? null : Double.valueOf(entities.values(field)[row]);
        fields.put(
            field.name(),
            category ? entities.categories(field)[row] : value.isNaN() ? "none" : value.toString());
      }
    }
    return fields;
  }

  private static Map<String, String> fields(Row struct) {
    Map<String, String> fields = new TreeMap<>();
    for (String name : struct.schema().fieldNames()) {
      if (!name.equals("label")) {
        Object value = struct.getAs(name);
        boolean dense =
            struct.schema().apply(name).dataType() instanceof org.apache.spark.sql.types.DoubleType;
        fields.put(name, value == null ? dense ? "none" : Missing.CATEGORY : value.toString());
      }
    }
    return fields;
  }
}
