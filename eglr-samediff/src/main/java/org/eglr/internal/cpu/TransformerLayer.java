package org.eglr.internal.cpu;

import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.Weights;

/**
 * A Transformer layer, post-norm with a ReLU feed-forward part, with the weights as they were when
 * it was made. Everything but attention works on single rows.
 */
final class TransformerLayer {

  private static final Kernels K = Kernels.best();

  final int width;
  final int heads;
  final int headWidth;
  final int feedForward;
  final Linear queryKeyValue;
  final Linear output;
  final LayerNorm norm1;
  final Linear expand;
  final Linear contract;
  final LayerNorm norm2;

  TransformerLayer(Weights weights, String prefix, int heads) {
    this.heads = heads;
    queryKeyValue = new Linear(weights, prefix + "q", prefix + "k", prefix + "v");
    output = new Linear(weights, prefix + "o");
    norm1 = new LayerNorm(weights, prefix + "ln1");
    expand = new Linear(weights, prefix + "fc1");
    contract = new Linear(weights, prefix + "fc2");
    norm2 = new LayerNorm(weights, prefix + "ln2");
    width = output.out;
    headWidth = width / heads;
    feedForward = expand.out;
  }

  /** The values a pass leaves behind for the gradient, row by row. */
  static final class Tape {
    float[] x = new float[0];
    float[] qkv = new float[0];
    float[] context = new float[0]; // the heads' mixed values
    float[] hat1 = new float[0];
    float[] inverse1 = new float[0];
    float[] middle = new float[0];
    float[] hidden = new float[0];
    float[] hat2 = new float[0];
    float[] inverse2 = new float[0];
    float[] y = new float[0];
    float[] kept1; // factors of attention's and the feed-forward part's output; null: no dropout
    float[] kept2;

    /** Makes room; x must be written afterwards. */
    void fit(int rows, TransformerLayer layer) {
      int d = layer.width;
      x = Buffers.fit(x, rows * d);
      qkv = Buffers.fit(qkv, rows * 3 * d);
      context = Buffers.fit(context, rows * d);
      hat1 = Buffers.fit(hat1, rows * d);
      inverse1 = Buffers.fit(inverse1, rows);
      middle = Buffers.fit(middle, rows * d);
      hidden = Buffers.fit(hidden, rows * layer.feedForward);
      hat2 = Buffers.fit(hat2, rows * d);
      inverse2 = Buffers.fit(inverse2, rows);
      y = Buffers.fit(y, rows * d);
    }
  }

  /** Queries, keys and values of rows 0 to rows - 1 of x. */
  void project(int rows, Tape t) {
    queryKeyValue.apply(rows, t.x, 0, width, t.qkv, 0, 3 * width);
  }

  /** What follows attention: y from x and the mixed values. */
  void finish(int rows, Tape t) {
    output.apply(rows, t.context, 0, width, t.hat1, 0, width);
    drop(rows, t.kept1, t.hat1, t.hat1);
    K.addScaled(rows * width, 1, t.x, 0, t.hat1, 0);
    norm1.apply(rows, 0, t.hat1, t.hat1, t.inverse1, t.middle);
    expand.apply(rows, t.middle, 0, width, t.hidden, 0, feedForward);
    K.relu(rows * feedForward, t.hidden, 0);
    contract.apply(rows, t.hidden, 0, feedForward, t.hat2, 0, width);
    drop(rows, t.kept2, t.hat2, t.hat2);
    K.addScaled(rows * width, 1, t.middle, 0, t.hat2, 0);
    norm2.apply(rows, 0, t.hat2, t.hat2, t.inverse2, t.y);
  }

  private void drop(int rows, float[] kept, float[] from, float[] to) {
    if (kept != null) {
      for (int i = 0; i < rows * width; i++) {
        to[i] = kept[i] * from[i];
      }
    }
  }

  /** A pass back: gradients by row. */
  static final class Back {
    float[] dy = new float[0]; // given
    float[] dContext = new float[0];
    float[] dQkv = new float[0]; // given between the two ways back
    float[] dx = new float[0];
    private float[] sum2 = new float[0]; // gradient of what norm2 normalises
    private float[] sum1 = new float[0];
    private float[] part2 = sum2; // what of it goes into the part that was added; or sum2 itself
    private float[] part1 = sum1;
    private float[] dHidden = new float[0];
    private float[] dMiddle = new float[0];

    void fit(int rows, TransformerLayer layer) {
      int d = layer.width;
      dy = Buffers.fit(dy, rows * d);
      dContext = Buffers.fit(dContext, rows * d);
      dQkv = Buffers.fit(dQkv, rows * 3 * d);
      dx = Buffers.fit(dx, rows * d);
      sum2 = Buffers.fit(sum2, rows * d);
      sum1 = Buffers.fit(sum1, rows * d);
      dHidden = Buffers.fit(dHidden, rows * layer.feedForward);
      dMiddle = Buffers.fit(dMiddle, rows * d);
    }
  }

  /** Gradients of the layer's parameters, which a pass back sums. */
  final class Gradient {

    private final Linear.Gradient queryKeyValues = queryKeyValue.new Gradient();
    private final Linear.Gradient outputs = output.new Gradient();
    private final LayerNorm.Gradient norms1 = norm1.new Gradient();
    private final Linear.Gradient expands = expand.new Gradient();
    private final Linear.Gradient contracts = contract.new Gradient();
    private final LayerNorm.Gradient norms2 = norm2.new Gradient();
    private final Back back;

    Gradient(Back back) {
      this.back = back;
    }

    /** From dy to the gradient of attention's output, for some rows. */
    void toContext(int rows, int from, Tape t) {
      int at = from * width;
      int hiddenAt = from * feedForward;
      norms2.backward(rows, from, t.hat2, t.inverse2, back.dy, back.sum2);
      back.part2 = t.kept2 == null ? back.sum2 : Buffers.fit(new float[0], back.sum2.length);
      drop(rows, t.kept2, back.sum2, back.part2);
      contract.backward(rows, back.part2, at, width, back.dHidden, hiddenAt, feedForward, false);
      K.reluGradient(rows * feedForward, t.hidden, hiddenAt, back.dHidden, hiddenAt);
      System.arraycopy(back.sum2, at, back.dMiddle, at, rows * width);
      expand.backward(rows, back.dHidden, hiddenAt, feedForward, back.dMiddle, at, width, true);
      norms1.backward(rows, from, t.hat1, t.inverse1, back.dMiddle, back.sum1);
      back.part1 = t.kept1 == null ? back.sum1 : Buffers.fit(new float[0], back.sum1.length);
      drop(rows, t.kept1, back.sum1, back.part1);
      output.backward(rows, back.part1, at, width, back.dContext, at, width, false);
    }

    /** From the gradient of queries, keys and values to dx, for some rows. */
    void toInput(int rows, int from) {
      int at = from * width;
      System.arraycopy(back.sum1, at, back.dx, at, rows * width);
      queryKeyValue.backward(rows, back.dQkv, 3 * at, 3 * width, back.dx, at, width, true);
    }

    /** Sums the gradients of matrices, once all rows went back. */
    void addMatrices(int rows, Tape t) {
      queryKeyValues.add(rows, t.x, 0, width, back.dQkv, 0, 3 * width);
      outputs.add(rows, t.context, 0, width, back.part1, 0, width);
      expands.add(rows, t.middle, 0, width, back.dHidden, 0, feedForward);
      contracts.add(rows, t.hidden, 0, feedForward, back.part2, 0, width);
    }

    void collect(Gradients into) {
      queryKeyValues.collect(into);
      outputs.collect(into);
      norms1.collect(into);
      expands.collect(into);
      contracts.collect(into);
      norms2.collect(into);
    }
  }
}
