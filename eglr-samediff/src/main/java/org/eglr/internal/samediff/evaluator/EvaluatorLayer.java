package org.eglr.internal.samediff.evaluator;

import org.eglr.internal.samediff.Graph;
import org.eglr.internal.samediff.Sums;
import org.eglr.internal.samediff.TokenPairs;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A Transformer layer of the evaluator (eq. 8), forward and back: post-norm, with a ReLU
 * feed-forward part. T tokens of B lists, width d, h heads; x is [T * B, d], token after token, so
 * that heads are [T, B * h, d / h] without moving a value. Products of queries and keys are
 * products of whole arrays, summed: a batch of small matrix products is a loop in ND4J on a GPU.
 */
final class EvaluatorLayer {

  private final EvaluatorGraph graph;
  private final SameDiff sd;
  private final String prefix;
  private final int width;
  private final int headWidth;
  private final TokenPairs pairs;
  private SDVariable x;
  private SDVariable q;
  private SDVariable k;
  private SDVariable v;
  private SDVariable attention;
  private SDVariable mixed;
  private SDVariable first;
  private SDVariable hidden;
  private Graph.Normalised ln1;
  private Graph.Normalised ln2;

  EvaluatorLayer(EvaluatorGraph graph, String prefix, int width, int heads, TokenPairs pairs) {
    this.graph = graph;
    this.prefix = prefix;
    this.width = width;
    sd = graph.sd;
    headWidth = width / heads;
    this.pairs = pairs;
  }

  /** The layer's output. */
  SDVariable forward(SDVariable input) {
    x = input;
    q = heads(graph.linear(prefix + "q", x).mul(1 / Math.sqrt(headWidth)));
    k = heads(graph.linear(prefix + "k", x));
    v = heads(graph.linear(prefix + "v", x));
    SDVariable masked = pairs.products(k, q).add(sd.expandDims(graph.mask(), 1));
    attention = Sums.softmax(sd, masked, 0); // [keys, queries, B * h]
    mixed = pairs.sums(attention, v);
    ln1 = graph.normalised(prefix + "ln1", x.add(graph.linear(prefix + "o", mixed)), width);
    first = ln1.out();
    hidden = sd.nn().relu(graph.linear(prefix + "fc1", first), 0);
    ln2 = graph.normalised(prefix + "ln2", first.add(graph.linear(prefix + "fc2", hidden)), width);
    return ln2.out();
  }

  /** The gradient of the layer's input; those of its parameters become outputs of the graph. */
  SDVariable back(SDVariable dOut) {
    SDVariable dSecond = normalisedBack("ln2", dOut, ln2);
    SDVariable dHidden = linearBack("fc2", dSecond, hidden).mul(graph.on(hidden));
    SDVariable dFirst = linearBack("fc1", dHidden, first).add(dSecond);
    SDVariable dSum = normalisedBack("ln1", dFirst, ln1);
    SDVariable dMixed = heads(linearBack("o", dSum, mixed));
    SDVariable dDots = graph.softmaxBack(attention, pairs.products(v, dMixed));
    SDVariable dq = pairs.sums(dDots, k).mul(1 / Math.sqrt(headWidth));
    SDVariable dk = pairs.sums(turned(dDots), q);
    SDVariable dv = pairs.sums(turned(attention), dMixed);
    return dSum.add(linearBack("q", dq, x)).add(linearBack("k", dk, x)).add(linearBack("v", dv, x));
  }

  private SDVariable normalisedBack(String layer, SDVariable dOut, Graph.Normalised forward) {
    graph.gradient(prefix + layer + ".weight", graph.sumOfRows(dOut.mul(forward.unit())));
    graph.gradient(prefix + layer + ".bias", graph.sumOfRows(dOut));
    return graph.normalisedBack(prefix + layer, dOut, forward.unit(), forward.scale());
  }

  private SDVariable linearBack(String layer, SDVariable dOut, SDVariable input) {
    return graph.linearBack(prefix + layer, dOut, input);
  }

  private SDVariable heads(SDVariable rows) {
    return graph.heads(rows);
  }

  /** Keys and queries change places. */
  private SDVariable turned(SDVariable weights) {
    return sd.permute(weights, 1, 0, 2);
  }
}
