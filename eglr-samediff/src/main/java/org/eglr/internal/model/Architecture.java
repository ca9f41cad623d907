package org.eglr.internal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eglr.Settings;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.reasoning.Reasoning;

/** The parameters that a schema and settings ask for: names, shapes and first values. */
public record Architecture(Schema schema, Settings settings) {

  /** The generator's gain of its reasoning: [d]; only with {@link Reasoning#gated}. */
  public static final String GAIN = "reasoning.gain";

  /** What the names of a decoder layer's parameters begin with; the first layer is 0. */
  public static String decoderLayer(int layer) {
    return layer == 0 ? "layer." : "layer" + (layer + 1) + ".";
  }

  /** Width of x = [item embeddings ; item values ; user embeddings ; user values] (eq. 6). */
  public int inputWidth() {
    return inputWidth(schema, settings.embedding());
  }

  static int inputWidth(Schema schema, int embedding) {
    long embedded =
        (long) embedding * (schema.itemCategories().size() + schema.userCategories().size());
    return Math.toIntExact(embedded + schema.itemValues().size() + schema.userValues().size());
  }

  /** Width of the feature MLP's hidden layer. */
  public int hiddenWidth() {
    return 2 * settings.width();
  }

  /** Whether the generator has {@link PairScores}. */
  public boolean hasPairScores() {
    return settings.generatorPairs() && new PairFields(this).any();
  }

  /** Evaluators of which the evaluator consists. */
  public int members() {
    return settings.members();
  }

  /** What one member of the evaluator is by itself; the only one is all there is. */
  public Architecture member(int member) {
    return members() == 1 ? this : new Architecture(schema, settings.member(member));
  }

  /** The evaluator's parameters (eq. 6-8) with random first values: those of all members. */
  public Weights evaluator() {
    return members(member -> member(member).firstValues("evaluator", evaluatorParameters()));
  }

  private Weights members(IntFunction<Weights> one) {
    return members() == 1
        ? one.apply(0)
        : Weights.ofMembers(IntStream.range(0, members()).mapToObj(one).toList());
  }

  /** The generator's own parameters (eq. 11), and with trainFeatures its feature extractor. */
  public Weights generator() {
    return firstValues("generator", generatorParameters());
  }

  /** The evaluator's parameters, all 0: for values that are known already. */
  public Weights blankEvaluator() {
    return members(member -> blank(evaluatorParameters()));
  }

  /** The generator's parameters, all 0: for values that are known already. */
  public Weights blankGenerator() {
    return blank(generatorParameters());
  }

  /** Number of the evaluator's values; nothing is made for it. */
  public long evaluatorSize() {
    return members() * evaluatorParameters().stream().mapToLong(Parameter::size).sum();
  }

  /** Number of the generator's values; nothing is made for it. */
  public long generatorSize() {
    return generatorParameters().stream().mapToLong(Parameter::size).sum();
  }

  /** Of one member. */
  private List<Parameter> evaluatorParameters() {
    int d = settings.width();
    List<Parameter> all = new ArrayList<>();
    features(all);
    linear(all, "inp", d + settings.position(), d);
    all.add(new Parameter("cls", Parameter.Start.NORMAL, 0.02, false, d));
    for (int layer = 0; layer < settings.evaluatorLayers(); layer++) {
      transformerLayer(all, "layers." + layer + ".");
    }
    linear(all, "point", d, 1);
    linear(all, "list", d, 1);
    pairEffects(all);
    return all;
  }

  /** Those of {@link org.eglr.PairEffects}. */
  private void pairEffects(List<Parameter> all) {
    PairFields fields = new PairFields(this);
    int channels = fields.channels();
    double flat = 1 / PairFields.SCALE; // kernels that are 1 everywhere
    if (fields.any()) {
      all.add(new Parameter("pair.v", Parameter.Start.CONSTANT, 0, false, channels));
      all.add(
          new Parameter(
              "pair.w", Parameter.Start.CONSTANT, flat, false, channels, PairFields.OFFSETS));
    }
    if (fields.factors()) {
      int rank = PairFields.RANK;
      all.add(new Parameter("pair.g", Parameter.Start.CONSTANT, 0, false, rank));
      all.add(
          new Parameter("pair.c", Parameter.Start.CONSTANT, flat, false, rank, PairFields.OFFSETS));
      double deviation = flat / Math.sqrt(fields.matches()); // a and b have one of 1
      for (String table : List.of("pair.a", "pair.b")) {
        all.add(
            new Parameter(
                table, Parameter.Start.NORMAL, deviation, false, fields.factorRows(), rank));
      }
    }
  }

  private List<Parameter> generatorParameters() {
    int d = settings.width();
    List<Parameter> all = new ArrayList<>();
    if (settings.trainFeatures()) {
      features(all);
    }
    linear(all, "inp", d + settings.position(), d);
    for (int layer = 0; layer < settings.decoderLayers(); layer++) {
      transformerLayer(all, decoderLayer(layer));
    }
    if (hasPairScores()) {
      int channels = new PairFields(this).channels();
      all.add(
          new Parameter(
              PairScores.NAME, Parameter.Start.CONSTANT, 0, false, channels, PairFields.REACH));
    }
    if (settings.reasoning().gated()) {
      all.add(new Parameter(GAIN, Parameter.Start.CONSTANT, 0, false, d));
    }
    return all;
  }

  private void features(List<Parameter> all) {
    all.addAll(tables(schema, settings.embedding()));
    requireFits(hiddenWidth(), inputWidth());
    linear(all, "features.fc1", inputWidth(), hiddenWidth());
    linear(all, "features.fc2", hiddenWidth(), settings.width());
  }

  /** The embedding tables of a schema's categorical fields. */
  public static List<Parameter> tables(Schema schema, int embedding) {
    List<Parameter> all = new ArrayList<>();
    tables(all, "features.user.", schema.userCategories(), embedding);
    tables(all, "features.item.", schema.itemCategories(), embedding);
    return all;
  }

  private static void tables(
      List<Parameter> all, String prefix, List<Vocabulary> fields, int embedding) {
    for (int f = 0; f < fields.size(); f++) {
      int ids = fields.get(f).size();
      requireFits(fields.get(f).field(), ids, embedding);
      String name = prefix + f + ".weight";
      all.add(
          new Parameter(name, Parameter.Start.NORMAL, EMBEDDING_DEVIATION, true, ids, embedding));
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

  /** Refuses a feature layer that no array holds: a schema of very many fields. */
  private static void requireFits(int hidden, int input) {
    if ((long) hidden * input > MAX_VALUES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the feature layer would have %d x %,d = %,d values; allowed: %,d. Set a smaller width"
                  + " or embedding, or leave out fields",
              hidden,
              input,
              (long) hidden * input,
              MAX_VALUES));
    }
  }

  private void transformerLayer(List<Parameter> all, String prefix) {
    int d = settings.width();
    for (String name : List.of("q", "k", "v", "o")) {
      linear(all, prefix + name, d, d);
    }
    for (String name : List.of("ln1", "ln2")) {
      all.add(new Parameter(prefix + name + ".weight", Parameter.Start.CONSTANT, 1, false, d));
      all.add(new Parameter(prefix + name + ".bias", Parameter.Start.CONSTANT, 0, false, d));
    }
    linear(all, prefix + "fc1", d, settings.feedForward());
    linear(all, prefix + "fc2", settings.feedForward(), d);
  }

  /** Uniform in ±1/sqrt(in), the usual start of a linear layer. */
  private static void linear(List<Parameter> all, String name, int in, int out) {
    double bound = 1 / Math.sqrt(in);
    all.add(new Parameter(name + ".weight", Parameter.Start.UNIFORM, bound, false, out, in));
    all.add(new Parameter(name + ".bias", Parameter.Start.UNIFORM, bound, false, out));
  }

  private Weights firstValues(String part, List<Parameter> parameters) {
    return firstValues(part, parameters, settings.seed());
  }

  /**
   * Parameters with random first values.
   *
   * @param part of what they belong to: decides the values with the seed and the names
   */
  public static Weights firstValues(String part, List<Parameter> parameters, long seed) {
    return new Weights(
        parameters.stream().map(p -> p.tensor(random(part, p.name(), seed))).toList());
  }

  /** Parameters that are all 0. */
  public static Weights blank(List<Parameter> parameters) {
    return new Weights(parameters.stream().map(Parameter::blank).toList());
  }

  /** Each parameter has a stream of its own, so that adding one leaves the others as they were. */
  private static SplittableRandom random(String part, String name, long seed) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + (part + name).hashCode());
  }

  /** The longest array that every JVM allows. */
  private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  /** Small, so that a rarely seen value starts near the unknown one rather than far from all. */
  private static final double EMBEDDING_DEVIATION = 0.1;
}
