package org.eglr.rerank;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What re-rankers minimise, each defined once; all are of each list, [B]. Where clicks are looked
 * at, candidates that were not shown have no part: nobody knows whether they would be clicked.
 */
public final class Losses {

  private static final double TINY = 1e-10;

  private Losses() {}

  // ---- of scores [B, N]

  /** -Σ y log p, p the softmax over the shown candidates: PRM's, ListNet's for clicks. */
  public static SDVariable listwise(ModelGraph g, SDVariable scores) {
    SDVariable log = g.logSoftmax(g.masked(scores, g.shown()));
    return minus(g, g.sd().sum(g.clicks().mul(log), 1));
  }

  /**
   * DLCM's attention loss (Ai et al., 2018): with a the attention that clicks deserve, e^y over the
   * clicked ones, and b that of the scores, -Σ a log b + (1 - a) log(1 - b); 0 of a list without
   * clicks.
   */
  public static SDVariable attention(ModelGraph g, SDVariable scores) {
    SDVariable clicks = g.clicks();
    SDVariable count = g.sd().sum(clicks, true, 1);
    SDVariable a = clicks.div(count.add(TINY));
    SDVariable log = g.logSoftmax(g.masked(scores, g.shown()));
    SDVariable b = g.sd().math().exp(log);
    SDVariable other = g.sd().math().log(b.mul(-1).add(1 + TINY));
    SDVariable each = a.mul(log).add(g.shown().sub(a).mul(other));
    SDVariable any = g.sd().gt(count, 0).castTo(g.type());
    return minus(g, g.sd().sum(each.mul(any), 1));
  }

  /** Log-loss of each click by itself (eq. 15), the mean over the shown candidates. */
  public static SDVariable pointwise(ModelGraph g, SDVariable scores) {
    SDVariable each = g.softplus(scores).sub(g.clicks().mul(scores));
    SDVariable shown = g.shown();
    return g.sd().sum(each.mul(shown), 1).div(g.sd().sum(shown, 1));
  }

  // ---- of a list's choices

  /** -Σ log π of the items that were chosen: learns to write such lists. */
  public static SDVariable imitation(ModelGraph g, Steps steps) {
    return minus(g, steps.sum(k -> steps.chosenLog(g, k)));
  }

  /**
   * Seq2Slate's cross-entropy (Bello et al., 2019): at each step the share of every clicked item
   * that is not yet in the list should be the same; later steps count less, by 1 / log2(k + 1).
   */
  public static SDVariable stepCrossEntropy(ModelGraph g, Steps steps) {
    return minus(
        g,
        steps.sum(
            k -> {
              SDVariable left = g.clicks().mul(steps.remaining().get(k));
              SDVariable target = left.div(g.sd().sum(left, true, 1).add(TINY));
              return g.sd().sum(target.mul(steps.log().get(k)), 1).mul(discount(k));
            }));
  }

  /**
   * Seq2Slate's hinge loss: at each step the clicked item with the least score should be 1 above
   * the best of the others; steps without both kinds do not count, later ones less, by 1 / log2(k +
   * 1).
   */
  public static SDVariable stepHinge(ModelGraph g, Steps steps) {
    return steps.sum(
        k -> {
          SDVariable remaining = steps.remaining().get(k);
          SDVariable clicked = g.clicks().mul(remaining);
          SDVariable others = remaining.sub(clicked);
          // Taken candidates are far below all: turned round, they would be far above.
          SDVariable logits = steps.logits().get(k).mul(remaining);
          SDVariable least = minus(g, g.sd().max(g.masked(minus(g, logits), clicked), 1));
          SDVariable best = g.sd().max(g.masked(logits, others), 1);
          SDVariable both = g.sd().max(clicked, 1).mul(g.sd().max(others, 1));
          // Without one kind the difference is some -1e9 or 1e9; it is taken out before it counts.
          SDVariable gap = best.sub(least).mul(both).add(both);
          return g.relu(gap).mul(discount(k));
        });
  }

  /** REINFORCE: -Σ w log π of the choices, w their {@link Credit}. */
  public static SDVariable policyGradient(ModelGraph g, Steps steps) {
    return minus(g, steps.sum(k -> steps.chosenLog(g, k).mul(steps.weights(k))));
  }

  /**
   * PPO (Schulman et al., 2017): -Σ min(r w, clamp(r, 1 - low, 1 + high) w), r the ratio of the
   * present probability to that when the list was drawn.
   *
   * @param low above 0, below 1
   * @param high above 0
   */
  public static SDVariable ppo(ModelGraph g, Steps steps, double low, double high) {
    return minus(
        g,
        steps.sum(
            k -> {
              SDVariable w = steps.weights(k);
              SDVariable ratio = g.sd().math().exp(steps.chosenLog(g, k).sub(steps.logBefore(k)));
              SDVariable whole = ratio.mul(w);
              SDVariable least = g.relu(ratio.sub(1 - low)).add(1 - low);
              SDVariable clipped = least.sub(g.relu(ratio.sub(1 + high))).mul(w);
              return clipped.sub(g.relu(clipped.sub(whole))); // the smaller
            }));
  }

  /**
   * InfoNCE (van den Oord et al., 2018): -log of the share that a list's own counterpart has among
   * those of all lists that count, by dot products.
   *
   * @param x [B, width]
   * @param counterpart [B, width]
   * @param temperature above 0
   */
  public static SDVariable contrast(
      ModelGraph g, SDVariable x, SDVariable counterpart, double temperature) {
    SDVariable all = g.sd().mmul(x, counterpart, false, true, false).mul(1 / temperature);
    SDVariable counted = g.sd().reshape(g.counted(), 1, g.batch());
    SDVariable own = g.constant(Nd4j.eye(g.batch()).castTo(g.type()));
    SDVariable others = own.mul(-1).add(1).mul(counted);
    SDVariable log = g.logSoftmax(g.masked(all, own.add(others)));
    return minus(g, g.sd().sum(log.mul(own), 1));
  }

  /** The entropy of all choices in nats: [B]; a loss takes a little of it away. */
  public static SDVariable entropy(ModelGraph g, Steps steps) {
    return steps.sum(k -> steps.entropy(g, k));
  }

  /** Entropy of shares in nats: [B], of their logarithms [B, N]. */
  public static SDVariable entropy(ModelGraph g, SDVariable log) {
    return minus(g, g.sd().sum(g.sd().math().exp(log).mul(log), 1));
  }

  private static double discount(int k) {
    return Math.log(2) / Math.log(k + 2);
  }

  private static SDVariable minus(ModelGraph g, SDVariable x) {
    return g.sd().math().neg(x);
  }
}
