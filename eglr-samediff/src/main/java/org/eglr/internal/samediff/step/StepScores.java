package org.eglr.internal.samediff.step;

import org.eglr.internal.samediff.Sums;
import org.eglr.reasoning.Reasoning;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The part of a decoding step that scores candidates and chooses one for each list, as SameDiff
 * operations. B lists, N candidates, width d. What the host must know is stacked, so that it is one
 * copy.
 */
final class StepScores {

  private static final double MASKED = -1e9;
  private static final double TINY = 1e-37; // keeps 0 log 0 at 0

  private final SameDiff sd;
  private final int width;
  private final double scale;
  private final double sharper;
  private final SDVariable z;
  private final SDVariable number;
  private final SDVariable gone;
  private final SDVariable draw;
  private final SDVariable fixed;
  private final SDVariable triangle;
  private final SDVariable added; // [B, N]; null without

  /**
   * @param pairs whether scores have a part that the host makes
   */
  StepScores(SameDiff sd, int width, Reasoning reasoning, boolean pairs) {
    this.sd = sd;
    this.width = width;
    scale = 1 / (Math.sqrt(width) * reasoning.baseTemperature());
    sharper = reasoning.baseTemperature() / reasoning.recommendingTemperature();
    z = input("z", -1, -1, width);
    number = input("number", 1, -1);
    draw = input("draw", -1, 1);
    fixed = input("fixed", -1);
    triangle = input("triangle", -1, -1);
    added = pairs ? input("pairs", -1, -1) : null;
    SDVariable taken = marks(input("taken", -1, 1));
    gone = input("gone", -1, -1).add("goneNow", taken.mul(MASKED));
  }

  double sharper() {
    return sharper;
  }

  /**
   * Scores by queries [B, d]. Makes, with the suffix: logits and probability [B, N]; greedy [3, B]:
   * minus the entropy, the best candidate, its probability; drawn [5, B]: also the drawn candidate
   * and by how much its logit is below the best.
   */
  void add(SDVariable query, String suffix) {
    SDVariable scores = sd.permute(Sums.overLast(sd, z.mul(query), 3, width, DataType.FLOAT), 1, 0);
    SDVariable scaled = scores.mul(scale);
    SDVariable whole = added == null ? scaled : scaled.add(added);
    SDVariable logits = whole.add(gone).rename("scored" + suffix); // eq. 12
    SDVariable p = Sums.softmax(sd, logits, 1);
    SDVariable negentropy = sd.sum(p.mul(sd.math().log(p.add(TINY))), 1); // eq. 13, 14
    SDVariable sharp = sharper == 1 ? p : Sums.softmax(sd, logits.mul(sharper), 1);
    sharp.rename("probability" + suffix);
    SDVariable best = sd.argmax(logits, 1).castTo(DataType.FLOAT);
    SDVariable share = sd.max(sharp, 1);
    sd.stack("greedy" + suffix, 0, negentropy, best, share);

    // as many candidates as the sum passes by until it reaches the draw
    SDVariable passed = sd.lt(sd.mmul(sharp, triangle), draw).castTo(DataType.FLOAT);
    SDVariable item = sd.sum(passed, 1).add(fixed);
    SDVariable chosen = marks(sd.expandDims(item, 1));
    SDVariable below = sd.sum(chosen.mul(logits), 1).sub(sd.max(logits, 1));
    sd.stack("drawn" + suffix, 0, negentropy, best, share, item, below);
  }

  /** 1 at each list's candidate, else 0: [B, N]. */
  private SDVariable marks(SDVariable items) {
    return sd.eq(number, items).castTo(DataType.FLOAT);
  }

  private SDVariable input(String name, long... shape) {
    return sd.placeHolder(name, DataType.FLOAT, shape);
  }
}
