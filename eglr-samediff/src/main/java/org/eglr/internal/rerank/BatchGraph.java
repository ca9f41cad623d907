package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eglr.internal.model.ComputeEngine;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.Parameter;
import org.eglr.internal.samediff.LearningGraph;
import org.eglr.rerank.AdaptiveModel;
import org.eglr.rerank.ModelGraph;
import org.eglr.rerank.ScoringModel;
import org.eglr.rerank.Start;
import org.eglr.rerank.StepModel;
import org.eglr.rerank.Steps;
import org.eglr.rerank.TrainingStage;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model's graph of one shape: makes lists, or has the loss of a stage and its gradient. {@link
 * ListRows} fills its inputs.
 */
final class BatchGraph extends LearningGraph implements ModelGraph, ComputeEngine {

  static final String SCORES = "scores.out";
  static final String ITEMS = "item.out";
  static final String LOG = "log.out";
  static final String PROBABILITY = "probability.out";
  static final String ENTROPY = "entropy.out";
  static final String GATE = "gate.out";
  static final String ATTENTION = "attention.out";
  static final String LOSS = "loss.out";
  static final String CLICK = "click.out";

  /** What the names of embedding tables begin with. */
  private static final String TABLES = "features.";

  private final ModelSpec spec;
  private final GraphShape shape;
  private final FeatureRows features;
  private final Map<String, SDVariable> inputs = new LinkedHashMap<>();
  private final Map<String, SDVariable> derived = new LinkedHashMap<>();
  private final Map<String, Double> dials = new LinkedHashMap<>();
  private final Map<String, long[]> activations = new LinkedHashMap<>();
  private final Map<String, Parameter> declared = new LinkedHashMap<>();

  /**
   * @param measuring whether only the parameters' names and shapes are wanted
   */
  BatchGraph(ModelSpec spec, GraphShape shape, DataType type, boolean measuring) {
    super(type, measuring);
    this.spec = spec;
    this.shape = shape;
    features = new FeatureRows(spec.schema(), spec.embedding());
    ScoringModel scorer = spec.scorer(shape.stage());
    if (scorer != null) {
      scores(scorer, measuring);
    } else {
      steps((StepModel) spec.model(), measuring);
    }
  }

  private void scores(ScoringModel model, boolean measuring) {
    SDVariable scores = model.scores(this);
    if (shape.stage() == GraphShape.JUDGING) {
      sd.nn().sigmoid(scores).rename(CLICK);
      return;
    }
    masked(scores, mask()).rename(SCORES);
    if (shape.stage() != GraphShape.SERVING) {
      loss(model.loss(this, scores), measuring);
    }
  }

  private void steps(StepModel model, boolean measuring) {
    Unrolled unrolled = new Unrolled(model, this, spec.reasoning());
    if (shape.stage() == GraphShape.SERVING) {
      serve(unrolled);
      return;
    }
    TrainingStage stage = spec.stages().get(shape.stage());
    Steps steps = unrolled.steps((k, logits) -> input("chosen." + k, pool()));
    loss(stage.loss().apply(this, steps), measuring);
  }

  private void serve(Unrolled unrolled) {
    List<SDVariable> items = new ArrayList<>();
    Steps steps =
        unrolled.steps(
            (k, logits) -> {
              SDVariable noisy = logits.add(input("noise." + k, pool()));
              items.add(sd.argmax(noisy, 1).castTo(type));
              return largest(noisy, pool());
            });
    stack(ITEMS, items);
    List<SDVariable> logs = new ArrayList<>();
    for (int k = 0; k < steps.size(); k++) {
      logs.add(steps.chosenLog(this, k));
    }
    stack(LOG, logs);
    stack(PROBABILITY, steps.log().stream().map(log -> sd.math().exp(log)).toList());
    stack(ENTROPY, unrolled.entropies);
    if (!unrolled.gates.isEmpty()) {
      stack(GATE, unrolled.gates);
      stack(ATTENTION, unrolled.attention);
    }
  }

  private void stack(String name, List<SDVariable> parts) {
    sd.stack(name, 0, parts.toArray(SDVariable[]::new));
  }

  private void loss(SDVariable each, boolean measuring) {
    SDVariable weighed = each.mul(perList("share"));
    SDVariable loss = sd.sum(weighed, 0).rename(LOSS);
    if (!measuring) {
      differentiate(loss);
    }
  }

  ModelSpec spec() {
    return spec;
  }

  GraphShape shape() {
    return shape;
  }

  FeatureRows features() {
    return features;
  }

  /** The model's own parameters, in order of declaration. */
  List<Parameter> declared() {
    return List.copyOf(declared.values());
  }

  /** Usual values of the dials, by name. */
  Map<String, Double> dials() {
    return dials;
  }

  /** Shapes of what can be moved, by name. */
  Map<String, long[]> activations() {
    return activations;
  }

  /**
   * What a step of training asks the gradient of.
   *
   * @param learns as {@link TrainingStage#learns}
   */
  Set<String> learned(Predicate<String> learns) {
    Set<String> all = new LinkedHashSet<>(parameters());
    all.removeIf(name -> !learns.test(name));
    if (learns.test(TABLES)) {
      all.add(FeatureRows.NAME);
    }
    return all;
  }

  /** Name of the output that is an activation where it has been moved to. */
  static String present(String activation) {
    return "present." + activation;
  }

  /** Name of the input that moves an activation. */
  static String moved(String activation) {
    return "moved." + activation;
  }

  boolean has(String input) {
    return inputs.containsKey(input);
  }

  /** Names of the inputs that {@link #normal} made. */
  List<String> normals() {
    return inputs.keySet().stream().filter(name -> name.startsWith("normal.")).toList();
  }

  int widthOf(String input) {
    return Math.toIntExact(inputs.get(input).placeholderShape()[1]);
  }

  // ---- inputs

  private SDVariable input(String name, int width) {
    return inputs.computeIfAbsent(name, n -> sd.placeHolder(n, type, batch(), width));
  }

  SDVariable perList(String name) {
    return inputs.computeIfAbsent(name, n -> sd.placeHolder(n, type, batch()));
  }

  @Override
  public SDVariable once(String name, Supplier<SDVariable> make) {
    return derived("own." + name, make);
  }

  @Override
  public SDVariable known(String name) {
    return once(
        name,
        () -> {
          throw new IllegalStateException("nothing was computed as '%s'".formatted(name));
        });
  }

  private SDVariable derived(String name, Supplier<SDVariable> make) {
    SDVariable known = derived.get(name);
    if (known == null) {
      known = make.get();
      derived.put(name, known);
    }
    return known;
  }

  /** 1 where a candidate can be chosen: [B, N]. */
  SDVariable available() {
    return input("available", pool());
  }

  @Override
  public SDVariable mask() {
    return input("mask", pool());
  }

  @Override
  public SDVariable clicks() {
    return input("clicks", pool());
  }

  @Override
  public SDVariable shown() {
    return input("shown", pool());
  }

  @Override
  public SDVariable counted() {
    return perList("counted");
  }

  @Override
  public SDVariable normal(String name, int width) {
    return input("normal." + name, width);
  }

  @Override
  public SDVariable sample() {
    return input("sample", 1);
  }

  @Override
  public SDVariable dial(String name, double usual) {
    dials.put(name, usual);
    return input("dial." + name, 1);
  }

  @Override
  public SDVariable activation(String name, SDVariable x, int... ofShape) {
    if (!(spec.model() instanceof AdaptiveModel)) {
      return x;
    }
    long[] longs = Arrays.stream(ofShape).asLongStream().toArray();
    activations.put(name, longs);
    return x.add(differentiableInput(moved(name), longs)).rename(present(name));
  }

  @Override
  public SDVariable candidates() {
    return derived(
        "x", () -> differentiableInput(FeatureRows.NAME, batch() * (long) pool(), width()));
  }

  @Override
  public SDVariable fixedCandidates() {
    return inputs.computeIfAbsent(
        "fixed", n -> sd.placeHolder(n, type, batch() * (long) pool(), width()));
  }

  @Override
  public SDVariable items() {
    return derived(
        "items", () -> sd.slice(candidates(), new int[] {0, 0}, batch() * pool(), itemWidth()));
  }

  @Override
  public SDVariable user() {
    return derived(
        "user",
        () -> {
          SDVariable lists = sd.reshape(candidates(), batch(), pool() * width());
          return columns(lists, itemWidth(), userWidth());
        });
  }

  @Override
  public SDVariable positions(String name, int width) {
    return derived(
        "positions." + name,
        () -> {
          int rows = batch() * pool();
          float[] place = new float[rows * spec.places()];
          for (int row = 0; row < rows; row++) {
            place[row * spec.places() + Math.min(row % pool(), spec.places() - 1)] = 1;
          }
          SDVariable table = parameter(name + ".weight", Start.normal(0.02), spec.places(), width);
          long[] shape = {rows, spec.places()};
          SDVariable places = constant(Nd4j.create(place, shape, 'c').castTo(type));
          return sd.mmul(places, table);
        });
  }

  // ---- what it is

  @Override
  public SameDiff sd() {
    return sd;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public int batch() {
    return shape.batch();
  }

  @Override
  public int pool() {
    return shape.pool();
  }

  @Override
  public String stage() {
    return shape.stage() < 0 ? "" : spec.stages().get(shape.stage()).name();
  }

  @Override
  public int slots() {
    return shape.slots();
  }

  @Override
  public int width() {
    return features.width();
  }

  @Override
  public int itemWidth() {
    return features.width() - features.userWidth();
  }

  @Override
  public int userWidth() {
    return features.userWidth();
  }

  @Override
  public SDVariable parameter(String name, Start start, int... ofShape) {
    Parameter.Start from = Parameter.Start.valueOf(start.kind().name());
    Parameter wanted = new Parameter(name, from, start.scale(), false, ofShape);
    Parameter known = declared.putIfAbsent(name, wanted);
    if (known != null && !Arrays.equals(known.shape(), ofShape)) {
      throw new IllegalArgumentException(
          "parameter '%s' is asked for as %s and as %s: give two layers two names"
              .formatted(name, Arrays.toString(known.shape()), Arrays.toString(ofShape)));
    }
    return declare(name, Arrays.stream(ofShape).asLongStream().toArray());
  }
}
