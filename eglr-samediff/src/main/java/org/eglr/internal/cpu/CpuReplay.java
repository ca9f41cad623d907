package org.eglr.internal.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.Request;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.PairScores;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.Reasoning;

/**
 * The gradient of fixed trajectories (eq. 10-13, 19) in plain Java, exact through the reasoning
 * tokens. Forward, all tokens of all lists pass the layer at once. Backward, each list goes from
 * its last token to its first, because a reasoning token hands its gradient to the scores it was
 * made of; at each step all lists that still have tokens go together. Rows are laid out in that
 * order: the last tokens of all lists, then those before them, and so on, with no padding.
 */
public final class CpuReplay implements ReplayEngine {

  private static final Kernels K = Kernels.best();

  private final Architecture architecture;
  private final Reasoning reasoning;
  private final boolean trainFeatures;
  private final int heads;
  private final int width;
  private FeatureNet features;
  private InputLayer input;
  private TransformerLayer[] layers; // one behind the other
  private float[] gain; // of reasoning: [d]; null without
  private PairScores pairs; // null without

  private final List<ReplayedList> lists = new ArrayList<>();
  private final TransformerLayer.Tape[] tapes;
  private final TransformerLayer.Back[] backs;
  private int[] starts; // first row of each step back
  private int[][] rowOf; // row of each token, list by list
  private float[] tokens = new float[0];
  private float[] dTokens = new float[0];
  private float[] hidden = new float[0];
  private float[] z;

  /** Takes over the generator's present weights. */
  public CpuReplay(Architecture architecture, Weights weights) {
    this(architecture, weights, architecture.settings().trainFeatures());
  }

  /**
   * @param trainFeatures whether candidates are given by their features, not by their vectors
   */
  CpuReplay(Architecture architecture, Weights weights, boolean trainFeatures) {
    this.architecture = architecture;
    reasoning = architecture.settings().reasoning();
    this.trainFeatures = trainFeatures;
    tapes = new TransformerLayer.Tape[architecture.settings().decoderLayers()];
    backs = new TransformerLayer.Back[tapes.length];
    Arrays.setAll(tapes, l -> new TransformerLayer.Tape());
    Arrays.setAll(backs, l -> new TransformerLayer.Back());
    heads = architecture.settings().heads();
    width = architecture.settings().width();
    update(weights);
  }

  @Override
  public void update(Weights weights) {
    pairs = PairScores.of(architecture, weights);
    features = trainFeatures ? new FeatureNet(weights) : null;
    input = new InputLayer(weights);
    layers = GeneratorNet.layers(architecture, weights);
    gain = reasoning.gated() ? weights.data(Architecture.GAIN).clone() : null;
  }

  @Override
  public Result gradient(ReplayBatch batch, float[] candidates, PolicyLoss loss) {
    vectors(batch, candidates);
    arrange(batch, loss);
    double value = forward(loss.renewed());
    double[][] choices = loss.plain() ? null : choices();
    Gradients gradients = new Gradients();
    backward(gradients);
    return new Result(
        value,
        gradients.values(),
        trainFeatures ? featuresBack(batch, candidates, gradients) : null,
        choices);
  }

  @Override
  public double[][] choices(ReplayBatch batch, float[] candidates) {
    vectors(batch, candidates);
    arrange(batch, PolicyLoss.ON_POLICY);
    forward(true);
    return choices();
  }

  /**
   * The attention of a batch's only list, its reasoning made anew: [layers * heads][T][T], the
   * first layer's heads first.
   */
  float[][][] attention(ReplayBatch batch, float[] candidates) {
    vectors(batch, candidates);
    arrange(batch, PolicyLoss.ON_POLICY);
    forward(true);
    return Arrays.stream(lists.get(0).layers)
        .flatMap(layer -> Arrays.stream(layer.weights()))
        .toArray(float[][][]::new);
  }

  /** The choices' log-probabilities, in the batch's order. */
  private double[][] choices() {
    double[][] choices = new double[rowOf.length][];
    for (int b = 0; b < choices.length; b++) {
      choices[lists.get(b).number] = lists.get(b).choices();
    }
    return choices;
  }

  private void vectors(ReplayBatch batch, float[] candidates) {
    int items = batch.requests() * batch.pool();
    z = candidates;
    if (trainFeatures) {
      hidden = Buffers.fit(hidden, items * features.hiddenWidth());
      z = new float[items * width];
      features.apply(items, candidates, hidden, z);
    }
  }

  /** Sorts the lists, the longest first, and lays out their rows. */
  private void arrange(ReplayBatch batch, PolicyLoss loss) {
    Candidates[] candidates = new Candidates[batch.requests()];
    for (int r = 0; r < candidates.length; r++) {
      Request asked = pairs == null ? null : batch.asked().get(r);
      candidates[r] =
          new Candidates(z, r * batch.pool() * width, batch.pools()[r], width, pairs, asked);
    }
    int count = batch.lists().size();
    while (lists.size() < count) {
      lists.add(new ReplayedList(reasoning, width, heads, layers.length));
    }
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingInt(b -> -batch.lists().get(b).length()))
            .mapToInt(Integer::intValue)
            .toArray();
    int longest = batch.lists().get(order[0]).length();
    int[] going = new int[longest]; // lists that have a token at this step back
    rowOf = new int[count][];
    for (int b = 0; b < count; b++) {
      int of = order[b];
      ReplayedList list = lists.get(b);
      list.start(batch.lists().get(of), batch.coefficient()[of], candidates[of / batch.group()]);
      list.minimise(loss, of);
      for (int i = 0; i < list.tokens; i++) {
        going[i]++;
      }
    }
    starts = new int[longest + 1];
    for (int i = 0; i < longest; i++) {
      starts[i + 1] = starts[i] + going[i];
    }
    for (int b = 0; b < count; b++) {
      int length = lists.get(b).tokens;
      rowOf[b] = new int[length];
      for (int t = 0; t < length; t++) {
        rowOf[b][t] = starts[length - 1 - t] + b;
      }
    }
  }

  private int rows() {
    return starts[starts.length - 1];
  }

  /**
   * @param renewed whether reasoning tokens are made anew: each pass makes one more of a list right
   */
  private double forward(boolean renewed) {
    double loss = pass();
    if (renewed) {
      for (int left = starts.length; renew() && left > 0; left--) {
        loss = pass();
      }
    }
    return loss;
  }

  /** Puts the reasoning tokens that the last pass made in the place of its own. */
  private boolean renew() {
    boolean changed = false;
    for (int b = 0; b < rowOf.length; b++) {
      changed |= lists.get(b).renew();
    }
    return changed;
  }

  private double pass() {
    int rows = rows();
    tokens = Buffers.fit(tokens, rows * width);
    TransformerLayer.Tape tape = tapes[0];
    tape.fit(rows, layers[0]);
    float[] positions = input.positions(starts.length - 1);
    for (int b = 0; b < rowOf.length; b++) {
      lists.get(b).writeTokens(tokens, rowOf[b]);
      for (int t = 0; t < rowOf[b].length; t++) {
        int place = lists.get(b).place[t];
        System.arraycopy(positions, place * width, tape.x, rowOf[b][t] * width, width);
      }
    }
    input.addTokens(rows, tokens, 0, tape.x, 0);
    for (int l = 0; l < layers.length; l++) {
      if (l > 0) {
        tapes[l].fit(rows, layers[l]);
        System.arraycopy(tapes[l - 1].y, 0, tapes[l].x, 0, rows * width);
      }
      layer(l, rows);
    }
    double loss = 0;
    for (int b = 0; b < rowOf.length; b++) {
      loss += lists.get(b).decide(output(), rowOf[b], gain);
    }
    return loss;
  }

  /** A layer's output from its input (eq. 11). */
  private void layer(int l, int rows) {
    TransformerLayer.Tape tape = tapes[l];
    layers[l].project(rows, tape);
    for (int b = 0; b < rowOf.length; b++) {
      ReplayedAttention list = lists.get(b).layers[l];
      int[] row = rowOf[b];
      for (int t = 0; t < row.length; t++) {
        System.arraycopy(tape.qkv, row[t] * 3 * width, list.qkv, t * 3 * width, 3 * width);
      }
      list.attend(lists.get(b).until());
      for (int t = 0; t < row.length; t++) {
        System.arraycopy(list.context, t * width, tape.context, row[t] * width, width);
      }
    }
    layers[l].finish(rows, tape);
  }

  /** The decoder's outputs: those of the last layer. */
  private float[] output() {
    return tapes[tapes.length - 1].y;
  }

  private void backward(Gradients into) {
    int rows = rows();
    int last = layers.length - 1;
    TransformerLayer.Gradient[] gradients = new TransformerLayer.Gradient[layers.length];
    for (int l = 0; l <= last; l++) {
      gradients[l] = layers[l].new Gradient(backs[l]);
      backs[l].fit(rows, layers[l]);
    }
    InputLayer.Gradient inputs = input.new Gradient();
    dTokens = Buffers.fit(dTokens, rows * width);
    for (int b = 0; b < rowOf.length; b++) {
      lists.get(b).startBack();
    }
    for (int i = 0; i + 1 < starts.length; i++) {
      int from = starts[i];
      int going = starts[i + 1] - from;
      int before = i == 0 ? 0 : starts[i - 1]; // rows of the tokens behind
      for (int b = 0; b < going; b++) {
        int t = lists.get(b).tokens - 1 - i;
        int at = (from + b) * width;
        lists
            .get(b)
            .decisionBack(t, output(), gain, dTokens, (before + b) * width, backs[last].dy, at);
      }
      for (int l = last; l >= 0; l--) {
        gradients[l].toContext(going, from, tapes[l]);
        for (int b = 0; b < going; b++) {
          int t = lists.get(b).tokens - 1 - i;
          lists.get(b).layers[l].backward(t, backs[l].dContext, backs[l].dQkv, from + b);
        }
        gradients[l].toInput(going, from);
        if (l > 0) { // later tokens have handed back all that they do through this layer
          System.arraycopy(backs[l].dx, from * width, backs[l - 1].dy, from * width, going * width);
        }
      }
      float[] dx = backs[0].dx;
      input.backward(going, dx, from * width, dTokens, from * width);
      for (int b = 0; b < going; b++) {
        int t = lists.get(b).tokens - 1 - i;
        inputs.addPosition(lists.get(b).place[t], dx, (from + b) * width);
      }
    }
    inputs.addTokens(rows, tokens, 0, backs[0].dx, 0);
    inputs.collect(into);
    for (int l = 0; l <= last; l++) {
      gradients[l].addMatrices(rows, tapes[l]);
      gradients[l].collect(into);
    }
    if (pairs != null) {
      double[] sum = pairs.gradient();
      for (int b = 0; b < rowOf.length; b++) {
        lists.get(b).pairsBack(sum);
      }
      into.put(PairScores.NAME, sum);
    }
    if (gain != null) {
      float[] sum = new float[width];
      for (int b = 0; b < rowOf.length; b++) {
        K.addScaled(width, 1, lists.get(b).dGain, 0, sum, 0);
      }
      into.put(Architecture.GAIN, sum, 0, width);
    }
  }

  private double[] featuresBack(ReplayBatch batch, float[] x, Gradients into) {
    float[] dz = new float[z.length];
    for (int b = 0; b < rowOf.length; b++) {
      lists.get(b).candidatesBack(dTokens, rowOf[b], dz);
    }
    int items = batch.requests() * batch.pool();
    float[] dx = new float[items * features.inputWidth()];
    FeatureNet.Gradient net = features.new Gradient();
    net.backward(items, x, hidden, dz, dx);
    net.collect(into);
    double[] wide = new double[dx.length];
    Arrays.setAll(wide, i -> dx[i]);
    return wide;
  }

  @Override
  public void close() {
    // nothing outside the heap
  }
}
