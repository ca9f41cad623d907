package org.eglr.internal.store;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.eglr.Settings;
import org.eglr.data.DataException;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;

/**
 * schema.json of a model file or checkpoint: the vocabularies and scalings the model was made for.
 */
record StoredSchema(
    List<Categories> userCategories,
    List<Scaling> userValues,
    List<Categories> itemCategories,
    List<Scaling> itemValues) {

  /** Names of fields, which have no weights of their own where a field is dense. */
  private static final int FEW = 10_000;

  StoredSchema {
    for (List<?> fields : List.of(userCategories, userValues, itemCategories, itemValues)) {
      if (fields.stream().anyMatch(Objects::isNull)) {
        throw new DataException("schema.json has a field that is null");
      }
    }
  }

  /** A categorical field's known values in id order; the first has id 1. */
  record Categories(String field, List<String> values) {}

  /**
   * Reads a schema whose every field and value has its place in the weights, so that a file with
   * few weights cannot make many objects.
   */
  static Schema read(CheckedZip zip, Settings settings) throws IOException {
    return read(zip, settings.embedding());
  }

  /**
   * As {@link #read(CheckedZip, Settings)}.
   *
   * @param embedding width of each categorical field's embedding
   */
  static Schema read(CheckedZip zip, int embedding) throws IOException {
    byte[] json = zip.bytes(ModelFile.SCHEMA, ModelFile.MAX_SCHEMA);
    long most = zip.size(ModelFile.WEIGHTS) / 4 / embedding;
    zip.requireTexts(ModelFile.SCHEMA, json, most + FEW);
    return zip.json(ModelFile.SCHEMA, json, StoredSchema.class).toSchema();
  }

  static StoredSchema of(Schema schema) {
    return new StoredSchema(
        categories(schema.userCategories()),
        schema.userValues(),
        categories(schema.itemCategories()),
        schema.itemValues());
  }

  Schema toSchema() {
    return new Schema(
        vocabularies(userCategories), userValues, vocabularies(itemCategories), itemValues);
  }

  private static List<Categories> categories(List<Vocabulary> vocabularies) {
    return vocabularies.stream().map(v -> new Categories(v.field(), v.values())).toList();
  }

  private static List<Vocabulary> vocabularies(List<Categories> categories) {
    return categories.stream().map(c -> new Vocabulary(c.field(), c.values())).toList();
  }
}
