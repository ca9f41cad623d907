package org.eglr.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A request from live values, by the names of the schema's fields.
 *
 * <pre>{@code
 * Request request = Request.of(eglr.schema())
 *     .user(Map.of("user", "u7", "age", 31.0))
 *     .candidates(List.of(
 *         Map.of("item", "i1", "category", "shoes", "price", 59.0),
 *         Map.of("item", "i2", "category", "bags")))  // no price: it is missing
 *     .length(2);
 * }</pre>
 *
 * <p>Categories may be text, numbers or switches; dense values numbers or switches. A field that is
 * left out or null is missing. A candidate's entry "label" is what people call it; otherwise it is
 * called as its first category says.
 */
public final class LiveRequest {

  private static final String LABEL = "label";

  private final Schema schema;
  private Map<String, ?> user = Map.of();
  private List<? extends Map<String, ?>> candidates = List.of();
  private boolean strict;

  LiveRequest(Schema schema) {
    this.schema = schema;
  }

  /** The user's values by field. */
  public LiveRequest user(Map<String, ?> values) {
    user = values;
    return this;
  }

  /** Each candidate's values by field. */
  public LiveRequest candidates(List<? extends Map<String, ?>> values) {
    candidates = List.copyOf(values);
    return this;
  }

  /** Refuses categories that training has not seen, instead of taking them as unknown. */
  public LiveRequest strict() {
    strict = true;
    return this;
  }

  /**
   * The request for a list of so many items.
   *
   * @throws DataException if a field is not the schema's, a dense value no finite number, or the
   *     candidates are fewer than the items
   */
  public Request length(int items) {
    int pool = candidates.size();
    List<Vocabulary> categories = schema.itemCategories();
    List<Scaling> dense = schema.itemValues();
    int[] ids = new int[pool * categories.size()];
    float[] values = new float[pool * dense.size()];
    String[] labels = new String[pool];
    Set<String> known = names(categories, dense);
    for (int i = 0; i < pool; i++) {
      String whose = "candidate " + i;
      Map<String, ?> given = candidates.get(i);
      requireKnown(whose, given, known, LABEL);
      fillIds(whose, given, categories, ids, i * categories.size());
      fillValues(whose, given, dense, values, i * dense.size());
      labels[i] = label(given, i);
    }
    Set<String> userFields = names(schema.userCategories(), schema.userValues());
    requireKnown("the user", user, userFields, null);
    int[] userIds = new int[schema.userCategories().size()];
    float[] userValues = new float[schema.userValues().size()];
    fillIds("the user", user, schema.userCategories(), userIds, 0);
    fillValues("the user", user, schema.userValues(), userValues, 0);
    return new Request(schema, userIds, userValues, ids, values, pool, items, labels);
  }

  private String label(Map<String, ?> given, int index) {
    Object label = given.get(LABEL);
    if (label == null && !schema.itemCategories().isEmpty()) {
      label = given.get(schema.itemCategories().get(0).field());
    }
    return label == null ? "candidate " + index : label.toString();
  }

  private static Set<String> names(List<Vocabulary> categories, List<Scaling> dense) {
    Set<String> names = new LinkedHashSet<>();
    categories.forEach(vocabulary -> names.add(vocabulary.field()));
    dense.forEach(scaling -> names.add(scaling.field()));
    return names;
  }

  /**
   * @param other a name that is allowed, too; null for none
   */
  private static void requireKnown(
      String whose, Map<String, ?> given, Set<String> known, String other) {
    for (String name : given.keySet()) {
      if (!known.contains(name) && !name.equals(other)) {
        throw new DataException(
            "a request's %s has the field '%s', which the schema has not; its fields are %s"
                .formatted(whose, name, String.join(", ", known)));
      }
    }
  }

  private void fillIds(
      String whose, Map<String, ?> given, List<Vocabulary> vocabularies, int[] ids, int at) {
    for (int f = 0; f < vocabularies.size(); f++) {
      Vocabulary vocabulary = vocabularies.get(f);
      String value = Missing.category(given.get(vocabulary.field()));
      int id = vocabulary.id(value == null ? Missing.CATEGORY : value);
      if (strict && value != null && id == Vocabulary.UNKNOWN) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "a request's %s, field '%s' is '%s', none of its %,d known values",
                whose,
                vocabulary.field(),
                DataException.printable(value),
                vocabulary.values().size()));
      }
      ids[at + f] = id;
    }
  }

  private static void fillValues(
      String whose, Map<String, ?> given, List<Scaling> scalings, float[] values, int at) {
    for (int f = 0; f < scalings.size(); f++) {
      Scaling scaling = scalings.get(f);
      String field = scaling.field();
      String flagged = Missing.flagged(field);
      boolean flag =
          !given.containsKey(field)
              && flagged != null
              && scalings.stream().anyMatch(other -> other.field().equals(flagged));
      double value =
          flag
              ? Double.isNaN(number(whose, flagged, given.get(flagged))) ? 1 : 0
              : number(whose, field, given.get(field));
      values[at + f] = scaling.apply(value);
    }
  }

  private static double number(String whose, String field, Object value) {
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Number number && !Double.isInfinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new DataException(
        "a request's %s, field '%s' is '%s'; it needs a finite number, or none where it is missing"
            .formatted(whose, field, DataException.printable(value.toString())));
  }
}
