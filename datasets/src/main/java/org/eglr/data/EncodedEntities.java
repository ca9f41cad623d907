package org.eglr.data;

import java.util.List;

/** A log's users and items in a schema's ids and scaled values, row-major. */
record EncodedEntities(
    Schema schema, int[] userIds, float[] userValues, int[] itemIds, float[] itemValues) {

  static EncodedEntities of(ListLog log, Schema schema) {
    return new EncodedEntities(
        schema,
        ids(log.users(), schema.userCategories()),
        values(log.users(), schema.userValues()),
        ids(log.items(), schema.itemCategories()),
        values(log.items(), schema.itemValues()));
  }

  private static int[] ids(Entities entities, List<Vocabulary> vocabularies) {
    int width = vocabularies.size();
    int[] ids = new int[entities.size() * width];
    for (int f = 0; f < width; f++) {
      Vocabulary vocabulary = vocabularies.get(f);
      String[] column = entities.categories(Field.categorical(vocabulary.field()));
      for (int row = 0; row < column.length; row++) {
        ids[row * width + f] = vocabulary.id(column[row]);
      }
    }
    return ids;
  }

  private static float[] values(Entities entities, List<Scaling> scalings) {
    int width = scalings.size();
    float[] values = new float[entities.size() * width];
    for (int f = 0; f < width; f++) {
      Scaling scaling = scalings.get(f);
      double[] column = entities.values(Field.dense(scaling.field()));
      for (int row = 0; row < column.length; row++) {
        values[row * width + f] = scaling.apply(column[row]);
      }
    }
    return values;
  }
}
