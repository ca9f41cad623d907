package org.eglr.internal.samediff.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eglr.Settings;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.model.PairScores;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Controls;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.samediff.device.DeviceEngine;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.internal.samediff.step.StepGraph;
import org.eglr.reasoning.Reasoning;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The generator over fixed trajectories on any ND4J backend: forward token by token, which makes
 * the reasoning tokens anew, and back in one sweep. The gradient is exact: when the sweep reaches a
 * token, all that depends on it has been gone through. What the weights get is multiplied out once,
 * for all tokens together.
 */
public final class ReplayGraph implements ReplayEngine, DeviceEngine {

  /** Values of an array: ND4J's kernels cannot count more. */
  private static final long MOST_VALUES = Integer.MAX_VALUE;

  private final Architecture architecture;
  private final DataType type;
  private final Settings settings;
  private final Reasoning reasoning;
  private final ReplayStep step;
  private final ReplayTape tape;
  private PairScores pairs; // of the present weights; null without
  private ReplayPlan plan;
  private ReplayCandidates candidates;

  /**
   * @param weights the generator's
   * @param reasoning decides what a token is and at which temperatures; fixed for this graph
   * @param type DOUBLE only to check gradients
   */
  public ReplayGraph(
      Architecture architecture, Weights weights, Reasoning reasoning, DataType type) {
    this(architecture, weights, reasoning, type, false);
  }

  /**
   * @param bonus whether losses may have an entropy bonus
   */
  public ReplayGraph(
      Architecture architecture,
      Weights weights,
      Reasoning reasoning,
      DataType type,
      boolean bonus) {
    Controls.refuse(architecture.settings(), reasoning);
    this.architecture = architecture;
    settings = architecture.settings();
    this.reasoning = reasoning;
    this.type = type;
    step = new ReplayStep(architecture, weights, reasoning, type, bonus);
    tape = new ReplayTape(type);
    update(weights);
  }

  /**
   * Tokens whose replay takes at most a quarter of the device's free memory, in arrays that ND4J
   * can count; those included that a part's lists are filled up with to the longest of them.
   *
   * @param pool candidates of the largest pool
   * @param shortest tokens of the shortest list
   * @param longest tokens of the longest list
   */
  public static long fitting(Settings settings, int pool, int shortest, int longest) {
    return fitting(Gpu.memory(), settings, pool, shortest, longest);
  }

  /**
   * As {@link #fitting(Settings, int, int, int)}.
   *
   * @param memory free bytes
   */
  public static long fitting(long memory, Settings settings, int pool, int shortest, int longest) {
    long tokens = memory / 4 / (Float.BYTES * floatsPerToken(settings, pool, shortest, longest));
    long places = MOST_VALUES / 9 * 8; // an eighth more lists than there are, at most
    return Math.max(1, Math.min(tokens, places / widest(settings, pool, shortest, longest)));
  }

  /** Values of the largest array for each token; what a list has once counts by its tokens. */
  private static long widest(Settings settings, int pool, int shortest, int longest) {
    long width = settings.width();
    long seen = StepGraph.room(longest);
    long own = Math.max(Math.max(3 * width, settings.feedForward()), seen * settings.heads());
    long perList = Math.max(seen, pool + 1L) * width;
    return Math.max(own + 1, Math.max(perList / shortest + 1, pool + pool / shortest + 1L));
  }

  /** About, for lists of equal length; more rather than less. */
  public static long floatsPerToken(Settings settings, int pool, int tokens) {
    return floatsPerToken(settings, pool, tokens, tokens);
  }

  private static long floatsPerToken(Settings settings, int pool, int shortest, int longest) {
    long width = settings.width();
    long kept = 21 * width + 2L * settings.feedForward() + 4L * pool;
    long attention = 2L * settings.heads() * StepGraph.room(longest);
    long inUse = 26 * width; // keys and values, weighed, for some numbers of places
    long candidates = 5 * width * pool / shortest; // and a list's, weighed
    long own = settings.reasoning().gated() ? 4 * width + 2L * settings.heads() : 0;
    return kept + attention + inUse + candidates + own;
  }

  /** Numbers on the device, but for the weights. */
  public long floatsInUse() {
    return tape.length() + step.arenaBytes() / Float.BYTES;
  }

  @Override
  public void update(Weights weights) {
    step.load(weights);
  }

  @Override
  public void update(DeviceWeights weights) {
    step.load(weights::value);
  }

  @Override
  public void close() {
    tape.close();
    step.close();
  }

  @Override
  public Result gradient(ReplayBatch lists, float[] given, PolicyLoss loss) {
    Map<String, double[]> gradients = new HashMap<>();
    try (INDArray array = array(given)) {
      double[] chosen = chosen(lists, array);
      double value = loss.plain() ? loss(lists, chosen) : loss(lists, chosen, loss);
      backward((name, g) -> gradients.put(name, Backend.doubles(g)));
      double[] features = gradients.remove(FeatureRows.NAME);
      double[][] choices = loss.plain() ? null : plan.choices(lists, chosen);
      return new Result(value, gradients, features, choices);
    }
  }

  @Override
  public double[][] choices(ReplayBatch lists, float[] given) {
    try (INDArray array = array(given)) {
      double[] chosen = chosen(lists, array);
      return plan.choices(lists, chosen);
    }
  }

  /**
   * Loss and gradients, which stay on the device.
   *
   * @param given candidates: [R, N, d], or feature rows [R * N, inputWidth]; they are copied
   * @param gradients takes each parameter's gradient, no longer valid when it returns, and with
   *     trainFeatures that of the feature rows by the name {@link FeatureRows#NAME}
   * @return the loss (eq. 19)
   */
  public double gradient(
      ReplayBatch lists, INDArray given, BiConsumer<String, INDArray> gradients) {
    double loss = loss(lists, chosen(lists, given));
    backward(gradients);
    return loss;
  }

  private double loss(ReplayBatch lists, double[] chosen) {
    double[] logProbability = sums(lists, chosen);
    double loss = 0;
    for (int b = 0; b < logProbability.length; b++) {
      loss += lists.coefficient()[b] * logProbability[b];
    }
    return loss;
  }

  /** Another loss, whose derivatives by the choices' log-probabilities are put on the tape. */
  private double loss(ReplayBatch lists, double[] chosen, PolicyLoss of) {
    double loss = 0;
    double[][] logs = plan.choices(lists, chosen);
    double[][] slopes = new double[logs.length][];
    for (int b = 0; b < logs.length; b++) {
      slopes[b] = new double[logs[b].length];
      double coefficient = lists.coefficient()[b];
      for (int k = 0; k < logs[b].length; k++) {
        loss += of.of(coefficient, b, k, logs[b][k]);
        slopes[b][k] = of.slope(coefficient, b, k, logs[b][k]);
      }
    }
    tape.put("coefficient", plan.tokens, plan.perChoice(slopes));
    if (step.bonus) {
      double[] weight = plan.perChoice(of.bonus());
      double[] entropy = perToken("entropy");
      for (int i = 0; i < entropy.length; i++) {
        loss -= weight[i] * entropy[i];
      }
      tape.put("bonus", plan.tokens, weight);
    }
    return loss;
  }

  private double[] perToken(String name) {
    long all = (long) plan.tokens * plan.lists;
    return Backend.doubles(tape.rows(name, 0, plan.tokens, all));
  }

  private void backward(BiConsumer<String, INDArray> gradients) {
    ReplayBackward backward = new ReplayBackward(settings, step, tape, plan);
    for (int t = plan.tokens - 1; t >= 0; t--) {
      backward.token(t);
      if (settings.trainFeatures()) {
        candidates.back(t);
      }
    }
    step.iteration(
        () -> {
          backward.weights(gradients);
          if (step.pairs) {
            pairs(gradients);
          }
          if (settings.trainFeatures()) {
            candidates.back(gradients);
          }
          return null;
        });
  }

  private void pairs(BiConsumer<String, INDArray> gradients) {
    long scores = (long) plan.pool * plan.lists;
    INDArray all = tape.rows("dScores", 0, plan.tokens, plan.tokens * scores);
    double[] sum = plan.pairsBack(Backend.doubles(all), pairs, settings.width());
    try (INDArray sent =
        Backend.array(type, sum, sum.length / PairFields.REACH, PairFields.REACH)) {
      gradients.accept(PairScores.NAME, sent);
    }
  }

  /**
   * The log-probability of each list (eq. 19).
   *
   * @param given as for {@link #gradient}
   */
  public double[] logProbabilities(ReplayBatch lists, float[] given) {
    try (INDArray array = array(given)) {
      return sums(lists, chosen(lists, array));
    }
  }

  private INDArray array(float[] given) {
    return Backend.array(type, given, given.length);
  }

  /** Goes forward; returns the probability of what was chosen after each token: [T * B]. */
  private double[] chosen(ReplayBatch lists, INDArray given) {
    start(lists, given);
    ReplayForward forward = new ReplayForward(settings, step, tape, plan);
    forward.start();
    for (int t = 0; t < plan.tokens; t++) {
      forward.token(t);
    }
    return perToken("chosenProbability");
  }

  /** Log-probabilities of the lists: [B]. */
  private double[] sums(ReplayBatch lists, double[] chosen) {
    double[] sums = new double[lists.lists().size()];
    for (int i = 0; i < chosen.length; i++) {
      if (plan.chosen[i] >= 0) {
        sums[i % plan.lists] += StrictMath.log(chosen[i]);
      }
    }
    return sums;
  }

  /** What the last lists' candidates were given after a token: [N, B]. */
  double[] probabilities(int token) {
    return Backend.doubles(tape.row("probability", token, plan.pool, plan.lists));
  }

  private void start(ReplayBatch lists, INDArray given) {
    plan = new ReplayPlan(lists, reasoning, settings.width());
    new ReplayStart(settings, step, tape, plan).all(lists);
    if (step.pairs) {
      double[] stored = Backend.doubles(step.weight(PairScores.NAME).getArr());
      pairs = new PairScores(architecture, stored);
      tape.put("pairs", plan.tokens, plan.pairs(pairs, settings.width()));
    }
    candidates = new ReplayCandidates(architecture, step, tape, plan, lists, given);
    candidates.spread();
  }
}
