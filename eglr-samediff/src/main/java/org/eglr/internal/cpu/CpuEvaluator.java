package org.eglr.internal.cpu;

import java.util.ArrayList;
import java.util.List;
import org.eglr.Settings;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Dropout;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.model.Weights;

/**
 * The evaluator (eq. 6-8), its losses (eq. 15-17) and their gradients in plain Java. Lists lie one
 * behind the other, each its cls token and its items: there is no padding.
 */
public final class CpuEvaluator implements EvaluatorEngine {

  private static final Kernels K = Kernels.best();

  private final Settings settings;
  private final int width;
  private final boolean training;
  private final PairFields pairFields;
  private final SelfAttention attention;
  private final List<TransformerLayer.Tape> tapes = new ArrayList<>();
  private final List<float[]> attentionWeights = new ArrayList<>();
  private FeatureNet features;
  private InputLayer input;
  private List<TransformerLayer> layers;
  private Linear point;
  private Linear value;
  private PairTerm pairs; // null without pair effects
  private float[] cls;

  private Dropout dropout; // null: no value is dropped
  private int[] starts; // a list's first row
  private int[] lengths;
  private float[] x = new float[0];
  private float[] hidden = new float[0];
  private float[] z = new float[0];
  private float[] tokens = new float[0];
  private float[] clicks = new float[0];
  private float[] values = new float[0];
  private final TransformerLayer.Back back = new TransformerLayer.Back();
  private float[] dTokens = new float[0];
  private float[] dz = new float[0];

  /**
   * @param training with features, losses and gradients; otherwise only the scores of given z
   */
  public CpuEvaluator(Architecture architecture, Weights weights, boolean training) {
    this.settings = architecture.settings();
    this.training = training;
    width = settings.width();
    pairFields = new PairFields(architecture);
    attention = new SelfAttention(width, settings.heads());
    for (int l = 0; l < settings.evaluatorLayers(); l++) {
      tapes.add(new TransformerLayer.Tape());
      attentionWeights.add(new float[0]);
    }
    update(weights);
  }

  @Override
  public void update(Weights weights) {
    features = training ? new FeatureNet(weights) : null;
    input = new InputLayer(weights);
    layers = new ArrayList<>();
    for (int l = 0; l < settings.evaluatorLayers(); l++) {
      layers.add(new TransformerLayer(weights, "layers." + l + ".", settings.heads()));
    }
    point = new Linear(weights, "point");
    value = new Linear(weights, "list");
    pairs = pairFields.any() ? new PairTerm(pairFields, weights) : null;
    cls = weights.data("cls").clone();
  }

  @Override
  public Scores score(ListBatch lists, float[] candidates, int[] rows) {
    dropout = null;
    arrange(lists);
    int items = starts[lists.size()] - lists.size();
    z = Buffers.fit(z, items * width);
    for (int b = 0; b < lists.size(); b++) {
      for (int k = 0; k < lengths[b]; k++) {
        int from = rows[b * lists.length() + k] * width;
        System.arraycopy(candidates, from, z, (starts[b] - b + k) * width, width);
      }
    }
    forward(lists, items);
    double[] logits = new double[lists.size() * lists.length()];
    double[] odds = new double[lists.size()];
    for (int b = 0; b < lists.size(); b++) {
      odds[b] = values[starts[b]];
      for (int k = 0; k < lengths[b]; k++) {
        logits[b * lists.length() + k] = clicks[starts[b] + 1 + k];
      }
    }
    return new Scores(logits, odds);
  }

  private void arrange(ListBatch lists) {
    lengths = lists.lengths();
    starts = new int[lists.size() + 1];
    for (int b = 0; b < lists.size(); b++) {
      starts[b + 1] = starts[b] + 1 + lengths[b];
    }
  }

  /** Copies the lists' own rows to {@link #x} without padding; returns their number. */
  private int pack(ListBatch lists, float[] padded, int columns) {
    int items = starts[lists.size()] - lists.size();
    x = Buffers.fit(x, items * columns);
    for (int b = 0; b < lists.size(); b++) {
      int from = b * lists.length() * columns;
      System.arraycopy(padded, from, x, (starts[b] - b) * columns, lengths[b] * columns);
    }
    return items;
  }

  /** From z of all items to the heads' outputs of all rows. */
  private void forward(ListBatch batch, int items) {
    int lists = lengths.length;
    int rows = items + lists;
    tokens = Buffers.fit(tokens, items * width);
    int longest = 0;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    float[] positions = input.positions(longest);
    for (int b = 0; b < lists; b++) {
      System.arraycopy(positions, 0, tokens, (starts[b] - b) * width, lengths[b] * width);
    }
    input.addTokens(items, z, 0, tokens, 0); // eq. 7
    TransformerLayer.Tape first = tapes.get(0);
    first.fit(rows, layers.get(0));
    for (int b = 0; b < lists; b++) { // eq. 8: cls before the items
      int at = starts[b] * width;
      System.arraycopy(cls, 0, first.x, at, width);
      System.arraycopy(tokens, (starts[b] - b) * width, first.x, at + width, lengths[b] * width);
    }
    for (int l = 0; l < layers.size(); l++) {
      TransformerLayer layer = layers.get(l);
      TransformerLayer.Tape tape = tapes.get(l);
      if (l > 0) {
        tape.fit(rows, layer);
        System.arraycopy(tapes.get(l - 1).y, 0, tape.x, 0, rows * width);
      }
      layer.project(rows, tape);
      attend(l, tape);
      drop(l, tape);
      layer.finish(rows, tape);
    }
    TransformerLayer.Tape last = tapes.get(layers.size() - 1);
    clicks = Buffers.fit(clicks, rows);
    values = Buffers.fit(values, rows);
    point.apply(rows, last.y, 0, width, clicks, 0, 1);
    value.apply(rows, last.y, 0, width, values, 0, 1);
    if (pairs != null) {
      pairs.add(batch, starts, clicks);
    }
  }

  private void drop(int layer, TransformerLayer.Tape tape) {
    int size = dropout == null ? 0 : starts[lengths.length] * width;
    tape.kept1 = dropout == null ? null : new float[size];
    tape.kept2 = dropout == null ? null : new float[size];
    for (int b = 0; dropout != null && b < lengths.length; b++) {
      int own = (1 + lengths[b]) * width;
      dropout.factors(b, 2 * layer, own, tape.kept1, starts[b] * width);
      dropout.factors(b, 2 * layer + 1, own, tape.kept2, starts[b] * width);
    }
  }

  /** Only training keeps all attention weights; scores alone need those of one list. */
  private void attend(int layer, TransformerLayer.Tape tape) {
    int size = 0;
    for (int length : lengths) {
      int own = attention.weights(length + 1);
      size = training ? Math.addExact(size, own) : Math.max(size, own);
    }
    attentionWeights.set(layer, Buffers.fit(attentionWeights.get(layer), size));
    int at = 0;
    for (int b = 0; b < lengths.length; b++) {
      attention.forward(
          lengths[b] + 1,
          false,
          tape.qkv,
          starts[b] * 3 * width,
          attentionWeights.get(layer),
          at,
          tape.context,
          starts[b] * width);
      at += training ? attention.weights(lengths[b] + 1) : 0;
    }
  }

  @Override
  public Result train(ListBatch lists, float[] padded, int batch) {
    return train(lists, padded, batch, null);
  }

  @Override
  public Result train(ListBatch lists, float[] padded, int batch, Dropout drops) {
    dropout = drops;
    arrange(lists);
    int columns = features.inputWidth();
    int items = pack(lists, padded, columns);
    hidden = Buffers.fit(hidden, items * features.hiddenWidth());
    z = Buffers.fit(z, items * width);
    features.apply(items, x, hidden, z);
    forward(lists, items);
    EvaluatorLoss loss = new EvaluatorLoss(lists, starts, clicks, values, batch);
    float[] dx = new float[items * columns];
    Gradients gradients = backward(items, loss, dx);
    if (pairs != null) {
      pairs.backward(lists, starts, loss.dClick(), gradients);
    }
    double[] scattered = new double[padded.length];
    for (int b = 0; b < lists.size(); b++) {
      int from = (starts[b] - b) * columns;
      int to = b * lists.length() * columns;
      for (int i = 0; i < lengths[b] * columns; i++) {
        scattered[to + i] = dx[from + i];
      }
    }
    return new Result(loss.click(), loss.value(), gradients.values(), scattered);
  }

  private Gradients backward(int items, EvaluatorLoss loss, float[] dx) {
    int rows = items + lengths.length;
    Gradients gradients = new Gradients();
    back.fit(rows, layers.get(0));
    heads(rows, loss, back.dy, gradients);
    for (int l = layers.size() - 1; l >= 0; l--) {
      TransformerLayer.Gradient gradient = layers.get(l).new Gradient(back);
      TransformerLayer.Tape tape = tapes.get(l);
      gradient.toContext(rows, 0, tape);
      int at = 0;
      for (int b = 0; b < lengths.length; b++) {
        attention.backward(
            lengths[b] + 1,
            tape.qkv,
            starts[b] * 3 * width,
            attentionWeights.get(l),
            at,
            back.dContext,
            starts[b] * width,
            back.dQkv);
        at += attention.weights(lengths[b] + 1);
      }
      gradient.toInput(rows, 0);
      gradient.addMatrices(rows, tape);
      gradient.collect(gradients);
      System.arraycopy(back.dx, 0, back.dy, 0, rows * width);
    }
    dTokens = Buffers.fit(dTokens, items * width);
    float[] dCls = new float[width];
    InputLayer.Gradient inputs = input.new Gradient();
    for (int b = 0; b < lengths.length; b++) {
      int at = starts[b] * width;
      K.addScaled(width, 1, back.dy, at, dCls, 0);
      System.arraycopy(back.dy, at + width, dTokens, (starts[b] - b) * width, lengths[b] * width);
      for (int k = 0; k < lengths[b]; k++) {
        inputs.addPosition(k, back.dy, at + (k + 1) * width);
      }
    }
    inputs.addTokens(items, z, 0, dTokens, 0);
    inputs.collect(gradients);
    gradients.put("cls", dCls, 0, width);
    dz = Buffers.fit(dz, items * width);
    input.backward(items, dTokens, 0, dz, 0);
    FeatureNet.Gradient net = features.new Gradient();
    net.backward(items, x, hidden, dz, dx);
    net.collect(gradients);
    return gradients;
  }

  private void heads(int rows, EvaluatorLoss loss, float[] dy, Gradients gradients) {
    float[] y = tapes.get(layers.size() - 1).y;
    Linear.Gradient points = point.new Gradient();
    Linear.Gradient lists = value.new Gradient();
    points.add(rows, y, 0, width, loss.dClick(), 0, 1);
    lists.add(rows, y, 0, width, loss.dValue(), 0, 1);
    points.collect(gradients);
    lists.collect(gradients);
    point.backward(rows, loss.dClick(), 0, 1, dy, 0, width, false);
    value.backward(rows, loss.dValue(), 0, 1, dy, 0, width, true);
  }

  @Override
  public void close() {
    // nothing outside the heap
  }
}
