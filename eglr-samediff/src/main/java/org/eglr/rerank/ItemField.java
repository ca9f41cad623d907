package org.eglr.rerank;

import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;

/** A categorical field of the items, by which they are counted. */
record ItemField(Schema schema, int index) {

  /**
   * @param name null: the field with the most ids, which is the items' own where there is one
   * @throws IllegalArgumentException if there is no such field
   */
  static ItemField of(Schema schema, String name) {
    List<Vocabulary> fields = schema.itemCategories();
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "items are counted by a categorical field, and the schema has none: declare one");
    }
    int[] found =
        IntStream.range(0, fields.size())
            .filter(f -> name == null || fields.get(f).field().equals(name))
            .toArray();
    if (found.length == 0) {
      throw new IllegalArgumentException(
          "the items have no categorical field '%s'; there are %s"
              .formatted(name, fields.stream().map(Vocabulary::field).toList()));
    }
    int most = found[0];
    for (int f : found) {
      most = fields.get(f).size() > fields.get(most).size() ? f : most;
    }
    return new ItemField(schema, most);
  }

  String name() {
    return schema.itemCategories().get(index).field();
  }

  /** Number of ids, the unknown one included. */
  int size() {
    return schema.itemCategories().get(index).size();
  }

  int id(Request request, int candidate) {
    return request.itemIds()[candidate * schema.itemCategories().size() + index];
  }

  /** For each request, what each candidate's id has. */
  List<double[]> look(List<Request> requests, double[] byId) {
    return requests.stream()
        .map(
            request -> {
              schema.requireSame(request.schema());
              return IntStream.range(0, request.pool())
                  .mapToDouble(i -> byId[id(request, i)])
                  .toArray();
            })
        .toList();
  }
}
