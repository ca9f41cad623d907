package org.eglr.internal.samediff.evaluator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ItemRows;
import org.eglr.internal.model.ItemVectors;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.model.Sinusoid;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.ArrayPairs;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.Graph;
import org.eglr.internal.samediff.MatrixPairs;
import org.eglr.internal.samediff.TokenPairs;
import org.eglr.internal.samediff.device.DeviceArray;
import org.eglr.internal.samediff.device.DeviceEngine;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.internal.samediff.device.ItemGraph;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The evaluator (eq. 6-8) and its losses (eq. 15-17), forward and back. Lists of different lengths
 * share a batch: positions behind a list's end are masked as attention keys and weigh nothing in
 * the loss. K positions of B lists, T = K + 1 tokens, width d, h heads; rows go token after token.
 */
public final class EvaluatorGraph extends Graph implements EvaluatorEngine, DeviceEngine {

  private static final double MASKED = -1e9;
  private static final String CLICK_LOSS = "clickLoss";
  private static final String VALUE_LOSS = "valueLoss";

  private final int width;
  private final int heads;
  private final int position;
  private final boolean training;
  private final ItemGraph itemGraph;
  private final DeviceArray z = new DeviceArray();
  private final List<String> gradients = new ArrayList<>();
  private final Map<String, SDVariable> ones = new HashMap<>();
  private final PairGraph pairs; // null without pair effects
  private SDVariable mask;
  private SDVariable split;
  private int size; // of the lists that fixed inputs were set for
  private int length;

  /**
   * @param training with features, losses and gradients; otherwise only the scores of given z
   * @param type DOUBLE only to check gradients
   */
  public EvaluatorGraph(
      Architecture architecture, Weights weights, boolean training, DataType type) {
    this(architecture, weights, training, type, null);
  }

  /**
   * To score items whose vectors are made on the device.
   *
   * @param items with the evaluator's weights; is closed with this graph
   */
  public EvaluatorGraph(Architecture architecture, Weights weights, ItemGraph items) {
    this(architecture, weights, false, DataType.FLOAT, items);
  }

  private EvaluatorGraph(
      Architecture architecture,
      Weights weights,
      boolean training,
      DataType type,
      ItemGraph itemGraph) {
    super(weights, type);
    this.itemGraph = itemGraph;
    Settings settings = architecture.settings();
    width = settings.width();
    heads = settings.heads();
    position = settings.position();
    this.training = training;
    PairFields fields = new PairFields(architecture);
    pairs = fields.any() ? new PairGraph(this, fields) : null;
    build(settings.evaluatorLayers(), architecture.inputWidth());
    load(weights);
  }

  /**
   * What a token of a list takes of the device's memory, about; more rather than less.
   *
   * @param length of the longest list
   */
  public static long floatsPerToken(Architecture architecture, boolean training, int length) {
    Settings settings = architecture.settings();
    PairFields fields = new PairFields(architecture);
    long pairs = (long) fields.channels() * PairFields.OFFSETS;
    long factors = fields.factors() ? PairFields.RANK * (length + 12L) : 0;
    long width = settings.width();
    long feedForward = settings.feedForward();
    long attention = 2L * settings.heads() * length;
    long inUse = 2 * width * (length + 1L) + 10 * width + 2 * feedForward + 4 * attention;
    long layer = 12 * width + feedForward + attention;
    long layers = training ? settings.evaluatorLayers() * layer : 0;
    return 2 * (inUse + layers + pairs + factors);
  }

  @Override
  public void update(Weights weights) {
    load(weights);
    if (itemGraph != null) {
      itemGraph.update(weights);
    }
  }

  @Override
  public void update(DeviceWeights weights) {
    load(weights::value);
  }

  @Override
  public void free() {
    z.close();
    if (itemGraph != null) {
      itemGraph.close();
    }
  }

  // ---- forward

  private void build(int count, int inputWidth) {
    mask = input("mask", -1, -1);
    split = shapeInput("heads", 3);
    SDVariable x = training ? arranged(FeatureRows.NAME, inputWidth) : null;
    SDVariable hidden = training ? featureHidden(x) : null;
    SDVariable items = training ? features(hidden) : arranged("z", width);

    // eq. 7: tokens with their position encoding; eq. 8: cls before them
    SDVariable places = times(input("pe", -1, position), inputWeight(width, position));
    SDVariable atPlaces = sd.expandDims(places.add(weight("inp.bias")), 1); // [K, 1, d]
    SDVariable byPlace = sd.reshape(times(items, inputWeight(0, width)), shapeInput("lists", 3));
    SDVariable tokens = sd.reshape(byPlace.add(atPlaces), -1, width);
    SDVariable cls = sd.mmul(ones("lists", -1, 1), sd.expandDims(weight("cls"), 0));
    SDVariable token = sd.concat(0, cls, tokens);
    TokenPairs tokenPairs = pairs();
    List<EvaluatorLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < count; layer++) {
      layers.add(new EvaluatorLayer(this, "layers." + layer + ".", width, heads, tokenPairs));
      token = layers.get(layer).forward(token);
    }
    // Heads on all tokens: a product with two columns costs less than cutting the tokens apart.
    SDVariable alone = linear("point", token);
    SDVariable click = (pairs == null ? alone : alone.add(pairs.term())).rename("click");
    SDVariable value = linear("list", token).rename("value");
    if (training) {
      SDVariable dToken = lossBack(click, value, token);
      for (int layer = count - 1; layer >= 0; layer--) {
        dToken = layers.get(layer).back(dToken);
      }
      SDVariable dItems = tokensBack(dToken, items);
      featuresBack(dItems, hidden, x);
    }
  }

  private TokenPairs pairs() {
    return Calls.of(Engine.SAMEDIFF).oneCaller()
        ? new ArrayPairs(sd, type, ones("tokens", 1, -1), width, width / heads)
        : new MatrixPairs(sd, width);
  }

  /** Rows of an input, token after token. */
  private SDVariable arranged(String name, int columns) {
    return sd.gatherNd(input(name, -1, columns), sd.placeHolder("row", DataType.INT32, -1, 1));
  }

  /** Columns of the input layer's weight. */
  private SDVariable inputWeight(int from, int columns) {
    return sd.slice(weight("inp.weight"), new int[] {0, from}, width, columns);
  }

  SDVariable heads(SDVariable rows) {
    return sd.reshape(rows, split);
  }

  /** Added to logits of keys: [T, B * h]. */
  SDVariable mask() {
    return mask;
  }

  private SDVariable ones(String of, long... shape) {
    return ones.computeIfAbsent(of, o -> input("ones." + of, shape));
  }

  // ---- back

  /** eq. 15-17, each entry weighed: click at list tokens, value at the cls token. */
  private SDVariable lossBack(SDVariable click, SDVariable value, SDVariable token) {
    SDVariable clicks = input("clicks", -1, 1);
    SDVariable clickWeight = input("clickWeight", -1, 1);
    SDVariable utility = input("utility", -1, 1);
    SDVariable valueWeight = input("valueWeight", -1, 1);
    SDVariable pointwise = softplus(click).sub(clicks.mul(click)); // eq. 15
    SDVariable listwise = softplus(value).mul(utility.add(1)).sub(utility.mul(value)); // eq. 16
    sd.sum(pointwise.mul(clickWeight), 0, 1).rename(CLICK_LOSS);
    sd.sum(listwise.mul(valueWeight), 0, 1).rename(VALUE_LOSS);
    SDVariable dClick = sd.nn().sigmoid(click).sub(clicks).mul(clickWeight);
    if (pairs != null) {
      pairs.back(dClick);
    }
    SDVariable expected = sd.nn().sigmoid(value).mul(utility.add(1));
    SDVariable dValue = expected.sub(utility).mul(valueWeight);
    return linearBack("point", dClick, token).add(linearBack("list", dValue, token)); // eq. 17
  }

  /** log(1 + e^x) without overflow. */
  private SDVariable softplus(SDVariable x) {
    SDVariable small = sd.math().log1p(sd.math().exp(sd.math().neg(sd.math().abs(x))));
    return sd.nn().relu(x, 0).add(small);
  }

  /** From all tokens to the items' vectors. */
  private SDVariable tokensBack(SDVariable dToken, SDVariable items) {
    gradient("cls", sd.reshape(sd.mmul(input("isCls", 1, -1), dToken), width));
    SDVariable behind = sd.placeHolder("behindCls", DataType.INT32, -1, 1);
    SDVariable dTokens = sd.gatherNd(dToken, behind);
    SDVariable byPlace = sd.reshape(dTokens, sd.getVariable("lists"));
    SDVariable dPlaces = sd.sum(byPlace, 1);
    SDVariable ofItems = sd.mmul(dTokens, items, true, false, false);
    SDVariable ofPlaces = sd.mmul(dPlaces, sd.getVariable("pe"), true, false, false);
    gradient("inp.weight", sd.concat(1, ofItems, ofPlaces));
    gradient("inp.bias", sumOfPlaces(dPlaces));
    return sd.mmul(dTokens, inputWeight(0, width));
  }

  private SDVariable sumOfPlaces(SDVariable dPlaces) {
    return sd.reshape(sd.mmul(ones("places", 1, -1), dPlaces), width);
  }

  private void featuresBack(SDVariable dItems, SDVariable hidden, SDVariable x) {
    SDVariable ofPositions = ones("positions", 1, -1);
    SDVariable dHidden = linearBack("features.fc2", dItems, hidden, ofPositions).mul(on(hidden));
    SDVariable dX = linearBack("features.fc1", dHidden, x, ofPositions);
    SDVariable back = sd.placeHolder("back", DataType.INT32, -1, 1);
    gradient(FeatureRows.NAME, sd.gatherNd(dX, back));
  }

  /** The gradient of a linear layer's input; those of its parameters become outputs. */
  SDVariable linearBack(String layer, SDVariable dOut, SDVariable in) {
    return linearBack(layer, dOut, in, ones("rows", 1, -1));
  }

  private SDVariable linearBack(String layer, SDVariable dOut, SDVariable in, SDVariable onesOf) {
    gradient(layer + ".weight", sd.mmul(dOut, in, true, false, false));
    gradient(layer + ".bias", sd.reshape(sd.mmul(onesOf, dOut), -1));
    return sd.mmul(dOut, weight(layer + ".weight"));
  }

  DataType type() {
    return type;
  }

  SDVariable sumOfRows(SDVariable rows) {
    return sd.reshape(sd.mmul(ones("rows", 1, -1), rows), -1);
  }

  void gradient(String parameter, SDVariable gradient) {
    gradient.rename("d." + parameter);
    gradients.add(parameter);
  }

  // ---- calls

  @Override
  public Result train(ListBatch lists, float[] x, int batch) {
    int rows = lists.size() * lists.length();
    Map<String, double[]> found = new HashMap<>();
    try (INDArray array = Backend.array(type, x, rows, x.length / rows)) {
      double[] losses =
          train(lists, array, batch, (name, g) -> found.put(name, Backend.doubles(g)));
      double[] features = found.remove(FeatureRows.NAME);
      return new Result(losses[0], losses[1], found, features);
    }
  }

  /**
   * Loss (eq. 15-17) and gradients of a part of a batch; all but the losses stays on the device.
   *
   * @param x feature rows of all positions, padding included: [B * K, inputWidth]
   * @param batch number of lists of the whole batch, over which the loss is a mean
   * @param consumer takes each parameter's gradient, no longer valid when it returns, and that of
   *     the feature rows by the name {@link FeatureRows#NAME}
   * @return clickLoss (eq. 15) and valueLoss (eq. 16), this part's shares of the batch mean
   */
  public double[] train(
      ListBatch lists, INDArray x, int batch, BiConsumer<String, INDArray> consumer) {
    setLists(lists);
    setLabels(lists, batch);
    List<String> names = new ArrayList<>(List.of(CLICK_LOSS, VALUE_LOSS));
    gradients.forEach(name -> names.add("d." + name));
    boolean factors = pairs != null && pairs.factors();
    if (factors) {
      names.addAll(List.of(PairGraph.LEFT, PairGraph.RIGHT));
    }
    return iteration(
        () -> {
          Map<String, INDArray> found =
              execute(with(Map.of(FeatureRows.NAME, x)), names.toArray(String[]::new));
          gradients.forEach(name -> consumer.accept(name, found.get("d." + name)));
          if (factors) {
            accept(consumer, "pair.a", found.get(PairGraph.LEFT));
            accept(consumer, "pair.b", found.get(PairGraph.RIGHT));
          }
          return new double[] {
            Backend.doubles(found.get(CLICK_LOSS))[0], Backend.doubles(found.get(VALUE_LOSS))[0]
          };
        });
  }

  private void accept(BiConsumer<String, INDArray> consumer, String name, INDArray rows) {
    try (INDArray table = pairs.table(rows)) {
      consumer.accept(name, table);
    }
  }

  private void setLabels(ListBatch lists, int batch) {
    int rows = lists.size() * (lists.length() + 1);
    float[] clicks = new float[rows];
    double[] clickWeight = new double[rows];
    float[] utility = new float[rows];
    double[] valueWeight = new double[rows];
    for (int b = 0; b < lists.size(); b++) {
      utility[b] = lists.utility()[b];
      valueWeight[b] = 1.0 / batch;
      for (int k = 0; k < lists.lengths()[b]; k++) {
        int row = (k + 1) * lists.size() + b;
        clicks[row] = lists.clicked()[b * lists.length() + k] ? 1 : 0;
        clickWeight[row] = 1.0 / batch / lists.lengths()[b];
      }
    }
    set("clicks", clicks, rows, 1);
    set("clickWeight", clickWeight, rows, 1);
    set("utility", utility, rows, 1);
    set("valueWeight", valueWeight, rows, 1);
  }

  @Override
  public Scores score(ListBatch lists, ItemVectors items, int[] rows) {
    if (itemGraph == null) {
      return score(lists, items.values(), rows);
    }
    ItemRows about = items.rows();
    z.shape(about.size(), width);
    INDArray vectors = z.rows(0, about.size(), about.size(), width);
    itemGraph.vectors(about, vectors);
    return score(lists, vectors, rows);
  }

  @Override
  public Scores score(ListBatch lists, float[] values, int[] rows) {
    try (INDArray vectors = Backend.array(type, values, values.length / width, width)) {
      return score(lists, vectors, rows);
    }
  }

  private Scores score(ListBatch lists, INDArray vectors, int[] rows) {
    setLists(lists);
    int positions = lists.length();
    int[] byPlace = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      byPlace[i % positions * lists.size() + i / positions] = rows[i];
    }
    setRows("row", byPlace);
    Map<String, double[]> outputs = outputs(Map.of("z", vectors), "click", "value");
    double[] click = outputs.get("click");
    double[] logits = new double[rows.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = click[(i % positions + 1) * lists.size() + i / positions];
    }
    return new Scores(logits, Arrays.copyOf(outputs.get("value"), lists.size()));
  }

  private void setLists(ListBatch lists) {
    int tokens = lists.length() + 1;
    float[] masked = new float[tokens * lists.size() * heads];
    for (int b = 0; b < lists.size(); b++) {
      for (int t = lists.lengths()[b] + 1; t < tokens; t++) {
        int from = (t * lists.size() + b) * heads;
        Arrays.fill(masked, from, from + heads, (float) MASKED);
      }
    }
    set("mask", masked, tokens, (long) lists.size() * heads);
    if (lists.size() != size || lists.length() != length) {
      setSizes(lists.size(), lists.length());
      size = lists.size();
      length = lists.length();
    }
    if (pairs != null) {
      pairs.set(lists);
    }
  }

  /** What follows from the number of lists and their padded length. */
  private void setSizes(int size, int length) {
    int rows = size * (length + 1);
    set("pe", Sinusoid.rows(length, position), length, position);
    setShape("lists", length, size, width);
    setShape("heads", length + 1, (long) size * heads, width / heads);
    set("ones.lists", ones(size), size, 1);
    set("ones.tokens", ones(length + 1), 1, length + 1);
    if (pairs != null) {
      pairs.setSizes(size, length);
    }
    if (training) {
      set("ones.rows", ones(rows), 1, rows);
      set("ones.places", ones(length), 1, length);
      set("ones.positions", ones(size * length), 1, (long) size * length);
      set("isCls", Arrays.copyOf(ones(size), rows), 1, rows);
      int[] behind = new int[size * length];
      int[] there = new int[size * length];
      int[] back = new int[size * length];
      for (int i = 0; i < behind.length; i++) {
        behind[i] = size + i;
        there[i] = i % size * length + i / size;
        back[i] = i % length * size + i / length;
      }
      setRows("behindCls", behind);
      setRows("row", there);
      setRows("back", back);
    }
  }
}
