package org.eglr.internal;

import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Schema;

/** Refuses lists that a model cannot learn from or be measured by. */
public final class SchemaCheck {

  private SchemaCheck() {}

  /**
   * @throws DataException if there are no lists, or they have another schema than the model
   */
  public static void require(Schema schema, ListSet lists) {
    schema.requireSame(lists.schema());
    if (lists.size() == 0) {
      throw new DataException("there are no lists");
    }
  }

  /**
   * As {@link #require(Schema, ListSet)}, for training.
   *
   * @param validation null if there is none
   */
  public static void require(Schema schema, ListSet lists, ListSet validation) {
    require(schema, lists);
    if (validation != null) {
      schema.requireSame(validation.schema());
      if (validation.size() == 0) {
        throw new DataException(
            "there are no validation lists: leave validation out, or give it some");
      }
    }
  }

  /** The lists, or null where there are none. */
  public static ListSet nonEmpty(ListSet lists) {
    return lists.size() == 0 ? null : lists;
  }
}
