package org.eglr.train;

import org.eglr.data.ListSet;

/** A ready reward of a list's values of one item field; its name is {@code KIND(FIELD)}. */
interface FieldReward extends Reward {

  /** What is computed, as texts name it. */
  String kind();

  /** An item field, as {@link ItemFields#values} finds it. */
  String field();

  @Override
  default String name() {
    return kind() + "(" + field() + ")";
  }

  @Override
  default boolean custom() {
    return false;
  }

  @Override
  default void require(ListSet lists) {
    ItemFields.require(lists.schema(), name(), field());
  }
}
