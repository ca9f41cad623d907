package org.eglr.internal.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eglr.Settings;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One decoding step of a batch of lists (eq. 10-14) as SameDiff operations, forward only, for any
 * ND4J backend. B lists, N candidates, T places for tokens, width d, h heads.
 *
 * <p>Lists are the second dimension of what has three ([T, B, d], [N, B, d]): attention and scores
 * are then products of whole arrays and sums over the last dimension, which cost a fraction of many
 * tiny matrix products. Arrays that a method returns last until the {@link #iteration} that it was
 * called in ends. Not thread-safe.
 */
public final class StepGraph implements AutoCloseable {

  private static final double EPSILON = 1e-5; // of the layer normalisation
  private static final float MASKED = -1e9f;
  private static final String MIXED = " mixed"; // names of what a mixture decides
  private static final double TINY = 1e-37; // keeps 0 log 0 at 0

  private final SameDiff sd = SameDiff.create();
  private final ArenaMemory memory = new ArenaMemory(sd);
  private final Settings settings;
  private final int width;
  private final int headWidth;
  private final Reasoning reasoning;
  private final boolean residual;
  private final StepWeights weights;
  private INDArray places;

  /**
   * @param generator the generator's weights; their present values are taken over
   */
  public StepGraph(Architecture architecture, Weights generator, Reasoning reasoning) {
    settings = architecture.settings();
    width = settings.width();
    headWidth = width / settings.heads();
    this.reasoning = reasoning;
    residual = reasoning.budget() > 0 && reasoning.query() == QueryUpdate.RESIDUAL;
    weights = new StepWeights(settings, generator);
    iteration(
        () -> {
          weights.iteration(() -> variables(weights.arrays()));
          projection();
          decoder();
          token();
          choice();
          return null;
        });
  }

  /** Takes over the weights' present values. */
  public void update(Weights generator) {
    weights.load(generator);
    weights.iteration(() -> variables(weights.arrays()));
    close(places);
    places = null;
  }

  /** Sets variables to copies. */
  private Void variables(Map<String, INDArray> values) {
    values.forEach(
        (name, value) -> {
          if (sd.hasVariable(name)) {
            sd.getVariable(name).getArr().assign(value);
          } else {
            sd.var(name, value.dup('c'));
          }
        });
    return null;
  }

  /** Does something with this graph; all arrays that it returned meanwhile are free afterwards. */
  public <T> T iteration(Supplier<T> action) {
    return memory.use(action);
  }

  /** Whether a reasoning token's output is mixed with the query before. */
  public boolean mixes() {
    return residual;
  }

  @Override
  public void close() {
    close(places);
    weights.close();
    sd.variables().stream()
        .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
        .map(SDVariable::getArr)
        .forEach(StepGraph::close);
    memory.close();
  }

  private static void close(INDArray array) {
    if (array != null && !array.wasClosed() && array.closeable()) {
      array.close();
    }
  }

  // ---- tokens to queries, keys, values

  private void projection() {
    SDVariable token = sd.gather(input("table", -1, width), indices("rows"), 0);
    SDVariable all = sd.nn().linear(token, sd.getVariable("project"), input("place", 4 * width));
    sd.split(new String[] {"q", "k", "v", "x"}, all, 4, 1);
  }

  /**
   * @param query divided by the square root of the head's width: [B, d], like the others
   * @param residual the projected token, centred
   */
  public record Projected(INDArray query, INDArray key, INDArray value, INDArray residual) {}

  /**
   * Takes tokens from rows of a table and projects them (eq. 11).
   *
   * @param table [rows, d]
   * @param rows of each list's token: int [B]
   * @param place of the tokens in their lists, from 0
   */
  public Projected project(INDArray table, INDArray rows, int place) {
    Map<String, INDArray> out =
        run(Map.of("table", table, "rows", rows, "place", place(place)), "q", "k", "v", "x");
    return new Projected(out.get("q"), out.get("k"), out.get("v"), out.get("x"));
  }

  private INDArray place(int place) {
    if (places == null || place >= places.rows()) {
      close(places);
      int count = Math.max(32, 2 * place);
      places = weights.iteration(() -> weights.places(count).dup('c'));
    }
    return places.slice(place);
  }

  // ---- attention, feed-forward part and scores

  private void decoder() {
    SDVariable keys = input("keys", -1, -1, headWidth);
    SDVariable values = input("values", -1, -1, headWidth);
    SDVariable dots = sd.sum(keys.mul(input("query", -1, headWidth)), 2); // [T, B * h]
    SDVariable attention = sd.nn().softmax(dots.add(input("future", -1, 1)), 0);
    SDVariable mixed = sumFirst("ones", values.mul(sd.expandDims(attention, 2)), width);
    SDVariable x = linear("output", mixed).add(input("residual", -1, width));
    SDVariable expanded =
        sd.math().max(linear("expand", normalised(x)), sd.getVariable("floorBias"));
    SDVariable e = linear("finish", normalised(linear("contract", expanded)));
    scores(e, "");
    if (residual) {
      SDVariable before = input("before", -1, width).mul(input("kept", -1, 1));
      scores(e.mul(input("own", -1, 1)).add(before), MIXED);
    }
  }

  /** Scores by a query and their entropy (eq. 12-14). */
  private void scores(SDVariable query, String suffix) {
    query.rename("e" + suffix);
    SDVariable scores = sd.permute(sd.sum(placed("z", -1, -1, width).mul(query), 2), 1, 0);
    double scale = 1 / (Math.sqrt(width) * reasoning.baseTemperature());
    SDVariable logits = scores.mul(scale).add(placed("gone", -1, -1)).rename("scored" + suffix);
    SDVariable p = sd.nn().softmax(logits, 1);
    sd.sum(p.mul(sd.math().log(p.add(TINY))), 1).rename("negentropy" + suffix);
  }

  /** x of mean 0 divided by its length: the rest of a layer normalisation is in the weights. */
  private SDVariable normalised(SDVariable x) {
    return x.mul(sd.math().rsqrt(sd.squaredNorm(x, true, 1).add(width * EPSILON)));
  }

  private SDVariable linear(String name, SDVariable x) {
    return sd.nn().linear(x, sd.getVariable(name), sd.getVariable(name + "Bias"));
  }

  /** Sums over the first dimension: as a product, which is several times faster than sum. */
  private SDVariable sumFirst(String ones, SDVariable x, int columns) {
    SDVariable sum = sd.tensorMmul(input(ones, 1, -1), x, new int[] {1}, 0);
    return sd.reshape(sum, -1, columns);
  }

  /**
   * @param query the decision embeddings e: [B, d]
   * @param logits scores at the base temperature, gone candidates masked: [B, N]
   * @param negentropy minus the decision entropy in nats: [B]
   */
  public record Scored(INDArray query, INDArray logits, INDArray negentropy) {}

  /**
   * What the queries mix in, where a reasoning token's output does not replace them.
   *
   * @param before the queries before: [B, d]
   * @param reasoned whether a list's token is a reasoning token
   */
  public record Mixture(INDArray before, boolean[] reasoned) {}

  /**
   * Attends to the tokens so far and scores the candidates (eq. 11-14).
   *
   * @param tokens number of tokens so far, the projected ones included; at most T
   * @param keys of the tokens: [T, B, d], with finite numbers behind them
   * @param z candidate vectors: [N, B, d]
   * @param gone 0, or a large negative number where a candidate is not available: [B, N]
   * @param mixture null where no list has just reasoned, and unless {@link #mixes}
   */
  public Scored attend(
      Projected projected,
      int tokens,
      INDArray keys,
      INDArray values,
      INDArray z,
      INDArray gone,
      Mixture mixture) {
    long room = keys.size(0);
    long batch = keys.size(1);
    long heads = batch * width / headWidth;
    float[] future = new float[(int) room];
    Arrays.fill(future, tokens, future.length, MASKED);
    Map<String, INDArray> in = new HashMap<>();
    in.put("query", projected.query().reshape(heads, headWidth));
    in.put("residual", projected.residual());
    in.put("keys", keys.reshape(room, heads, headWidth));
    in.put("values", values.reshape(room, heads, headWidth));
    in.put("z", z);
    in.put("gone", gone);
    float[] own = new float[(int) batch];
    float[] kept = new float[own.length];
    for (int b = 0; mixture != null && b < own.length; b++) {
      own[b] = mixture.reasoned()[b] ? (float) Math.sqrt(0.5) : 1;
      kept[b] = mixture.reasoned()[b] ? (float) Math.sqrt(0.5) : 0;
    }
    try (INDArray mask = Nd4j.createFromArray(future);
        INDArray ones = Nd4j.ones(DataType.FLOAT, room);
        INDArray ownPart = Nd4j.createFromArray(own);
        INDArray keptPart = Nd4j.createFromArray(kept)) {
      in.put("future", mask.reshape(room, 1));
      in.put("ones", ones.reshape(1, room));
      if (mixture != null) {
        in.put("before", mixture.before());
        in.put("own", ownPart.reshape(batch, 1));
        in.put("kept", keptPart.reshape(batch, 1));
      }
      String suffix = mixture == null ? "" : MIXED;
      String[] names = {"e" + suffix, "scored" + suffix, "negentropy" + suffix};
      Map<String, INDArray> out = run(in, names);
      return new Scored(out.get(names[0]), out.get(names[1]), out.get(names[2]));
    }
  }

  // ---- reasoning tokens and choices

  private void token() {
    SDVariable logits = atTemperature("logits", reasoning.reasoningTemperature());
    SDVariable weights = sd.nn().softmax(logits, 1).rename("weights");
    SDVariable columns = sd.expandDims(sd.permute(weights, 1, 0), 2);
    sumFirst("all", placed("z", -1, -1, width).mul(columns), width).rename("token");
  }

  private SDVariable atTemperature(String logits, double temperature) {
    return placed(logits, -1, -1).mul(reasoning.baseTemperature() / temperature);
  }

  /**
   * @param weights of the candidates at the reasoning temperature: [B, N]
   * @param token their weighted sum, the context-aware reasoning token (section 4.3.1): [B, d]
   */
  public record Reasoned(INDArray weights, INDArray token) {}

  /** What each list would reason next. */
  public Reasoned reason(Scored scored, INDArray z) {
    try (INDArray ones = Nd4j.ones(DataType.FLOAT, z.size(0))) {
      Map<String, INDArray> in =
          Map.of("logits", scored.logits(), "z", z, "all", ones.reshape(1, z.size(0)));
      Map<String, INDArray> out = run(in, "weights", "token");
      return new Reasoned(out.get("weights"), out.get("token"));
    }
  }

  private void choice() {
    SDVariable logits = atTemperature("logits", reasoning.recommendingTemperature());
    sd.nn().softmax(logits, 1).rename("probability");
  }

  /** Probabilities of the candidates at the recommending temperature (eq. 12): [B, N]. */
  public INDArray choose(Scored scored) {
    return run(Map.of("logits", scored.logits()), "probability").get("probability");
  }

  // ---- SameDiff

  private SDVariable input(String name, long... shape) {
    return sd.placeHolder(name, DataType.FLOAT, shape);
  }

  /** An input that several parts of the graph have. */
  private SDVariable placed(String name, long... shape) {
    return sd.hasVariable(name) ? sd.getVariable(name) : input(name, shape);
  }

  private SDVariable indices(String name) {
    return sd.placeHolder(name, DataType.INT32, -1);
  }

  private Map<String, INDArray> run(Map<String, INDArray> inputs, String... outputs) {
    return sd.output(inputs, outputs);
  }
}
