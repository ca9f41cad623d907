package org.eglr.internal.samediff.step;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What the host tells a decoding step about its lists: a few numbers a list, sent in one piece. At
 * first no list's token is a reasoning token or takes a candidate away, and none draws.
 */
public final class StepControls {

  private static final int OWN = 0;
  private static final int KEPT = 1;
  private static final int TAKEN = 2;
  private static final int DRAW = 3;
  private static final int FIXED = 4;
  private static final int KINDS = 5;
  private static final float HALF = (float) Math.sqrt(0.5);

  private final int lists;
  private final boolean gated;
  private final float[] numbers; // [kinds, B]
  private boolean reasons;
  private boolean draws;

  public StepControls(int lists) {
    this(lists, false);
  }

  /**
   * @param gated whether a reasoning token adds to the query before, rather than being mixed with
   *     it
   */
  public StepControls(int lists, boolean gated) {
    this.lists = lists;
    this.gated = gated;
    numbers = new float[KINDS * lists];
    fill(OWN, 1); // share of the decoder's output in the query
    fill(KEPT, 0); // share of the query before
    fill(TAKEN, -1); // candidate that is gone from here on
    fill(DRAW, -1); // probabilities are summed up to this number
    fill(FIXED, 0); // added to the number of candidates that are passed meanwhile
  }

  private void fill(int kind, float number) {
    Arrays.fill(numbers, kind * lists, (kind + 1) * lists, number);
  }

  /** List b's token is a reasoning token: where queries are mixed, the one before counts too. */
  public void reasoned(int b) {
    numbers[OWN * lists + b] = gated ? 0 : HALF;
    numbers[KEPT * lists + b] = gated ? 1 : HALF;
    reasons = true;
  }

  /** A candidate of list b is not available any more. */
  public void taken(int b, int item) {
    numbers[TAKEN * lists + b] = item;
  }

  /**
   * List b's next item is drawn.
   *
   * @param u uniform in (0, 1)
   */
  public void draw(int b, double u) {
    numbers[DRAW * lists + b] = (float) u;
    draws = true;
  }

  /** List b's next item is known. */
  public void fixed(int b, int item) {
    numbers[FIXED * lists + b] = item;
    draws = true;
  }

  /** Whether any list's token is a reasoning token. */
  boolean reasons() {
    return reasons;
  }

  /** Whether any list's item is drawn or known, rather than the best. */
  boolean draws() {
    return draws;
  }

  /** Those of some lists, in that order. */
  public StepControls keep(int[] kept) {
    StepControls controls = new StepControls(kept.length, gated);
    for (int kind = 0; kind < KINDS; kind++) {
      for (int b = 0; b < kept.length; b++) {
        controls.numbers[kind * kept.length + b] = numbers[kind * lists + kept[b]];
      }
    }
    controls.reasons = reasons;
    controls.draws = draws;
    return controls;
  }

  /** A new array of all the numbers. */
  INDArray array() {
    return Nd4j.createFromArray(numbers);
  }

  /**
   * Enters views of that array by their names in the graph: columns [B, 1], and fixed [B].
   *
   * @param mixed whether queries are mixed in this step
   */
  void enter(INDArray array, boolean mixed, Map<String, INDArray> inputs) {
    inputs.put("taken", view(array, TAKEN).reshape(lists, 1));
    if (mixed) {
      inputs.put("own", view(array, OWN).reshape(lists, 1));
      inputs.put("kept", view(array, KEPT).reshape(lists, 1));
    }
    if (draws) {
      inputs.put("draw", view(array, DRAW).reshape(lists, 1));
      inputs.put("fixed", view(array, FIXED));
    }
  }

  private INDArray view(INDArray array, int kind) {
    long from = (long) kind * lists;
    return array.get(NDArrayIndex.interval(from, from + lists)).reshape(lists);
  }
}
