package org.eglr.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.Table;

/**
 * The users or the items of a log with their raw attributes, one row an entity. Columns are held as
 * primitive arrays; {@link #toTable()} is the view for people.
 */
public final class Entities {

  private final String what;
  private final String[] keys;
  private final String[] labels;
  private final List<Field> fields;
  private final Map<String, Object> columns;

  private Entities(Builder builder) {
    this.what = builder.what;
    this.keys = builder.keys;
    this.labels = builder.labels == null ? builder.keys : builder.labels;
    this.fields = List.copyOf(builder.fields);
    this.columns = Map.copyOf(builder.columns);
  }

  /**
   * Starts a set of entities.
   *
   * @param what "users" or "items", for messages
   * @param keys the entities' identifiers in the log; must be distinct
   */
  public static Builder of(String what, String[] keys) {
    return new Builder(what, keys);
  }

  public int size() {
    return keys.length;
  }

  public List<Field> fields() {
    return fields;
  }

  /** The identifier of the entity in its log. */
  public String key(int row) {
    return keys[row];
  }

  /** What people call the entity (a film's title), or its key where nothing better is known. */
  public String label(int row) {
    return labels[row];
  }

  /** The values of a categorical field, one a row; null where missing. Not to be written to. */
  public String[] categories(Field field) {
    return column(field.name(), FieldKind.CATEGORICAL, String[].class);
  }

  /** The values of a dense field, one a row; NaN where missing. Not to be written to. */
  public double[] values(Field field) {
    return column(field.name(), FieldKind.DENSE, double[].class);
  }

  /** Keys, labels and fields as a table. */
  public Table toTable() {
    return EntityTable.of(this, what);
  }

  /** The identifiers, one an entity. Not to be written to. */
  String[] keys() {
    return keys;
  }

  /** What people call the entities; the keys themselves where nothing better is known. */
  String[] labels() {
    return labels;
  }

  private <T> T column(String name, FieldKind kind, Class<T> type) {
    Object column = columns.get(name);
    if (!type.isInstance(column)) {
      throw new DataException(
          "the %s have no %s field '%s'; their fields are %s"
              .formatted(
                  what,
                  kind.name().toLowerCase(Locale.ROOT),
                  name,
                  fields.stream().map(field -> field.kind() + " " + field.name()).toList()));
    }
    return type.cast(column);
  }

  /** Collects the columns of {@link Entities}. */
  public static final class Builder {

    private static final List<String> RESERVED = List.of("key", "label");

    private final String what;
    private final String[] keys;
    private String[] labels;
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, Object> columns = new HashMap<>();

    private Builder(String what, String[] keys) {
      this.what = what;
      this.keys = keys.clone();
      Map<String, Integer> rows = new HashMap<>();
      for (int row = 0; row < keys.length; row++) {
        if (keys[row] == null) {
          throw new DataException("%s: row %d has no key".formatted(what, row + 1));
        }
        Integer first = rows.putIfAbsent(keys[row], row);
        if (first != null) {
          throw new DataException(
              "%s: key '%s' stands in rows %d and %d; keys must be distinct"
                  .formatted(what, keys[row], first + 1, row + 1));
        }
      }
    }

    /** Names for people, one a row; where null the key takes the place. */
    public Builder labels(String[] values) {
      requireRows("labels", values.length);
      labels = values.clone();
      for (int row = 0; row < labels.length; row++) {
        labels[row] = labels[row] == null ? keys[row] : labels[row];
      }
      return this;
    }

    /** Adds a categorical field, one value a row, null where missing. */
    public Builder categorical(String name, String[] values) {
      return add(Field.categorical(name), values.length, values.clone());
    }

    /** Adds a dense field, one finite value a row, NaN where missing. */
    public Builder dense(String name, double[] values) {
      for (int row = 0; row < values.length; row++) {
        if (Double.isInfinite(values[row])) {
          throw new DataException(
              "%s: field '%s', row %d is %s; allowed are finite numbers, and NaN where missing"
                  .formatted(what, name, row + 1, values[row]));
        }
      }
      return add(Field.dense(name), values.length, values.clone());
    }

    public Entities build() {
      return new Entities(this);
    }

    private Builder add(Field field, int rows, Object column) {
      requireRows(field.name(), rows);
      if (RESERVED.contains(field.name())) {
        throw new DataException(
            "%s: a field cannot be called '%s'; %s are columns of every table"
                .formatted(what, field.name(), RESERVED));
      }
      if (columns.put(field.name(), column) != null) {
        throw new DataException("%s: field '%s' is declared twice".formatted(what, field.name()));
      }
      fields.add(field);
      return this;
    }

    private void requireRows(String name, int rows) {
      if (rows != keys.length) {
        throw new DataException(
            "%s: field '%s' has %d values for %d rows".formatted(what, name, rows, keys.length));
      }
    }
  }
}
