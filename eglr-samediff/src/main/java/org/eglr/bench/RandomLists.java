package org.eglr.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;

/**
 * Seeded random lists without any structure: their content does not matter for time. Every
 * candidate is an item of its own, so that no two of a pool are equal.
 */
public final class RandomLists {

  private static final double CLICK_RATE = 0.1;

  private final Schema schema;
  private final Entities users;
  private final Entities items;
  private final int lists;
  private final int pool;

  public RandomLists(Scale scale, int lists, int pool) {
    this.lists = lists;
    this.pool = pool;
    SplittableRandom random = new SplittableRandom(pool);
    users = entities("users", lists, scale.userIds(), "user", random).build();
    items =
        entities("items", lists * pool, scale.itemIds(), "item", random)
            .dense("dense", random.doubles(lists * pool, -1.7, 1.7).toArray())
            .build();
    schema =
        new Schema(
            vocabularies("user", scale.userIds()),
            List.of(),
            vocabularies("item", scale.itemIds()),
            List.of(new Scaling("dense", 0, 1)));
  }

  Schema schema() {
    return schema;
  }

  /** The pools with their first {@code length} candidates as the list that was shown. */
  ListSet shown(int length) {
    SplittableRandom random = new SplittableRandom(length);
    ListLog.Builder log = ListLog.builder("benchmark", users, items);
    for (int list = 0; list < lists; list++) {
      boolean[] clicks = new boolean[length];
      for (int k = 0; k < length; k++) {
        clicks[k] = random.nextDouble() < CLICK_RATE;
      }
      log.add(list, list, IntStream.range(list * pool, (list + 1) * pool).toArray(), clicks);
    }
    return log.build().encode(schema);
  }

  private static Entities.Builder entities(
      String what, int rows, List<Integer> ids, String prefix, SplittableRandom random) {
    Entities.Builder builder = Entities.of(what, strings(rows, String::valueOf));
    for (int f = 0; f < ids.size(); f++) {
      int bound = ids.get(f);
      builder.categorical(prefix + f, strings(rows, row -> String.valueOf(random.nextInt(bound))));
    }
    return builder;
  }

  private static String[] strings(int count, IntFunction<String> value) {
    return IntStream.range(0, count).mapToObj(value).toArray(String[]::new);
  }

  private static List<Vocabulary> vocabularies(String prefix, List<Integer> ids) {
    List<Vocabulary> all = new ArrayList<>();
    for (int size : ids) {
      String[] values = strings(size - 1, i -> String.valueOf(i + 1)); // id 0: unknown
      all.add(new Vocabulary(prefix + all.size(), List.of(values)));
    }
    return all;
  }
}
