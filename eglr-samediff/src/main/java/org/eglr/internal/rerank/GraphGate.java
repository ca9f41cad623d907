package org.eglr.internal.rerank;

import org.eglr.internal.check.Setting;
import org.eglr.reasoning.Gate;
import org.eglr.rerank.ModelGraph;
import org.nd4j.autodiff.samediff.SDVariable;

/** The gates that a graph can ask for all lists at once. */
public final class GraphGate {

  private GraphGate() {}

  /** Refuses a gate that looks at more than the entropy and the position. */
  public static void require(Gate gate) {
    Setting.require(
        gate instanceof Gate.Entropy
            || gate instanceof Gate.RelativeEntropy
            || gate instanceof Gate.Always
            || gate instanceof Gate.Never
            || gate instanceof Gate.Positions,
        "gate",
        gate.describe(),
        "entropy, relative entropy, always, never or positions, where reasoning is put into"
            + " another decoder than EGLR's");
  }

  /**
   * Whether each list reasons before a choice: 1 or 0, [B, 1].
   *
   * @param k place, from 0
   * @param entropy in nats: [B]
   * @param open 1 where a candidate remains: [B, N]
   */
  static SDVariable of(ModelGraph g, Gate gate, int k, SDVariable entropy, SDVariable open) {
    SDVariable nats = g.sd().reshape(entropy, g.batch(), 1);
    if (gate instanceof Gate.Entropy threshold) {
      return above(g, nats, threshold.nats());
    }
    if (gate instanceof Gate.RelativeEntropy threshold) {
      SDVariable left = g.sd().sum(open, true, 1);
      SDVariable most = g.sd().math().log(left.add(g.sd().lt(left, 2).castTo(g.type())));
      return above(g, nats.sub(most.mul(threshold.share())), 0);
    }
    boolean reasons =
        gate instanceof Gate.Always
            || gate instanceof Gate.Positions some && some.positions().contains(k + 1);
    return reasons ? g.ones(g.batch(), 1) : g.zeros(g.batch(), 1);
  }

  private static SDVariable above(ModelGraph g, SDVariable x, double bound) {
    return g.sd().gt(x, bound).castTo(g.type());
  }
}
