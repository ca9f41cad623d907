package org.eglr.internal.model;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.reasoning.ReasoningBuilder;

/** Schemas with every kind of field and without some, and random requests of them. */
public enum Schemas {
  ALL(1, 1, 2, 2),
  NO_USER(0, 0, 1, 1),
  USER_VALUES_ONLY(0, 2, 3, 0),
  IDS_ONLY(2, 0, 3, 0),
  ONE_ID(0, 0, 1, 0),
  USER_ID_ONLY(1, 0, 0, 3),
  VALUES_ONLY(0, 1, 0, 2);

  private final int[] fields;
  private final Schema schema;

  Schemas(int... fields) {
    this.fields = fields;
    schema =
        new Schema(
            categories("user", fields[0]),
            values("user", fields[1]),
            categories("item", fields[2]),
            values("item", fields[3]));
  }

  public Architecture architecture(int embedding) {
    return new Architecture(
        schema, new Settings(8, 2, 1, 12, embedding, 4, false, new ReasoningBuilder().build(), 3));
  }

  /** Small ids are as frequent as they are in logs: some rows are used very often. */
  public Request request(SplittableRandom random, int pool, int length) {
    return new Request(
        schema,
        ids(random, fields[0]),
        floats(random, fields[1]),
        ids(random, pool * fields[2]),
        floats(random, pool * fields[3]),
        pool,
        length,
        IntStream.range(0, pool).mapToObj(i -> "item " + i).toArray(String[]::new));
  }

  private static int[] ids(SplittableRandom random, int count) {
    return IntStream.range(0, count)
        .map(i -> random.nextInt(random.nextBoolean() ? 2 : ROWS))
        .toArray();
  }

  private static float[] floats(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static List<Vocabulary> categories(String of, int count) {
    List<String> known = IntStream.range(1, ROWS).mapToObj(String::valueOf).toList();
    return IntStream.range(0, count)
        .mapToObj(f -> new Vocabulary(of + " category " + f, known))
        .toList();
  }

  private static List<Scaling> values(String of, int count) {
    return IntStream.range(0, count).mapToObj(f -> new Scaling(of + " value " + f, 0, 1)).toList();
  }

  private static final int ROWS = 30;
}
