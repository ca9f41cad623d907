package org.eglr.internal.cpu;

import java.util.Arrays;
import java.util.List;
import org.eglr.decode.Decision;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.QueryUpdate;

/**
 * The decoder's attention in a list that is written already: its tokens pass the layer again, all
 * together. Decoding itself keeps no attention, so nobody pays who does not ask.
 */
public final class DecoderAttention {

  private static final Kernels K = Kernels.best();

  private final GeneratorNet net;
  private final TransformerLayer.Tape tape = new TransformerLayer.Tape();
  private final SelfAttention attention;
  private float[] weights = new float[0]; // of the last pass, [heads, T, row]
  private float[] tokens = new float[0]; // [T, d]
  private int count;

  /** With the generator's present weights. */
  public DecoderAttention(Architecture architecture, Weights generator) {
    net = new GeneratorNet(architecture, generator);
    attention = new SelfAttention(net.width, net.heads);
  }

  /**
   * The attention weights, [heads][T][T].
   *
   * @param z candidate vectors, row-major [pool, d]
   * @param decisions how the list was made, by the reasoning settings of this architecture
   */
  public float[][][] of(float[] z, int pool, List<Decision> decisions) {
    count = 0;
    append(new Candidates(z, 0, pool, net.width, null).sum, 0);
    for (int k = 0; k < decisions.size(); k++) {
      reason(z, decisions.get(k));
      if (k + 1 < decisions.size()) {
        append(z, decisions.get(k).chosen() * net.width);
      }
    }
    pass();
    return copy();
  }

  /** Appends the reasoning tokens before an item. */
  private void reason(float[] z, Decision decision) {
    float[] query = new float[net.width];
    for (int m = 0; m < decision.reasoningSteps(); m++) {
      float[] mixture = decision.attention()[m];
      if (mixture.length > 0) { // context-aware (section 4.3.1)
        append(mixed(z, mixture), 0);
        continue;
      }
      pass(); // a plain token is the query that the tokens so far lead to
      boolean residual = m > 0 && net.reasoning.query() == QueryUpdate.RESIDUAL;
      int last = (count - 1) * net.width;
      for (int i = 0; i < net.width; i++) {
        float y = tape.y[last + i];
        query[i] = residual ? (y + query[i]) * (float) Math.sqrt(0.5) : y;
      }
      append(query, 0);
    }
  }

  private float[] mixed(float[] z, float[] mixture) {
    float[] token = new float[net.width];
    for (int j = 0; j < mixture.length; j++) {
      K.addScaled(net.width, mixture[j], z, j * net.width, token, 0);
    }
    return token;
  }

  private void append(float[] from, int at) {
    if (tokens.length < (count + 1) * net.width) {
      tokens = Arrays.copyOf(tokens, 2 * (count + 1) * net.width);
    }
    System.arraycopy(from, at, tokens, count++ * net.width, net.width);
  }

  /** All tokens so far through the layer. */
  private void pass() {
    tape.fit(count, net.layer);
    System.arraycopy(net.input.positions(count), 0, tape.x, 0, count * net.width);
    net.input.addTokens(count, tokens, 0, tape.x, 0);
    net.layer.project(count, tape);
    weights = Buffers.fit(weights, attention.weights(count));
    attention.forward(count, true, tape.qkv, 0, weights, 0, tape.context, 0);
    net.layer.finish(count, tape);
  }

  private float[][][] copy() {
    int row = SelfAttention.row(count);
    float[][][] all = new float[net.heads][count][count];
    for (int h = 0; h < net.heads; h++) {
      for (int t = 0; t < count; t++) {
        System.arraycopy(weights, (h * count + t) * row, all[h][t], 0, t + 1);
      }
    }
    return all;
  }
}
