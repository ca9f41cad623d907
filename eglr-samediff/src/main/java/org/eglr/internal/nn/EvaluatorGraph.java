package org.eglr.internal.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eglr.Settings;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The evaluator (eq. 6-8) and its losses (eq. 15-17). Lists of different lengths share a batch:
 * positions behind a list's end are masked as attention keys and weigh nothing in the loss.
 */
public final class EvaluatorGraph extends Graph implements EvaluatorEngine {

  private static final List<String> LOSSES = List.of("clickLoss", "valueLoss");
  private static final double MASKED = -1e9;
  private final int width;
  private final int heads;
  private final int position;
  private final boolean training;
  private final ItemGraph itemGraph;
  private final DeviceArray z = new DeviceArray();

  /**
   * @param training with features, losses and gradients; otherwise only the scores of given z
   * @param type DOUBLE only to check gradients
   */
  public EvaluatorGraph(
      Architecture architecture, Weights weights, boolean training, DataType type) {
    this(architecture, weights, training, type, null);
  }

  /** To score items whose vectors are made on the device, with the evaluator's weights. */
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
    build(settings, architecture.inputWidth());
    load(weights);
  }

  /**
   * What a token of a list takes of the device's memory, about; more rather than less. A run frees
   * nothing before its end.
   *
   * @param length of the longest list
   */
  public static long floatsPerToken(Settings settings, boolean training, int length) {
    long attention = 5L * settings.heads() * length;
    long layer = 24L * settings.width() + 3L * settings.feedForward() + attention;
    long forward = (2 + settings.evaluatorLayers()) * layer;
    return training ? 4 * forward : forward;
  }

  @Override
  public void update(Weights weights) {
    load(weights);
    if (itemGraph != null) {
      itemGraph.update(weights);
    }
  }

  @Override
  void free() {
    z.close();
    if (itemGraph != null) {
      itemGraph.close();
    }
  }

  /** Takes over the weights' present values, on the device. */
  public void update(DeviceWeights weights) {
    load(weights);
  }

  private void build(Settings settings, int inputWidth) {
    SDVariable z = training ? features(differentiableInput(FeatureRows.NAME, 2)) : candidates();
    Shapes shapes = new Shapes(shapeInput("split", 4), shapeInput("flat", 2));
    SDVariable mask = input("mask", -1, 1, 1, -1);

    // eq. 7: tokens with their position encoding; eq. 8: cls before them
    SDVariable tokens = linear("inp", sd.concat(1, z, input("pe", -1, position)));
    SDVariable lists = sd.reshape(tokens, shapeInput("lists", 3));
    SDVariable cls = sd.reshape(weight("cls"), 1, 1, width).mul(input("ones", -1, 1, 1));
    SDVariable x = sd.reshape(sd.concat(1, cls, lists), shapes.flat());
    for (int layer = 0; layer < settings.evaluatorLayers(); layer++) {
      x = transformerLayer("layers." + layer + ".", x, mask, shapes, width, heads);
    }
    // Heads on all tokens: a product with two columns costs less than cutting the tokens apart.
    SDVariable split = shapeInput("rows", 2);
    SDVariable click = sd.reshape(linear("point", x), split).rename("click");
    SDVariable value = sd.reshape(linear("list", x), split).rename("value");
    if (training) {
      loss(click, value);
    }
  }

  private SDVariable candidates() {
    return sd.gatherNd(input("z", -1, width), sd.placeHolder("row", DataType.INT32, -1, 1));
  }

  /** eq. 15-17, each entry weighed: click at list tokens, value at the cls token. */
  private void loss(SDVariable click, SDVariable value) {
    SDVariable clicks = input("clicks", -1, -1);
    SDVariable clickWeight = input("clickWeight", -1, -1);
    SDVariable utility = input("utility", -1, -1);
    SDVariable valueWeight = input("valueWeight", -1, -1);
    SDVariable pointwise = softplus(click).sub(clicks.mul(click)); // eq. 15
    SDVariable listwise = softplus(value).mul(utility.add(1)).sub(utility.mul(value)); // eq. 16
    SDVariable clickLoss = sd.sum(pointwise.mul(clickWeight), 0, 1).rename("clickLoss");
    SDVariable valueLoss = sd.sum(listwise.mul(valueWeight), 0, 1).rename("valueLoss");
    SDVariable loss = clickLoss.add("loss", valueLoss); // eq. 17
    differentiate(loss, join(parameterNames(), FeatureRows.NAME));
  }

  @Override
  public Result train(ListBatch lists, float[] x, int batch) {
    setLists(lists);
    setLabels(lists, batch);
    set(
        FeatureRows.NAME,
        x,
        lists.size() * (long) lists.length(),
        x.length / (lists.size() * lists.length()));
    Run run = run(LOSSES, join(parameterNames(), FeatureRows.NAME));
    double[] features = run.gradients().remove(FeatureRows.NAME);
    return new Result(
        run.outputs().get("clickLoss")[0],
        run.outputs().get("valueLoss")[0],
        run.gradients(),
        features);
  }

  /**
   * Loss (eq. 15-17) and gradients of a part of a batch; all but the losses stays on the device.
   *
   * @param x feature rows of all positions, padding included: [B * K, inputWidth]
   * @param batch number of lists of the whole batch, over which the loss is a mean
   * @param gradients takes each parameter's gradient, no longer valid when it returns, and that of
   *     the feature rows by the name {@link FeatureRows#NAME}
   * @return clickLoss (eq. 15) and valueLoss (eq. 16), this part's shares of the batch mean
   */
  public double[] train(
      ListBatch lists, INDArray x, int batch, BiConsumer<String, INDArray> gradients) {
    setLists(lists);
    setLabels(lists, batch);
    List<String> variables = join(parameterNames(), FeatureRows.NAME);
    Map<String, double[]> losses = run(Map.of(FeatureRows.NAME, x), LOSSES, variables, gradients);
    return new double[] {losses.get("clickLoss")[0], losses.get("valueLoss")[0]};
  }

  private void setLabels(ListBatch lists, int batch) {
    int columns = lists.length() + 1;
    float[] clicks = new float[lists.size() * columns];
    double[] clickWeight = new double[clicks.length];
    float[] utility = new float[clicks.length];
    double[] valueWeight = new double[clicks.length];
    for (int b = 0; b < lists.size(); b++) {
      utility[b * columns] = lists.utility()[b];
      valueWeight[b * columns] = 1.0 / batch;
      for (int k = 0; k < lists.lengths()[b]; k++) {
        clicks[b * columns + k + 1] = lists.clicked()[b * lists.length() + k] ? 1 : 0;
        clickWeight[b * columns + k + 1] = 1.0 / batch / lists.lengths()[b];
      }
    }
    set("clicks", clicks, lists.size(), columns);
    set("clickWeight", clickWeight, lists.size(), columns);
    set("utility", utility, lists.size(), columns);
    set("valueWeight", valueWeight, lists.size(), columns);
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
    setRows("row", rows);
    Map<String, double[]> outputs = outputs(Map.of("z", vectors), "click", "value");
    double[] click = outputs.get("click");
    double[] value = outputs.get("value");
    int columns = lists.length() + 1;
    double[] logits = new double[lists.size() * lists.length()];
    double[] values = new double[lists.size()];
    for (int b = 0; b < lists.size(); b++) {
      values[b] = value[b * columns];
      System.arraycopy(click, b * columns + 1, logits, b * lists.length(), lists.length());
    }
    return new Scores(logits, values);
  }

  private void setLists(ListBatch lists) {
    int size = lists.size();
    int length = lists.length();
    float[] mask = new float[size * (length + 1)];
    for (int b = 0; b < size; b++) {
      int from = b * (length + 1) + 1 + lists.lengths()[b];
      Arrays.fill(mask, from, (b + 1) * (length + 1), (float) MASKED);
    }
    set("mask", mask, size, 1, 1, length + 1);
    setPositions(size, length, position);
    set("ones", ones(size), size, 1, 1);
    setShape("lists", size, length, width);
    setShape("split", size, length + 1, heads, width / heads);
    setShape("flat", size * (length + 1L), width);
    setShape("rows", size, length + 1);
  }
}
