package org.eglr.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model must know of its data: the categorical fields with their vocabularies and the dense
 * fields with their scalings, for users and for items, all fitted on training data only. A model
 * file carries its schema; lists of another schema are refused.
 */
public record Schema(
    List<Vocabulary> userCategories,
    List<Scaling> userValues,
    List<Vocabulary> itemCategories,
    List<Scaling> itemValues) {

  public Schema {
    userCategories = List.copyOf(userCategories);
    userValues = List.copyOf(userValues);
    itemCategories = List.copyOf(itemCategories);
    itemValues = List.copyOf(itemValues);
    if (itemCategories.isEmpty() && itemValues.isEmpty()) {
      throw new DataException("a schema needs at least one field of the items");
    }
    requireDistinct("user", names(userCategories, userValues));
    requireDistinct("item", names(itemCategories, itemValues));
  }

  /**
   * Refuses data of another schema.
   *
   * @throws DataException naming the first field that differs and how
   */
  public void requireSame(Schema data) {
    if (this == data) {
      return;
    }
    requireSame("user", userCategories, userValues, data.userCategories, data.userValues);
    requireSame("item", itemCategories, itemValues, data.itemCategories, data.itemValues);
  }

  private static void requireSame(
      String whose,
      List<Vocabulary> categories,
      List<Scaling> values,
      List<Vocabulary> otherCategories,
      List<Scaling> otherValues) {
    List<String> names = names(categories, values);
    List<String> others = names(otherCategories, otherValues);
    if (!names.equals(others)) {
      throw mismatch("the %s fields are %s, the data's %s".formatted(whose, names, others));
    }
    for (int f = 0; f < categories.size(); f++) {
      requireSame(categories.get(f), otherCategories.get(f));
    }
    for (int f = 0; f < values.size(); f++) {
      if (!values.get(f).equals(otherValues.get(f))) {
        throw mismatch(
            "dense field '%s' is scaled by %s, the data's by %s"
                .formatted(values.get(f).field(), values.get(f), otherValues.get(f)));
      }
    }
  }

  private static List<String> names(List<Vocabulary> categories, List<Scaling> values) {
    List<String> names = new ArrayList<>(categories.stream().map(Vocabulary::field).toList());
    names.addAll(values.stream().map(Scaling::field).toList());
    return names;
  }

  private static void requireDistinct(String whose, List<String> names) {
    for (String name : names) {
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new DataException("a schema declares the %s field '%s' twice".formatted(whose, name));
      }
    }
  }

  private static void requireSame(Vocabulary model, Vocabulary data) {
    if (model.equals(data)) {
      return;
    }
    int id = 1;
    while (id < Math.min(model.size(), data.size())
        && model.values().get(id - 1).equals(data.values().get(id - 1))) {
      id++;
    }
    throw mismatch(
        String.format(
            Locale.ROOT,
            "field '%s' has %,d ids, the data's %,d; they part at id %d ('%s' against '%s')",
            model.field(),
            model.size(),
            data.size(),
            id,
            value(model, id),
            value(data, id)));
  }

  private static String value(Vocabulary vocabulary, int id) {
    return id < vocabulary.size() ? vocabulary.values().get(id - 1) : "nothing";
  }

  private static DataException mismatch(String difference) {
    return new DataException(
        "the model's schema is not the data's: "
            + difference
            + ". Encode the data with the model's schema: log.encode(model.schema())");
  }

  @Override
  public String toString() {
    return "users: %s %s, items: %s %s"
        .formatted(
            userCategories,
            userValues.stream().map(Scaling::field).toList(),
            itemCategories,
            itemValues.stream().map(Scaling::field).toList());
  }
}
