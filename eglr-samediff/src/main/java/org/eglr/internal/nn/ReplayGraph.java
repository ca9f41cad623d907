package org.eglr.internal.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eglr.Settings;
import org.eglr.reasoning.Reasoning;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The generator over fixed trajectories on any ND4J backend: forward token by token, which makes
 * the reasoning tokens anew, and back in one sweep. The gradient is exact: when the sweep reaches a
 * token, all that depends on it has been gone through. What the weights get is multiplied out once,
 * for all tokens together.
 */
public final class ReplayGraph implements ReplayEngine {

  /** The feature rows' name among the gradients. */
  public static final String FEATURES = "x";

  private final Architecture architecture;
  private final DataType type;
  private final Settings settings;
  private final int width;
  private final Reasoning reasoning;
  private final ReplayStep step;
  private final ReplayTape tape;
  private ReplayPlan plan;
  private ReplayCandidates candidates;

  /**
   * @param weights the generator's
   * @param reasoning decides what a token is and at which temperatures; fixed for this graph
   * @param type DOUBLE only to check gradients
   */
  public ReplayGraph(
      Architecture architecture, Weights weights, Reasoning reasoning, DataType type) {
    this.architecture = architecture;
    settings = architecture.settings();
    width = settings.width();
    this.reasoning = reasoning;
    this.type = type;
    step = new ReplayStep(settings, weights, reasoning, type);
    tape = new ReplayTape(type);
    update(weights);
  }

  /**
   * Tokens whose replay takes at most a quarter of the device's free memory.
   *
   * @param pool candidates of the largest pool
   * @param tokens of the shortest list
   */
  public static long fitting(Settings settings, int pool, int tokens) {
    return Gpu.freeMemory() / 4 / (Float.BYTES * floatsPerToken(settings, pool, tokens));
  }

  /** About; more rather than less. */
  static long floatsPerToken(Settings settings, int pool, int tokens) {
    long width = settings.width();
    long kept = 21 * width + 2L * settings.feedForward() + 4L * pool;
    long attention = 2L * settings.heads() * ReplayPass.room(tokens);
    long inUse = 26 * width; // keys and values, weighed, for some numbers of places
    long candidates = 5 * width * pool / tokens; // and a list's, weighed
    return kept + attention + inUse + candidates;
  }

  /** Numbers on the device, but for the weights. */
  long floatsInUse() {
    return tape.length() + step.arenaBytes() / Float.BYTES;
  }

  @Override
  public void update(Weights weights) {
    step.load(weights);
  }

  /** Takes over the weights' present values, on the device. */
  public void update(DeviceWeights weights) {
    step.load(weights);
  }

  @Override
  public void close() {
    tape.close();
    step.close();
  }

  @Override
  public Result gradient(ReplayBatch lists, float[] given) {
    Map<String, double[]> gradients = new HashMap<>();
    try (INDArray array = array(given)) {
      double loss = gradient(lists, array, (name, g) -> gradients.put(name, Backend.doubles(g)));
      double[] features = gradients.remove(FEATURES);
      return new Result(loss, gradients, features);
    }
  }

  /**
   * Loss and gradients, which stay on the device.
   *
   * @param given candidates: [R, N, d], or feature rows [R * N, inputWidth]; they are copied
   * @param gradients takes each parameter's gradient, no longer valid when it returns, and with
   *     trainFeatures that of the feature rows by the name {@link #FEATURES}
   * @return the loss (eq. 19)
   */
  public double gradient(
      ReplayBatch lists, INDArray given, BiConsumer<String, INDArray> gradients) {
    double[] logProbability = logProbabilities(lists, given);
    double loss = 0;
    for (int b = 0; b < logProbability.length; b++) {
      loss += lists.coefficient()[b] * logProbability[b];
    }
    ReplayBackward backward = new ReplayBackward(settings, step, tape, plan);
    for (int t = plan.tokens - 1; t >= 0; t--) {
      backward.token(t);
    }
    step.iteration(
        () -> {
          backward.weights(gradients);
          if (settings.trainFeatures()) {
            candidates.back(gradients);
          }
          return null;
        });
    return loss;
  }

  /**
   * The log-probability of each list (eq. 19).
   *
   * @param given as for {@link #gradient}
   */
  double[] logProbabilities(ReplayBatch lists, float[] given) {
    try (INDArray array = array(given)) {
      return logProbabilities(lists, array);
    }
  }

  private INDArray array(float[] given) {
    return Backend.array(type, given, given.length);
  }

  private double[] logProbabilities(ReplayBatch lists, INDArray given) {
    start(lists, given);
    ReplayForward forward = new ReplayForward(settings, step, tape, plan);
    forward.start();
    for (int t = 0; t < plan.tokens; t++) {
      forward.token(t);
    }
    long all = (long) plan.tokens * plan.lists;
    double[] chosen = Backend.doubles(tape.rows("chosenProbability", 0, plan.tokens, all));
    double[] sums = new double[lists.lists().size()];
    for (int i = 0; i < chosen.length; i++) {
      if (plan.chosen[i] >= 0) {
        sums[i % plan.lists] += Math.log(chosen[i]);
      }
    }
    return sums;
  }

  /** What the last lists' candidates were given after a token: [N, B]. */
  double[] probabilities(int token) {
    return Backend.doubles(tape.row("probability", token, plan.pool, plan.lists));
  }

  private void start(ReplayBatch lists, INDArray given) {
    plan = new ReplayPlan(lists, reasoning, width);
    candidates = new ReplayCandidates(architecture, step, tape, plan, lists, given);
    rooms();
    numbers(lists);
    step.iteration(this::weights);
    candidates.spread();
  }

  private void rooms() {
    long vectors = (long) plan.lists * width;
    long scores = (long) plan.lists * plan.pool;
    int places = ReplayPass.room(plan.tokens);
    for (String name :
        "token x q context ln1.unit first ln2.unit query dOutput dSecond dFirst dSum dX dToken"
            .split(" ")) {
      tape.room(name, plan.tokens, vectors);
    }
    for (String name : "ln1.scale ln2.scale chosenProbability".split(" ")) {
      tape.room(name, plan.tokens, plan.lists);
    }
    for (String name : "probability choice dScores".split(" ")) {
      tape.room(name, plan.tokens, scores);
    }
    for (String name : "hidden dHidden".split(" ")) {
      tape.room(name, plan.tokens, (long) plan.lists * settings.feedForward());
    }
    tape.room("dQkv", plan.tokens, 3 * vectors);
    tape.room("shares", plan.tokens + 1L, scores);
    tape.room("table", plan.pool + 1L, vectors);
    // What is looked at before it is written weighs nothing, but must be numbers.
    for (String name : "k v dContext".split(" ")) {
      tape.zeros(name, places, vectors);
    }
    for (String name : "attention dDots".split(" ")) {
      tape.zeros(name, plan.tokens, (long) places * plan.lists * settings.heads());
    }
    tape.zeros("carried", 1, vectors);
    tape.zeros("dNext", 1, vectors);
  }

  private void numbers(ReplayBatch lists) {
    int tokens = plan.tokens;
    int places = ReplayPass.room(tokens);
    int most = Math.max(Math.max(places, plan.pool), tokens * plan.lists);
    double[] ones = new double[Math.max(most, lists.requests() * plan.pool)];
    Arrays.fill(ones, 1);
    tape.put("ones", ones.length, ones);
    double[] number = new double[plan.pool];
    Arrays.setAll(number, j -> j);
    tape.put("number", 1, number);
    double[] future = new double[tokens * places];
    for (int t = 0; t < tokens; t++) {
      Arrays.fill(future, t * places + t + 1, (t + 1) * places, ReplayStep.MASKED);
    }
    tape.put("future", tokens, future);
    tape.put("row", tokens, plan.row);
    tape.put("request", 1, plan.request);
    tape.put("chosen", tokens, plan.chosen);
    tape.put("reasons", tokens, plan.reasons);
    tape.put("own", tokens, plan.own);
    tape.put("kept", tokens, plan.kept);
    tape.put("inverse", tokens, plan.inverse);
    tape.put("coefficient", tokens, plan.coefficient);
    tape.put("gone", 1, plan.perCandidate(lists.pools(), 0, ReplayStep.MASKED));
    tape.put("present", 1, plan.perCandidate(lists.pools(), 1, 0));
    tape.write("shares", 0, tape.row("present", 0, plan.pool, plan.lists));
    tape.put("positions", tokens, Sinusoid.rows(tokens, settings.position()));
  }

  /** Weights in the shapes that steps take them in. */
  private Void weights() {
    INDArray input = step.weight("inp.weight").getArr();
    int position = settings.position();
    tape.room("tokenWeight", 1, (long) width * width);
    tape.row("tokenWeight", 0, width, width).assign(columns(input, 0, width));
    tape.room("positionWeight", 1, (long) width * position);
    INDArray positionWeight = tape.row("positionWeight", 0, width, position);
    positionWeight.assign(columns(input, width, width + position));
    tape.room("qkvWeight", 3, (long) width * width);
    tape.room("qkvBias", 3, width);
    for (int part = 0; part < 3; part++) {
      String layer = "layer." + "qkv".charAt(part);
      tape.write("qkvWeight", part, step.weight(layer + ".weight").getArr());
      tape.write("qkvBias", part, step.weight(layer + ".bias").getArr());
    }
    INDArray positions = tape.rows("positions", 0, plan.tokens, plan.tokens, position);
    Map<String, INDArray> in = Map.of("positions", positions, "positionWeight", positionWeight);
    tape.room("places", plan.tokens, width);
    INDArray places = step.run(in, "places").get("places");
    tape.rows("places", 0, plan.tokens, plan.tokens, width).assign(places);
    return null;
  }

  private static INDArray columns(INDArray matrix, int from, int to) {
    return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }
}
