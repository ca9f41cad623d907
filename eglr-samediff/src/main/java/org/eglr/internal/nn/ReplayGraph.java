package org.eglr.internal.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eglr.Settings;
import org.eglr.internal.decode.Trajectory;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The generator (eq. 10-13, 19) over fixed trajectories: all tokens of all lists in one masked
 * pass.
 *
 * <p>A reasoning token r depends on the decoder's output before it, so the pass takes recorded
 * values of r as input and computes them anew as output: r = F(r, weights). F is causal, hence
 * nilpotent around its fixed point, and the exact gradient of a loss L is
 *
 * <pre>
 *   dL/dw + lambda^T dF/dw   with   lambda = dL/dr + (dF/dr)^T lambda,
 * </pre>
 *
 * where repeating the right-hand side gives lambda exactly after as many passes as a list has
 * reasoning tokens, and nearly so much earlier, since each pass through attention and normalisation
 * shrinks what is left. Iteration ends when lambda stands still.
 */
public final class ReplayGraph extends Graph implements ReplayEngine {

  private static final double MASKED = -1e9;

  /**
   * Where the iteration for lambda stops in training. Each pass shrinks what is left to a few
   * percent, so that the gradient is then right to about 0.001 of its norm.
   */
  private static final double TOLERANCE = 0.05;

  private final int width;
  private final int heads;
  private final int position;
  private final boolean trainFeatures;
  private final Reasoning reasoning;
  private final boolean residual;
  private final boolean reasons;

  private ReplayBatch batch;
  private int tokens;
  private boolean[] reasoningToken;

  /**
   * @param weights the generator's
   * @param reasoning decides what a token is and at which temperatures; fixed for this graph
   * @param type DOUBLE only to check gradients
   */
  public ReplayGraph(
      Architecture architecture, Weights weights, Reasoning reasoning, DataType type) {
    super(weights, type);
    Settings settings = architecture.settings();
    width = settings.width();
    heads = settings.heads();
    position = settings.position();
    trainFeatures = settings.trainFeatures();
    this.reasoning = reasoning;
    reasons = reasoning.budget() > 0;
    residual = reasons && reasoning.query() == QueryUpdate.RESIDUAL;
    build();
    load(weights);
  }

  @Override
  public void update(Weights weights) {
    load(weights);
  }

  private void build() {
    SDVariable z = candidates();
    // eq. 10 and the items: known tokens are sums of candidate vectors
    SDVariable known = sd.mmul(input("select", -1, -1, -1), z);
    SDVariable recorded = differentiableInput("reasoning", 3);
    SDVariable flat = sd.reshape(known.add(recorded), shapeInput("flatTokens", 2));
    SDVariable x = linear("inp", sd.concat(1, flat, input("pe", -1, position)));
    Shapes shapes = new Shapes(shapeInput("split", 4), shapeInput("flat", 2));
    SDVariable causal = input("causal", 1, 1, -1, -1);
    SDVariable e = transformerLayer("layer.", x, causal, shapes, width, heads); // eq. 11
    SDVariable query = sd.reshape(e, shapeInput("lists", 3));
    if (residual) {
      query = sd.mmul(input("mix", -1, -1, -1), query);
    }
    // eq. 12, 13: every token's scores at the temperature of what it was used for
    SDVariable scores = sd.mmul(query, z, false, true, false).rename("scores");
    SDVariable logits = scores.mul(input("inverseTemperature", -1, -1, 1));
    SDVariable p = sd.nn().softmax(logits.add(input("taken", -1, -1, -1)), -1);
    SDVariable chosen = sd.sum(p.mul(input("choice", -1, -1, -1)), 2);
    SDVariable logProbability = sd.math().log(chosen.add(input("noChoice", -1, -1)).add(1e-37));
    logProbability.rename("logProbability");
    SDVariable loss = sd.sum(logProbability.mul(input("coefficient", -1, -1)), 0, 1); // eq. 19
    loss = loss.rename("loss");
    boolean aware = reasoning.token() == ReasoningToken.CONTEXT_AWARE;
    SDVariable next = (aware ? sd.mmul(p, z) : query.mul(1)).rename("next"); // section 4.3.1
    SDVariable total = loss.add("total", sd.sum(next.mul(input("lambda", -1, -1, width)), 0, 1, 2));
    differentiate(total, wanted());
  }

  /** z [B, N, d]: given, or computed per request and repeated for its group. */
  private SDVariable candidates() {
    if (!trainFeatures) {
      return input("z", -1, -1, width);
    }
    SDVariable z = features(differentiableInput("x", 2));
    SDVariable requests = sd.reshape(z, shapeInput("requests", 3));
    SDVariable repeated = requests.mul(input("group", 1, -1, 1));
    return sd.reshape(repeated, shapeInput("candidates", 3));
  }

  private List<String> wanted() {
    return trainFeatures
        ? join(parameterNames(), "reasoning", "x")
        : join(parameterNames(), "reasoning");
  }

  /**
   * Sets the lists to replay.
   *
   * @param candidates row-major [R, N, d] candidate vectors, or with trainFeatures their feature
   *     rows [R * N, inputWidth]; padding is never looked at
   */
  public void lists(ReplayBatch lists, float[] candidates) {
    batch = lists;
    tokens = lists.tokens();
    int requests = lists.requests();
    int group = lists.group();
    int size = lists.lists().size();
    if (trainFeatures) {
      set(
          "x",
          candidates,
          requests * (long) lists.pool(),
          candidates.length / (requests * lists.pool()));
      float[] ones = new float[group];
      Arrays.fill(ones, 1);
      set("group", ones, 1, group, 1);
      setShape("requests", requests, 1, lists.pool() * (long) width);
      setShape("candidates", size, lists.pool(), width);
    } else {
      int block = lists.pool() * width;
      float[] repeated = new float[size * block];
      for (int b = 0; b < size; b++) {
        System.arraycopy(candidates, b / group * block, repeated, b * block, block);
      }
      set("z", repeated, size, lists.pool(), width);
    }
    setShape("flatTokens", size * (long) tokens, width);
    setShape("split", size, tokens, heads, width / heads);
    setShape("flat", size * (long) tokens, width);
    setShape("lists", size, tokens, width);
    setPositions(size, tokens, position);
    setCausal();
    setTokens();
  }

  private void setCausal() {
    float[] causal = new float[tokens * tokens];
    for (int t = 0; t < tokens; t++) {
      Arrays.fill(causal, t * tokens + t + 1, (t + 1) * tokens, (float) MASKED);
    }
    set("causal", causal, 1, 1, tokens, tokens);
  }

  /** Walks along each list and writes down, token by token, what it is and what it is used for. */
  private void setTokens() {
    int size = batch.lists().size();
    int pool = batch.pool();
    float[] select = new float[size * tokens * pool];
    float[] recorded = new float[size * tokens * width];
    float[] taken = new float[select.length];
    float[] choice = new float[select.length];
    float[] noChoice = new float[size * tokens];
    double[] coefficient = new double[size * tokens];
    double[] inverse = new double[size * tokens];
    double[] mix = residual ? new double[size * tokens * tokens] : null;
    reasoningToken = new boolean[size * tokens];
    Arrays.fill(noChoice, 1);
    double choosing = 1 / (Math.sqrt(width) * reasoning.recommendingTemperature());
    double thinking = 1 / (Math.sqrt(width) * reasoning.reasoningTemperature());
    Arrays.fill(inverse, choosing);

    for (int b = 0; b < size; b++) {
      Trajectory list = batch.lists().get(b);
      int candidates = batch.pools()[b / batch.group()];
      boolean[] gone = new boolean[pool];
      Arrays.fill(gone, candidates, pool, true);
      int reasoned = 0;
      int row = b * tokens;
      Arrays.fill(select, row * pool, row * pool + candidates, 1);
      for (int k = 0; k < list.order().length; k++) {
        for (int m = 0; m <= list.steps()[k]; m++, row++) {
          for (int j = 0; j < pool; j++) {
            taken[row * pool + j] = gone[j] ? (float) MASKED : 0;
          }
          if (residual) {
            mixQuery(mix, row, b, m);
          }
          if (m < list.steps()[k]) {
            inverse[row] = thinking;
            reasoningToken[row + 1] = true;
            System.arraycopy(list.tokens(), reasoned++ * width, recorded, (row + 1) * width, width);
          }
        }
        int decision = row - 1;
        choice[decision * pool + list.order()[k]] = 1;
        noChoice[decision] = 0;
        coefficient[decision] = batch.coefficient()[b];
        gone[list.order()[k]] = true;
        if (k + 1 < list.order().length) {
          select[row * pool + list.order()[k]] = 1;
        }
      }
    }
    set("select", select, size, tokens, pool);
    set("reasoning", recorded, size, tokens, width);
    set("taken", taken, size, tokens, pool);
    set("choice", choice, size, tokens, pool);
    set("noChoice", noChoice, size, tokens);
    set("coefficient", coefficient, size, tokens);
    set("inverseTemperature", inverse, size, tokens, 1);
    if (residual) {
      set("mix", mix, size, tokens, tokens);
    }
  }

  /** q_m = (e_m + q_(m-1)) / sqrt 2 from q_0 = e_0, written out as weights of e_0 .. e_m. */
  private void mixQuery(double[] mix, int row, int list, int m) {
    int column = row - list * tokens;
    for (int back = 0; back <= m; back++) {
      mix[row * tokens + column - back] = Math.pow(Math.sqrt(0.5), back == m ? m : back + 1);
    }
  }

  /**
   * Recomputes the reasoning tokens until they stand still: needed only where recorded values are
   * rounded more coarsely than this graph computes.
   */
  public void refine(int passes) {
    for (int pass = 0; pass < passes; pass++) {
      double[] next = shifted(outputs("next").get("next"));
      set("reasoning", next, batch.lists().size(), tokens, width);
      setLambda(new double[next.length]);
    }
  }

  /** Scores before temperature of every token, [B, T, N], and log-probabilities, [B, T]. */
  public Map<String, double[]> forward() {
    setLambda(new double[batch.lists().size() * tokens * width]);
    return outputs("scores", "logProbability", "loss");
  }

  @Override
  public Result gradient(ReplayBatch lists, float[] candidates) {
    lists(lists, candidates);
    return gradient(TOLERANCE);
  }

  /**
   * The gradient of the loss.
   *
   * @param tolerance iteration ends when lambda moves by less than this part of its own norm
   */
  public Result gradient(double tolerance) {
    int values = batch.lists().size() * tokens * width;
    double[] lambda = new double[values];
    int longest = batch.lists().stream().mapToInt(Trajectory::reasoning).max().orElse(0);
    int passes = 0;
    if (longest > 0) {
      double moved;
      do {
        setLambda(lambda);
        double[] next =
            unshifted(run(List.of(), List.of("reasoning")).gradients().get("reasoning"));
        moved = distance(next, lambda) / Math.max(norm(next), 1e-300);
        lambda = next;
        passes++;
      } while (passes < longest && moved > tolerance);
    }
    setLambda(lambda);
    List<String> wanted = trainFeatures ? join(parameterNames(), "x") : parameterNames();
    Run run = run(List.of("loss"), wanted);
    double[] features = run.gradients().remove("x");
    return new Result(run.outputs().get("loss")[0], run.gradients(), features);
  }

  private void setLambda(double[] values) {
    set("lambda", values, batch.lists().size(), tokens, width);
  }

  /** Moves what token t produced to token t + 1, where that is a reasoning token. */
  private double[] shifted(double[] produced) {
    double[] moved = new double[produced.length];
    for (int row = 1; row < reasoningToken.length; row++) {
      if (reasoningToken[row]) {
        System.arraycopy(produced, (row - 1) * width, moved, row * width, width);
      }
    }
    return moved;
  }

  /** Moves the gradient of reasoning token t + 1 to token t, which produced it. */
  private double[] unshifted(double[] gradient) {
    double[] moved = new double[gradient.length];
    for (int row = 1; row < reasoningToken.length; row++) {
      if (reasoningToken[row]) {
        System.arraycopy(gradient, row * width, moved, (row - 1) * width, width);
      }
    }
    return moved;
  }

  private static double norm(double[] a) {
    return distance(a, new double[a.length]);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
