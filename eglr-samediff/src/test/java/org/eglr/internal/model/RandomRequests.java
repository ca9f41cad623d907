package org.eglr.internal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.PairEffects;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/** Small random models and requests with every kind of field. */
public final class RandomRequests {

  public static final Schema SCHEMA =
      new Schema(
          List.of(vocabulary("segment", 6)),
          List.of(new Scaling("age", 0, 1)),
          List.of(vocabulary("item", 40), vocabulary("category", 5)),
          List.of(new Scaling("price", 0, 1), new Scaling("year", 0, 1)));

  private RandomRequests() {}

  public static Architecture architecture(Reasoning reasoning, boolean trainFeatures, long seed) {
    return new Architecture(
        SCHEMA, new Settings(8, 2, 1, 12, 3, 4, trainFeatures, reasoning, seed));
  }

  /** With several decoder layers. */
  public static Architecture architecture(
      Reasoning reasoning, int decoderLayers, boolean trainFeatures, long seed) {
    return new Architecture(
        SCHEMA,
        new Settings(
            8,
            2,
            1,
            decoderLayers,
            12,
            3,
            4,
            trainFeatures,
            reasoning,
            PairEffects.NONE,
            false,
            1,
            seed));
  }

  /** With pair effects, and without reasoning. */
  public static Architecture architecture(PairEffects effects, int heads, long seed) {
    Reasoning none = new Reasoning(0, 1, 1, 1, ReasoningToken.NONE, QueryUpdate.REPLACE, false);
    return new Architecture(
        SCHEMA, new Settings(4 * heads, heads, 2, 12, 3, 4, false, none, effects, seed));
  }

  /** Other weights of the pair effects than the first ones, of which many are 0. */
  public static Weights withPairs(Weights weights, SplittableRandom random) {
    for (Tensor tensor : weights.all()) {
      for (int i = 0; tensor.name().startsWith("pair.") && i < tensor.data().length; i++) {
        tensor.data()[i] = (float) (0.1 * random.nextGaussian());
      }
    }
    return weights;
  }

  /** Spreads the scores, so that entropies lie on both sides of a threshold. */
  public static Weights spread(Weights weights, float factor) {
    for (String name : List.of("features.fc2.weight", "features.fc2.bias")) {
      float[] data = weights.data(name);
      for (int i = 0; i < data.length; i++) {
        data[i] *= factor;
      }
    }
    for (Tensor table : weights.tables()) {
      for (int i = 0; i < table.data().length; i++) {
        table.data()[i] *= 5;
      }
    }
    return weights;
  }

  public static Request request(SplittableRandom random, int pool, int length) {
    return new Request(
        SCHEMA,
        new int[] {random.nextInt(6)},
        new float[] {(float) random.nextGaussian()},
        IntStream.range(0, 2 * pool).map(i -> random.nextInt(i % 2 == 0 ? 40 : 5)).toArray(),
        floats(random, 2 * pool),
        pool,
        length,
        IntStream.range(0, pool).mapToObj(i -> "item " + i).toArray(String[]::new));
  }

  public static List<Request> requests(SplittableRandom random, int count, int pool, int length) {
    List<Request> requests = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      requests.add(request(random, pool, length));
    }
    return requests;
  }

  /** The same request with its pool in another order: new place i holds old candidate order[i]. */
  public static Request shuffled(Request request, int[] order) {
    int[] ids = new int[request.itemIds().length];
    float[] values = new float[request.itemValues().length];
    String[] labels = new String[order.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(request.itemIds(), 2 * order[i], ids, 2 * i, 2);
      System.arraycopy(request.itemValues(), 2 * order[i], values, 2 * i, 2);
      labels[i] = request.labels()[order[i]];
    }
    return new Request(
        SCHEMA,
        request.userIds(),
        request.userValues(),
        ids,
        values,
        order.length,
        request.length(),
        labels);
  }

  public static int[] permutation(SplittableRandom random, int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static float[] floats(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Vocabulary vocabulary(String field, int size) {
    return new Vocabulary(field, IntStream.range(1, size).mapToObj(String::valueOf).toList());
  }
}
