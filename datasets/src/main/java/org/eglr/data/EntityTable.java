package org.eglr.data;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The view for people; apart from {@link Entities}, which must load where Tablesaw is left out. */
final class EntityTable {

  private EntityTable() {}

  static Table of(Entities entities, String what) {
    Table table = Table.create(what, StringColumn.create("key", entities.keys()));
    if (entities.labels() != entities.keys()) {
      table.addColumns(StringColumn.create("label", entities.labels()));
    }
    for (Field field : entities.fields()) {
      if (field.kind() == FieldKind.CATEGORICAL) {
        table.addColumns(StringColumn.create(field.name(), entities.categories(field)));
      } else {
        table.addColumns(DoubleColumn.create(field.name(), entities.values(field)));
      }
    }
    return table;
  }
}
