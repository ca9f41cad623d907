package org.eglr.internal.cpu;

import java.util.List;
import org.eglr.data.Request;
import org.eglr.decode.Decision;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.ReasoningToken;

/**
 * The decoder's attention in a list that is written already: its tokens pass the layers again, all
 * together. Decoding itself keeps no attention, so nobody pays who does not ask.
 */
public final class DecoderAttention {

  private final Architecture architecture;
  private final Weights generator;

  /** With the generator's present weights. */
  public DecoderAttention(Architecture architecture, Weights generator) {
    this.architecture = architecture;
    this.generator = generator;
  }

  /**
   * The attention weights, [layers * heads][T][T], the first layer's heads first.
   *
   * @param request whose list it is
   * @param z its candidates' vectors, row-major [pool, d]
   * @param identity of the request, which reasoning tokens of noise are drawn by
   * @param decisions how the list was made, by the reasoning settings of this architecture
   */
  public float[][][] of(Request request, float[] z, long identity, List<Decision> decisions) {
    int pool = request.pool();
    int[] order = decisions.stream().mapToInt(Decision::chosen).toArray();
    int[] steps = decisions.stream().mapToInt(Decision::reasoningSteps).toArray();
    double[] none = new double[order.length];
    Trajectory list = new Trajectory(order, steps, tokens(steps, identity), none, none, 0);
    ReplayBatch batch =
        new ReplayBatch(
            pool, new int[] {pool}, 1, List.of(request), List.of(list), new double[] {1});
    try (CpuReplay replay = new CpuReplay(architecture, generator, false)) {
      return replay.attention(batch, z);
    }
  }

  /** Reasoning tokens to begin with; all but noise are made anew from what came before them. */
  private float[] tokens(int[] steps, long identity) {
    int width = architecture.settings().width();
    int all = 0;
    for (int count : steps) {
      all += count;
    }
    float[] tokens = new float[all * width];
    if (architecture.settings().reasoning().token() == ReasoningToken.NOISE) {
      for (int k = 0, token = 0; k < steps.length; k++) {
        for (int m = 0; m < steps[k]; m++, token++) {
          long stream = CounterRandom.stream(identity, k, m);
          for (int i = 0; i < width; i++) {
            tokens[token * width + i] = (float) CounterRandom.normal(stream, i);
          }
        }
      }
    }
    return tokens;
  }
}
