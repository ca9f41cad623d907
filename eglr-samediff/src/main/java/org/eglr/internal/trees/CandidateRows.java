package org.eglr.internal.trees;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.data.Schema;

/**
 * A schema's fields as the features of a tree: of the user and of the candidate, ids first, then
 * dense values. No position, and nothing of the other candidates.
 */
public record CandidateRows(Schema schema) {

  /** Number of features. */
  public int width() {
    return schema.userCategories().size()
        + schema.userValues().size()
        + schema.itemCategories().size()
        + schema.itemValues().size();
  }

  /** Which features are ids, for LightGBM: {@code 0,1,4}. */
  String categorical() {
    int user = schema.userCategories().size();
    int item = user + schema.userValues().size();
    return IntStream.concat(
            IntStream.range(0, user), IntStream.range(item, item + schema.itemCategories().size()))
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(","));
  }

  /** The largest number of ids of a field. */
  int mostIds() {
    return IntStream.concat(
            schema.userCategories().stream().mapToInt(v -> v.size()),
            schema.itemCategories().stream().mapToInt(v -> v.size()))
        .max()
        .orElse(0);
  }

  /** The candidates of a request: [pool * width]. */
  public double[] of(Request request) {
    return of(List.of(request));
  }

  /** The candidates of several requests, one after another. */
  public double[] of(List<Request> requests) {
    int width = width();
    double[] rows = new double[requests.stream().mapToInt(Request::pool).sum() * width];
    int at = 0;
    for (Request request : requests) {
      for (int candidate = 0; candidate < request.pool(); candidate++) {
        at = put(rows, at, request.userIds(), 0, request.userIds().length);
        at = put(rows, at, request.userValues(), 0, request.userValues().length);
        int ids = schema.itemCategories().size();
        at = put(rows, at, request.itemIds(), candidate * ids, ids);
        int values = schema.itemValues().size();
        at = put(rows, at, request.itemValues(), candidate * values, values);
      }
    }
    return rows;
  }

  private static int put(double[] rows, int at, int[] from, int start, int count) {
    for (int i = 0; i < count; i++) {
      rows[at + i] = from[start + i];
    }
    return at + count;
  }

  private static int put(double[] rows, int at, float[] from, int start, int count) {
    for (int i = 0; i < count; i++) {
      rows[at + i] = from[start + i];
    }
    return at + count;
  }
}
