package org.eglr.internal.samediff.replay;

import java.util.Arrays;
import java.util.List;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.model.PairScores;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Trajectory;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;

/**
 * Fixed trajectories token by token, T tokens of B lists at the same pace: what each token is and
 * what happens after it. Lists that end early go on as padding that weighs nothing.
 */
final class ReplayPlan {

  /** Tokens of the longest list. */
  final int tokens;

  /** Lists with those that only fill up; a few sizes only, so that arrays are used again. */
  final int lists;

  /** Candidates of the largest pool. */
  final int pool;

  /** Where token t of list b lies, [T, B]: candidate j at j * B + b, its own token at N * B + b. */
  final int[] row;

  /** The candidate that is chosen after a token; -1: none. [T, B] */
  final double[] chosen;

  /** 1 where the next token is a reasoning token, else 0. [T, B] */
  final double[] reasons;

  /** Shares of a token's own output and of the query before in its query. [T, B] each */
  final double[] own;

  final double[] kept;

  /** The item of the list that a token is, or that the reasoning of is before. [T, B] */
  final int[] slot;

  /** 1 / (sqrt(d) temperature) of what a token is used for. [T, B] */
  final double[] inverse;

  /** Weight of a choice's log-probability in the loss; 0 where none is made. [T, B] */
  final double[] coefficient;

  /** The request of each list. [B] */
  final int[] request;

  private final Reasoning reasoning;
  private final ReplayBatch batch;
  private final boolean[] reasoned; // whether a token is a reasoning token: [T, B]

  ReplayPlan(ReplayBatch batch, Reasoning reasoning, int width) {
    this.reasoning = reasoning;
    this.batch = batch;
    List<Trajectory> trajectories = batch.lists();
    tokens = batch.tokens();
    lists = places(trajectories.size());
    pool = batch.pool();
    int all = tokens * lists;
    row = new int[all];
    chosen = new double[all];
    reasons = new double[all];
    own = new double[all];
    kept = new double[all];
    slot = new int[all];
    reasoned = new boolean[all];
    inverse = new double[all];
    coefficient = new double[all];
    request = new int[lists];
    Arrays.fill(chosen, -1);
    Arrays.fill(own, 1);
    Arrays.fill(inverse, 1 / (Math.sqrt(width) * reasoning.recommendingTemperature()));
    for (int i = 0; i < all; i++) {
      row[i] = pool * lists + i % lists;
    }
    for (int b = 0; b < trajectories.size(); b++) {
      request[b] = b / batch.group();
      walk(b, trajectories.get(b), batch.coefficient()[b], width);
    }
  }

  private void walk(int b, Trajectory list, double weight, int width) {
    boolean residual = reasoning.query() == QueryUpdate.RESIDUAL;
    boolean gated = reasoning.gated();
    int at = b;
    for (int k = 0; k < list.order().length; k++) {
      for (int m = 0; m < list.steps()[k]; m++, at += lists) {
        reasons[at] = 1;
        inverse[at] = 1 / (Math.sqrt(width) * reasoning.reasoningTemperature());
        own[at + lists] = residual ? Math.sqrt(0.5) : gated ? 0 : 1;
        kept[at + lists] = residual ? Math.sqrt(0.5) : gated ? 1 : 0;
        slot[at] = k;
        reasoned[at + lists] = true;
      }
      slot[at] = k;
      chosen[at] = list.order()[k];
      coefficient[at] = weight;
      at += lists;
      if (k + 1 < list.order().length) {
        row[at] = list.order()[k] * lists + b;
      }
    }
  }

  /** Log-probabilities of the lists' choices from those of tokens: [lists][K]. */
  double[][] choices(ReplayBatch batch, double[] chosenProbability) {
    double[][] choices = new double[batch.lists().size()][];
    for (int b = 0; b < choices.length; b++) {
      choices[b] = new double[batch.lists().get(b).order().length];
      for (int at = b, k = 0; at < chosen.length; at += lists) {
        if (chosen[at] >= 0) {
          choices[b][k++] = StrictMath.log(chosenProbability[at]);
        }
      }
    }
    return choices;
  }

  /** What belongs to choices, at the tokens after which they are made, 0 elsewhere: [T * B]. */
  double[] perChoice(double[][] ofChoices) {
    double[] numbers = new double[tokens * lists];
    for (int b = 0; b < ofChoices.length; b++) {
      for (int at = b, k = 0; at < numbers.length; at += lists) {
        if (chosen[at] >= 0) {
          numbers[at] = ofChoices[b][k++];
        }
      }
    }
    return numbers;
  }

  /** The same number for each choice: [T * B]. */
  double[] perChoice(double number) {
    double[] numbers = new double[tokens * lists];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = chosen[i] >= 0 ? number : 0;
    }
    return numbers;
  }

  /**
   * What items before add to the scores after each token, times the square root of d by which
   * scores are divided: [T, N, B].
   */
  double[] pairs(PairScores scores, int width) {
    double[] all = new double[tokens * pool * lists];
    double[] added = new double[pool];
    for (int b = 0; b < batch.lists().size(); b++) {
      PairFields.Pool of = scores.pool(batch.asked().get(request[b]));
      for (int at = b, t = 0; t < batch.lists().get(b).length(); at += lists, t++) {
        Arrays.fill(added, 0);
        scores.add(of, batch.lists().get(b).order(), slot[at], added);
        for (int j = 0; j < pool; j++) {
          all[(t * pool + j) * lists + b] = Math.sqrt(width) * added[j];
        }
      }
    }
    return all;
  }

  /**
   * The gradient of the pair scores' parameter.
   *
   * @param dScores of the scores after each token, before any temperature: [T, N, B]
   */
  double[] pairsBack(double[] dScores, PairScores scores, int width) {
    double[] sum = scores.gradient();
    double[] slopes = new double[pool];
    for (int b = 0; b < batch.lists().size(); b++) {
      PairFields.Pool of = scores.pool(batch.asked().get(request[b]));
      for (int at = b, t = 0; t < batch.lists().get(b).length(); at += lists, t++) {
        for (int j = 0; j < pool; j++) {
          slopes[j] = Math.sqrt(width) * dScores[(t * pool + j) * lists + b];
        }
        scores.back(of, batch.lists().get(b).order(), slot[at], slopes, sum);
      }
    }
    return sum;
  }

  /** What token t does not see of those up to some, where reasoning is forgotten: [seen, B, h]. */
  float[] unseen(int t, int seen, int heads) {
    float[] unseen = new float[seen * lists * heads];
    for (int s = 0; s < seen; s++) {
      for (int b = 0; b < lists; b++) {
        int at = s * lists + b;
        boolean forgotten = s <= t && reasoned[at] && slot[at] != slot[t * lists + b];
        if (s > t || forgotten) {
          Arrays.fill(unseen, at * heads, (at + 1) * heads, (float) ReplayStep.MASKED);
        }
      }
    }
    return unseen;
  }

  /** Encodings of all tokens' places: [T, B, p]. */
  float[] places(float[] encodings, int width) {
    float[] all = new float[slot.length * width];
    for (int i = 0; i < slot.length; i++) {
      System.arraycopy(encodings, slot[i] * width, all, i * width, width);
    }
    return all;
  }

  /** Lists there is place for: an eighth too many at most. */
  static int places(int lists) {
    int unit = Math.max(1, Integer.highestOneBit(lists) / 8);
    return (lists + unit - 1) / unit * unit;
  }

  /** Whether any list reasons after this token. */
  boolean reasons(int token) {
    for (int at = token * lists; at < (token + 1) * lists; at++) {
      if (reasons[at] > 0) {
        return true;
      }
    }
    return false;
  }

  /** One number where a list has such a candidate, another where not: [N, B]. */
  double[] perCandidate(int[] pools, double present, double absent) {
    double[] numbers = new double[pool * lists];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i / lists < pools[request[i % lists]] ? present : absent;
    }
    return numbers;
  }
}
