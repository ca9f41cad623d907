package org.eglr.rerank;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eglr.internal.samediff.Sums;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The layers that re-rankers are made of, each defined once. B lists have N candidates each; an
 * array by row is [B * N, width], that of candidate n of list b in row b * N + n. A layer of the
 * same name has the same parameters wherever it is used. All are made of operations whose gradient
 * SameDiff gets right; not so are its {@code gather}, {@code logSoftmax} over a dimension, {@code
 * cumsum}, {@code logSumExp}, {@code preciseGelu} and {@code scatterAdd}.
 */
public interface Layers {

  /** The graph, for operations that are not here. */
  SameDiff sd();

  /** Of all arrays: FLOAT, or DOUBLE where gradients are checked. */
  DataType type();

  /** Lists that pass the graph together, B. */
  int batch();

  /** Candidates of each list, N. */
  int pool();

  /**
   * A parameter; the same one whenever its name is asked for.
   *
   * @throws IllegalArgumentException if it was asked for in another shape
   */
  SDVariable parameter(String name, Start start, int... shape);

  /** Something that is computed once in a graph, however often its name is asked for. */
  SDVariable once(String name, Supplier<SDVariable> make);

  /**
   * What was computed under a name before.
   *
   * @throws IllegalStateException if nothing was
   */
  SDVariable known(String name);

  // ---- layers of rows

  /** x W^T + b: [rows, in] to [rows, out]; begins uniform within ±1/sqrt(in). */
  default SDVariable dense(String name, SDVariable x, int in, int out) {
    Start start = Start.uniform(1 / Math.sqrt(in));
    return times(x, parameter(name + ".weight", start, out, in))
        .add(parameter(name + ".bias", start, out));
  }

  /** x W^T, without a bias: [rows, in] to [rows, out]. */
  default SDVariable product(String name, SDVariable x, int in, int out) {
    return times(x, parameter(name + ".weight", Start.uniform(1 / Math.sqrt(in)), out, in));
  }

  private SDVariable times(SDVariable x, SDVariable weight) {
    return sd().mmul(x, weight, false, true, false);
  }

  /** Dense layers with max(x, 0) after each: [rows, widths[0]] to [rows, last width]. */
  default SDVariable mlp(String name, SDVariable x, int... widths) {
    SDVariable hidden = x;
    for (int layer = 1; layer < widths.length; layer++) {
      hidden = relu(dense(name + "." + layer, hidden, widths[layer - 1], widths[layer]));
    }
    return hidden;
  }

  /** Layer normalisation of rows with epsilon 1e-5 (Ba et al., 2016). */
  default SDVariable layerNorm(String name, SDVariable x, int width) {
    // Products with constants: ND4J's way back through broadcasting takes several times as long.
    SDVariable mean =
        once(
            "layers.mean." + width,
            () -> constant(Nd4j.eye(width).castTo(type()).assign(1.0 / width)));
    SDVariable centred = x.sub(sd().mmul(x, mean));
    SDVariable variance = sd().mmul(centred.mul(centred), mean);
    SDVariable unit = centred.mul(sd().math().rsqrt(variance.add(1e-5)));
    SDVariable gain =
        once(
            name + ".gain",
            () -> {
              SDVariable eye = constant(Nd4j.eye(width).castTo(type()));
              return eye.mul(parameter(name + ".weight", Start.constant(1), width));
            });
    return sd().mmul(unit, gain).add(parameter(name + ".bias", Start.constant(0), width));
  }

  /** max(x, 0), as a product with a mask: cheaper than ND4J's relu and its way back. */
  default SDVariable relu(SDVariable x) {
    return x.mul(sd().gt(x, 0).castTo(type()));
  }

  /** Twice the logistic function of 2x, minus 1: ND4J's own takes two and a half times as long. */
  default SDVariable tanh(SDVariable x) {
    return sigmoid(x.mul(2)).mul(2).sub(1);
  }

  /** log(1 + e^x), also where e^x is no number. */
  default SDVariable softplus(SDVariable x) {
    SDVariable small = sd().math().exp(sd().math().neg(sd().math().abs(x)));
    return relu(x).add(sd().math().log(small.add(1)));
  }

  // ---- recurrence

  /**
   * A step of a gated recurrent unit (Cho et al., 2014), with the reset gate after the product, as
   * cuDNN and PyTorch have it: h' = (1 - z) n + z h.
   *
   * @param x [B, in]
   * @param h [B, width]
   */
  default SDVariable gru(String name, SDVariable x, SDVariable h, int in, int width) {
    return gru(name, dense(name + ".x", x, in, 3 * width), h, width);
  }

  private SDVariable gru(String name, SDVariable fromX, SDVariable h, int width) {
    SDVariable fromH = dense(name + ".h", h, width, 3 * width);
    SDVariable gates = sigmoid(columns(fromX, 0, 2 * width).add(columns(fromH, 0, 2 * width)));
    SDVariable r = columns(gates, 0, width);
    SDVariable z = columns(gates, width, width);
    SDVariable n =
        tanh(columns(fromX, 2 * width, width).add(r.mul(columns(fromH, 2 * width, width))));
    return n.add(z.mul(h.sub(n)));
  }

  /**
   * A step of long short-term memory (Hochreiter and Schmidhuber, 1997; with a forget gate).
   *
   * @param x [B, in]
   * @param state output and cell, [B, width] each
   */
  default State lstm(String name, SDVariable x, State state, int in, int width) {
    return lstm(name, dense(name + ".x", x, in, 4 * width), state, width);
  }

  private State lstm(String name, SDVariable fromX, State state, int width) {
    SDVariable all = fromX.add(dense(name + ".h", state.get(0), width, 4 * width));
    SDVariable gates = sigmoid(columns(all, 0, 3 * width));
    SDVariable input = columns(gates, 0, width);
    SDVariable forget = columns(gates, width, width);
    SDVariable output = columns(gates, 2 * width, width);
    SDVariable news = tanh(columns(all, 3 * width, width));
    SDVariable cell = forget.mul(state.get(1)).add(input.mul(news));
    return State.of(output.mul(tanh(cell)), cell);
  }

  /**
   * A gated recurrent unit that reads a pool's candidates one after another, from zeros.
   *
   * @param x [B * N, in]
   * @param mask 1 for candidates, others are passed over: [B, N]
   * @param backwards whether the last candidate is read first
   * @return its state after each candidate, in the pool's order: [B * N, width]; and at the end
   */
  default Pass gru(
      String name, SDVariable x, SDVariable mask, int in, int width, boolean backwards) {
    SDVariable fromX = dense(name + ".x", x, in, 3 * width);
    State start = State.of(zeros(batch(), width));
    return pass(
        fromX,
        3 * width,
        start,
        mask,
        backwards,
        (own, state) -> State.of(gru(name, own, state.get(0), width)));
  }

  /** Long short-term memory that reads a pool's candidates in their order, from zeros. */
  default Pass lstm(String name, SDVariable x, SDVariable mask, int in, int width) {
    SDVariable fromX = dense(name + ".x", x, in, 4 * width);
    State start = State.of(zeros(batch(), width), zeros(batch(), width));
    return pass(
        fromX, 4 * width, start, mask, false, (own, state) -> lstm(name, own, state, width));
  }

  /**
   * What a recurrent layer leaves.
   *
   * @param outputs after each candidate: [B * N, width]
   * @param last the state at the end
   */
  record Pass(SDVariable outputs, State last) {}

  private Pass pass(
      SDVariable rows,
      int in,
      State start,
      SDVariable mask,
      boolean backwards,
      BiFunction<SDVariable, State, State> cell) {
    SDVariable lists = sd().reshape(rows, batch(), pool() * in);
    SDVariable[] outputs = new SDVariable[pool()];
    State state = start;
    for (int i = 0; i < pool(); i++) {
      int n = backwards ? pool() - 1 - i : i;
      State next = cell.apply(columns(lists, n * in, in), state);
      state = state.blend(columns(mask, n, 1), next);
      outputs[n] = state.get(0);
    }
    return new Pass(sd().reshape(sd().concat(1, outputs), batch() * pool(), -1), state);
  }

  private SDVariable sigmoid(SDVariable x) {
    return sd().nn().sigmoid(x);
  }

  /** Some columns of an array with a row a list: [B, ..] to [B, count]. */
  default SDVariable columns(SDVariable x, int from, int count) {
    return sd().slice(x, new int[] {0, from}, batch(), count);
  }

  // ---- attention

  /**
   * Multi-head attention (Vaswani et al., 2017) with its four products, without residual.
   *
   * @param queries [B * Q, width]
   * @param keys what is looked at: [B * S, width]
   * @param mask 1 where there is something to look at: [B, S]
   * @param width a multiple of the heads
   * @return [B * Q, width]
   */
  default SDVariable attention(
      String name, SDVariable queries, SDVariable keys, SDVariable mask, int width, int heads) {
    SDVariable k = dense(name + ".k", keys, width, width);
    SDVariable v = dense(name + ".v", keys, width, width);
    return attention(name, queries, k, v, mask, width, heads);
  }

  /**
   * The same with keys and values that are there already, by products "NAME.k" and "NAME.v".
   *
   * @param mask null: all may be looked at
   */
  default SDVariable attention(
      String name,
      SDVariable queries,
      SDVariable keys,
      SDVariable values,
      SDVariable mask,
      int width,
      int heads) {
    int each = width / heads;
    SDVariable q = heads(dense(name + ".q", queries, width, width), heads, each);
    SDVariable k = heads(keys, heads, each);
    SDVariable v = heads(values, heads, each);
    SDVariable scores =
        sd().mmul(q, k, false, true, false).mul(1 / Math.sqrt(each)); // [B, heads, Q, S]
    if (mask != null) {
      scores = scores.add(sd().reshape(mask.sub(1).mul(MASKED), batch(), 1, 1, -1));
    }
    SDVariable weights = Sums.softmaxOfLast(sd(), scores, 4);
    SDVariable mixed = sd().permute(sd().mmul(weights, v), 0, 2, 1, 3);
    return dense(name + ".o", sd().reshape(mixed, -1, width), width, width);
  }

  private SDVariable heads(SDVariable x, int heads, int each) {
    return sd().permute(sd().reshape(x, batch(), -1, heads, each), 0, 2, 1, 3);
  }

  /**
   * A layer of a Transformer encoder: attention of a pool's candidates to each other, a
   * feed-forward part, each with residual and layer normalisation behind.
   *
   * @param x [B * N, width]
   * @param mask 1 for candidates: [B, N]
   */
  default SDVariable encoderLayer(
      String name, SDVariable x, SDVariable mask, int width, int heads, int feedForward) {
    return attentionLayer(name, x, x, mask, width, heads, feedForward);
  }

  /**
   * The same where what is looked at is something else.
   *
   * @param x who looks: [B * Q, width]
   * @param keys what is looked at: [B * S, width]
   * @param mask 1 where there is something to look at: [B, S]
   */
  default SDVariable attentionLayer(
      String name,
      SDVariable x,
      SDVariable keys,
      SDVariable mask,
      int width,
      int heads,
      int feedForward) {
    return residual(name, x, attention(name, x, keys, mask, width, heads), width, feedForward);
  }

  /** What follows attention in such a layer: residual, feed-forward part, and normalisation. */
  default SDVariable residual(
      String name, SDVariable x, SDVariable seen, int width, int feedForward) {
    SDVariable attended = layerNorm(name + ".ln1", x.add(seen), width);
    SDVariable hidden = relu(dense(name + ".fc1", attended, width, feedForward));
    return layerNorm(
        name + ".ln2", attended.add(dense(name + ".fc2", hidden, feedForward, width)), width);
  }

  /**
   * A pointer (Vinyals et al., 2015): v · tanh(W1 e + W2 d) for each candidate. A pointer of one
   * name has one set of candidates, whose part is computed once.
   *
   * @param candidates e: [B * N, in]
   * @param query d: [B, queryWidth]
   * @return [B, N]
   */
  default SDVariable pointer(
      String name, SDVariable candidates, SDVariable query, int in, int queryWidth, int width) {
    SDVariable own =
        once(name + ".candidates", () -> product(name + ".candidates", candidates, in, width));
    SDVariable both = own.add(each(dense(name + ".query", query, queryWidth, width)));
    return byList(product(name + ".v", tanh(both), width, 1));
  }

  /**
   * The scaled dot product of each candidate with a list's vector: [B, N].
   *
   * @param candidates [B * N, width]
   * @param query [B, width]
   */
  default SDVariable match(SDVariable candidates, SDVariable query, int width) {
    SDVariable one = sd().reshape(query, batch(), 1, width);
    SDVariable all = sd().reshape(candidates, batch(), pool(), width);
    return byList(sd().mmul(one, all, false, true, false)).mul(1 / Math.sqrt(width));
  }

  /**
   * Sines and cosines of a position (Vaswani et al., 2017): [1, width].
   *
   * @param position from 0
   */
  default SDVariable sinusoid(int position, int width) {
    double[] values = new double[width];
    for (int i = 0; i < width; i++) {
      double angle = position / Math.pow(10_000, (i - i % 2) / (double) width);
      values[i] = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
    }
    return constant(Nd4j.create(values, new long[] {1, width}, 'c').castTo(type()));
  }

  // ---- between lists and candidates

  /** A number of each candidate, by list: [B * N, 1] to [B, N]. */
  default SDVariable byList(SDVariable x) {
    return sd().reshape(x, batch(), pool());
  }

  /** A list's row for each of its candidates: [B, width] to [B * N, width]. */
  default SDVariable each(SDVariable x) {
    // A product with ones takes a part of the time of ND4J's broadcasting and its way back.
    SDVariable ones = once("layers.each", () -> ones(batch(), pool(), 1));
    return sd().reshape(sd().mmul(ones, sd().reshape(x, batch(), 1, -1)), batch() * pool(), -1);
  }

  /**
   * Sums of candidates' rows: the chosen one's where weights are 1 and 0.
   *
   * @param weights [B, N]
   * @param rows [B * N, width]
   * @return [B, width]
   */
  default SDVariable weighted(SDVariable weights, SDVariable rows, int width) {
    SDVariable one = sd().reshape(weights, batch(), 1, pool());
    SDVariable all = sd().reshape(rows, batch(), pool(), width);
    return sd().reshape(sd().mmul(one, all), batch(), width);
  }

  /**
   * 1 at the largest of each row, the first of equals: [B, width]. Nothing is learned through it.
   */
  default SDVariable largest(SDVariable x, int width) {
    SDVariable order =
        once(
            "layers.falling." + width,
            () -> {
              double[] falling = IntStream.range(0, width).mapToDouble(i -> width - i).toArray();
              return constant(Nd4j.create(falling, new long[] {1, width}, 'c').castTo(type()));
            });
    SDVariable first = sd().eq(x, sd().max(x, true, 1)).castTo(type()).mul(order);
    return sd().eq(first, sd().max(first, true, 1)).castTo(type());
  }

  // ---- probabilities

  /** What is added to the score of something that is not to be chosen. */
  double MASKED = 1e9;

  /** Scores where a mask is 1, out of reach where it is 0: [B, N]. */
  default SDVariable masked(SDVariable scores, SDVariable mask) {
    return scores.add(mask.sub(1).mul(MASKED));
  }

  /** Logarithms of shares, along the second dimension: [B, N]. */
  default SDVariable logSoftmax(SDVariable x) {
    SDVariable below = x.sub(sd().max(x, true, 1));
    return below.sub(sd().math().log(sd().sum(sd().math().exp(below), true, 1)));
  }

  /**
   * A constant. ND4J M1.1 differentiates none that is used twice, but a variable, which this is.
   */
  default SDVariable constant(INDArray value) {
    return sd().var("constant." + sd().variables().size(), value);
  }

  /** A constant of ones. */
  default SDVariable ones(int... shape) {
    long[] longs = Arrays.stream(shape).asLongStream().toArray();
    return constant(Nd4j.ones(type(), longs));
  }

  /** A constant of zeros. */
  default SDVariable zeros(int... shape) {
    long[] longs = Arrays.stream(shape).asLongStream().toArray();
    return constant(Nd4j.zeros(type(), longs));
  }
}
