package org.example;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eglr.Eglr;
import org.eglr.Ranking;
import org.eglr.data.Request;

/** Loads a model and answers a first request, from live values. */
public final class Serve {

  public static void main(String[] args) {
    long begun = System.nanoTime();
    Eglr eglr = Eglr.load(Path.of(args[0]));
    long loaded = System.nanoTime();
    String field = eglr.schema().itemCategories().get(0).field();
    List<Map<String, Object>> candidates = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      candidates.add(Map.of(field, "adgroup_" + i));
    }
    Request request = Request.of(eglr.schema()).user(Map.of()).candidates(candidates).length(10);
    Ranking ranking = eglr.rerank(request);
    long answered = System.nanoTime();
    System.out.println(ranking.order().length + " items");
    System.out.println(
        "loaded in " + (loaded - begun) / 1_000_000 + " ms, first request "
            + (answered - loaded) / 1_000_000 + " ms");
  }
}
