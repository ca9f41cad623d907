package org.eglr.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eglr.data.ListSet;
import org.eglr.data.Request;

/** Lists as JSON, for another implementation to read. */
final class Exchange {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Exchange() {}

  /**
   * Writes lists of one pool size B x N: {@code user} [B, fields], {@code item} [B, N, fields],
   * {@code dense} [B, N, fields], {@code clicked} [B, N].
   */
  static void write(Path file, ListSet lists) throws IOException {
    int size = lists.size();
    int[][] user = new int[size][];
    int[][][] item = new int[size][][];
    float[][][] dense = new float[size][][];
    boolean[][] clicked = new boolean[size][];
    for (int b = 0; b < size; b++) {
      Request request = lists.request(b);
      int pool = request.pool();
      int ids = request.itemIds().length / pool;
      int values = request.itemValues().length / pool;
      user[b] = request.userIds();
      item[b] = new int[pool][];
      dense[b] = new float[pool][];
      clicked[b] = new boolean[pool];
      for (int i = 0; i < pool; i++) {
        item[b][i] = Arrays.copyOfRange(request.itemIds(), i * ids, (i + 1) * ids);
        dense[b][i] = Arrays.copyOfRange(request.itemValues(), i * values, (i + 1) * values);
        clicked[b][i] = lists.clicked(b, i);
      }
    }
    Map<String, Object> all =
        Map.of("user", user, "item", item, "dense", dense, "clicked", clicked);
    MAPPER.writeValue(file.toFile(), all);
  }
}
