package org.eglr.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eglr.data.Request;
import org.eglr.data.Schema;

/** Requests as bytes. What people call the candidates stays behind: training does not ask. */
final class PackedRequest {

  private PackedRequest() {}

  static void add(Packer into, Request request) {
    into.add(request.userIds()).add(request.userValues());
    into.add(request.itemIds()).add(request.itemValues());
    into.add(request.pool()).add(request.length());
  }

  static List<Request> next(Unpacker from, Schema schema, int count) {
    List<Request> requests = new ArrayList<>(count);
    for (int r = 0; r < count; r++) {
      requests.add(next(from, schema));
    }
    return requests;
  }

  static Request next(Unpacker from, Schema schema) {
    int[] userIds = from.integers();
    float[] userValues = from.floats();
    int[] itemIds = from.integers();
    float[] itemValues = from.floats();
    int pool = from.integer();
    int length = from.integer();
    String[] labels = new String[pool];
    Arrays.fill(labels, "");
    return new Request(schema, userIds, userValues, itemIds, itemValues, pool, length, labels);
  }
}
