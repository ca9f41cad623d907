package org.eglr.internal.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.eglr.Settings;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;

/** The parameters that a schema and settings ask for: names, shapes and first values. */
public record Architecture(Schema schema, Settings settings) {

  /** Width of x = [item embeddings ; item values ; user embeddings ; user values] (eq. 6). */
  public int inputWidth() {
    return settings.embedding() * (schema.itemCategories().size() + schema.userCategories().size())
        + schema.itemValues().size()
        + schema.userValues().size();
  }

  /** Width of the feature MLP's hidden layer. */
  public int hiddenWidth() {
    return 2 * settings.width();
  }

  /** The evaluator's parameters (eq. 6-8) with random first values. */
  public Weights evaluator() {
    int d = settings.width();
    List<Tensor> all = new ArrayList<>();
    features(all, "evaluator");
    linear(all, "evaluator", "inp", d + settings.position(), d);
    all.add(normal("evaluator", "cls", 0.02, false, d));
    for (int layer = 0; layer < settings.evaluatorLayers(); layer++) {
      transformerLayer(all, "evaluator", "layers." + layer + ".");
    }
    linear(all, "evaluator", "point", d, 1);
    linear(all, "evaluator", "list", d, 1);
    return new Weights(all);
  }

  /** The generator's own parameters (eq. 11), and with trainFeatures its feature extractor. */
  public Weights generator() {
    int d = settings.width();
    List<Tensor> all = new ArrayList<>();
    if (settings.trainFeatures()) {
      features(all, "generator");
    }
    linear(all, "generator", "inp", d + settings.position(), d);
    transformerLayer(all, "generator", "layer.");
    return new Weights(all);
  }

  private void features(List<Tensor> all, String part) {
    tables(all, part, "features.user.", schema.userCategories());
    tables(all, part, "features.item.", schema.itemCategories());
    linear(all, part, "features.fc1", inputWidth(), hiddenWidth());
    linear(all, part, "features.fc2", hiddenWidth(), settings.width());
  }

  private void tables(List<Tensor> all, String part, String prefix, List<Vocabulary> fields) {
    for (int f = 0; f < fields.size(); f++) {
      requireFits(fields.get(f).field(), fields.get(f).size(), settings.embedding());
      all.add(
          normal(
              part,
              prefix + f + ".weight",
              EMBEDDING_DEVIATION,
              true,
              fields.get(f).size(),
              settings.embedding()));
    }
  }

  /** Refuses a table that no array holds. */
  static void requireFits(String field, int ids, int embedding) {
    if ((long) ids * embedding > MAX_VALUES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the embedding table of field '%s' would have %,d ids x %d = %,d values; allowed: %,d."
                  + " Set a smaller embedding width, or merge rare values of the field",
              field,
              ids,
              embedding,
              (long) ids * embedding,
              MAX_VALUES));
    }
  }

  private void transformerLayer(List<Tensor> all, String part, String prefix) {
    int d = settings.width();
    for (String name : List.of("q", "k", "v", "o")) {
      linear(all, part, prefix + name, d, d);
    }
    for (String name : List.of("ln1", "ln2")) {
      float[] ones = new float[d];
      Arrays.fill(ones, 1);
      all.add(new Tensor(prefix + name + ".weight", new int[] {d}, ones, false));
      all.add(new Tensor(prefix + name + ".bias", new int[] {d}, new float[d], false));
    }
    linear(all, part, prefix + "fc1", d, settings.feedForward());
    linear(all, part, prefix + "fc2", settings.feedForward(), d);
  }

  /** Uniform in ±1/sqrt(in), the usual start of a linear layer. */
  private void linear(List<Tensor> all, String part, String name, int in, int out) {
    double bound = 1 / Math.sqrt(in);
    all.add(uniform(part, name + ".weight", bound, out, in));
    all.add(uniform(part, name + ".bias", bound, out));
  }

  private Tensor uniform(String part, String name, double bound, int... shape) {
    SplittableRandom random = random(part, name);
    float[] data = new float[size(shape)];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return new Tensor(name, shape, data, false);
  }

  private Tensor normal(String part, String name, double deviation, boolean table, int... shape) {
    SplittableRandom random = random(part, name);
    float[] data = new float[size(shape)];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (random.nextGaussian() * deviation);
    }
    return new Tensor(name, shape, data, table);
  }

  /** Each parameter has a stream of its own, so that adding one leaves the others as they were. */
  private SplittableRandom random(String part, String name) {
    return new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + (part + name).hashCode());
  }

  private static int size(int[] shape) {
    int size = 1;
    for (int n : shape) {
      size = Math.multiplyExact(size, n);
    }
    return size;
  }

  /** The longest array that every JVM allows. */
  private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  /** Small, so that a rarely seen value starts near the unknown one rather than far from all. */
  private static final double EMBEDDING_DEVIATION = 0.1;
}
