package org.eglr.internal.samediff.step;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eglr.Settings;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.PairScores;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.ArenaMemory;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Controls;
import org.eglr.internal.samediff.Graph;
import org.eglr.internal.samediff.Program;
import org.eglr.internal.samediff.Sums;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
  private static final String MIXED = " mixed"; // names of what a mixture decides

  private final SameDiff sd = SameDiff.create();
  private final ArenaMemory memory = new ArenaMemory();
  private final Map<List<String>, Program> programs = new HashMap<>();
  private final Architecture architecture;
  private final Settings settings;
  private final int width;
  private final int headWidth;
  private final Reasoning reasoning;
  private final boolean mixes;
  private final boolean gated;
  private final StepWeights weights;
  private final StepScores scores;
  private final StepConstants constants = new StepConstants();
  private INDArray places;

  /**
   * @param generator the generator's weights; their present values are taken over
   */
  public StepGraph(Architecture architecture, Weights generator, Reasoning reasoning) {
    Controls.refuse(architecture.settings(), reasoning);
    settings = architecture.settings();
    width = settings.width();
    headWidth = width / settings.heads();
    this.reasoning = reasoning;
    gated = reasoning.gated();
    mixes = reasoning.budget() > 0 && (gated || reasoning.query() == QueryUpdate.RESIDUAL);
    weights = new StepWeights(settings, generator);
    this.architecture = architecture;
    scores = new StepScores(sd, width, reasoning, architecture.hasPairScores());
    iteration(
        () -> {
          weights.iteration(() -> variables(weights.arrays()));
          projection();
          decoder();
          token();
          return null;
        });
  }

  /** The graph itself. */
  public SameDiff sameDiff() {
    return sd;
  }

  /** Takes over the weights' present values. */
  public void update(Weights generator) {
    weights.load(generator);
    refold();
  }

  /** Takes over the weights' present values, on the device. */
  public void update(DeviceWeights generator) {
    weights.load(generator::value);
    refold();
  }

  private void refold() {
    weights.iteration(() -> variables(weights.arrays()));
    Graph.close(places);
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

  /**
   * Places that are looked at where there are some tokens: few sizes, a quarter too many at most.
   */
  public static int room(int tokens) {
    int unit = Math.max(8, Integer.highestOneBit(tokens) / 4);
    return (tokens + unit - 1) / unit * unit;
  }

  /** Whether a reasoning token's output is mixed with the query before. */
  public boolean mixes() {
    return mixes;
  }

  /** Whether lists forget their reasoning: each then has its own places and sees its own tokens. */
  public boolean gated() {
    return gated;
  }

  /** What lists' items so far add to logits, by the present weights; null without. */
  public PairScores pairs() {
    return architecture.hasPairScores()
        ? new PairScores(architecture, weights.values(PairScores.NAME))
        : null;
  }

  double baseTemperature() {
    return reasoning.baseTemperature();
  }

  /** Attention heads of so many lists. */
  int heads(int lists) {
    return lists * (width / headWidth);
  }

  @Override
  public void close() {
    Graph.close(places);
    weights.close();
    programs.values().forEach(Program::close);
    constants.close();
    sd.variables().stream()
        .filter(v -> v.getVariableType() == VariableType.VARIABLE || v.isConstant())
        .map(SDVariable::getArr)
        .forEach(Graph::close);
    memory.close();
  }

  // ---- tokens to queries, keys, values

  private void projection() {
    // gather would send the card a table of all rows' offsets
    SDVariable rows = sd.placeHolder("rows", DataType.INT32, -1, 1);
    SDVariable token = sd.gatherNd(input("table", -1, width), rows);
    SDVariable place =
        gated
            ? sd.gatherNd(
                input("places", -1, 4 * width), sd.placeHolder("slots", DataType.INT32, -1, 1))
            : input("place", 4 * width);
    SDVariable all = token.mmul(sd.getVariable("project")).add(place);
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
        run(
            Map.of("table", table, "rows", rows.reshape(rows.length(), 1), "place", place(place)),
            "q",
            "k",
            "v",
            "x");
    return new Projected(out.get("q"), out.get("k"), out.get("v"), out.get("x"));
  }

  /**
   * As the other, with a place of each list.
   *
   * @param slots of the lists' tokens: int [B]
   * @param most at least the largest of them
   */
  public Projected project(INDArray table, INDArray rows, INDArray slots, int most) {
    place(most);
    Map<String, INDArray> in = new HashMap<>();
    in.put("table", table);
    in.put("rows", rows.reshape(rows.length(), 1));
    in.put("places", places);
    in.put("slots", slots.reshape(slots.length(), 1));
    Map<String, INDArray> out = run(in, "q", "k", "v", "x");
    return new Projected(out.get("q"), out.get("k"), out.get("v"), out.get("x"));
  }

  private INDArray place(int place) {
    if (places == null || place >= places.rows()) {
      Graph.close(places);
      int count = Math.max(32, 2 * place);
      places = weights.iteration(() -> weights.places(count).dup('c'));
    }
    return places.slice(place);
  }

  // ---- attention, feed-forward part and scores

  private void decoder() {
    SDVariable keys = input("keys", -1, -1, headWidth);
    SDVariable values = input("values", -1, -1, headWidth);
    SDVariable products = keys.mul(input("query", -1, headWidth));
    SDVariable dots = Sums.overLast(sd, products, 3, headWidth, DataType.FLOAT); // [T, B * h]
    SDVariable attention = Sums.softmax(sd, dots.add(input("future", -1, gated ? -1 : 1)), 0);
    SDVariable weighed = values.mul(sd.expandDims(attention, 2));
    SDVariable mixed = Sums.overFirst(sd, input("ones", 1, -1), weighed, width);
    SDVariable x = linear("output", mixed).add(input("residual", -1, width));
    SDVariable expanded =
        sd.math().max(linear("expand", normalised(x)), sd.getVariable("floorBias"));
    SDVariable e = linear("finish", normalised(linear("contract", expanded)));
    scores.add(e.rename("e"), "");
    if (mixes) {
      SDVariable before = input("before", -1, width);
      SDVariable thought = gated ? e.mul(sd.getVariable("gain")).add(before) : before;
      SDVariable kept = thought.mul(input("kept", -1, 1));
      SDVariable query = e.mul(input("own", -1, 1)).add("e" + MIXED, kept);
      scores.add(query, MIXED);
    }
  }

  /** x of mean 0 divided by its length: the rest of a layer normalisation is in the weights. */
  private SDVariable normalised(SDVariable x) {
    return x.mul(sd.math().rsqrt(sd.squaredNorm(x, true, 1).add(width * EPSILON)));
  }

  private SDVariable linear(String name, SDVariable x) {
    return x.mmul(sd.getVariable(name)).add(sd.getVariable(name + "Bias"));
  }

  /**
   * The lists of a batch.
   *
   * @param tokens number of tokens so far, the projected ones included; at most T
   * @param keys of the tokens: [T, B, d], with finite numbers behind them
   * @param values likewise
   * @param before the queries before, for {@link #mixes}: [B, d]
   * @param z candidate vectors: [N, B, d], N at least 2
   * @param gone 0, or a large negative number where a candidate is not available: [B, N]
   * @param pairs added to the logits by pair scores; null without: [B, N]
   */
  public record Lists(
      int tokens,
      INDArray keys,
      INDArray values,
      INDArray before,
      INDArray z,
      INDArray gone,
      INDArray pairs) {}

  /**
   * @param query the decision embeddings e: [B, d]
   * @param logits scores at the base temperature, gone candidates masked: [B, N]
   * @param probability at the recommending temperature (eq. 12): [B, N]
   * @param gone as before, with the candidates that were taken: [B, N]
   * @param outcome entropies and choices, on the host
   */
  public record Scored(
      INDArray query, INDArray logits, INDArray probability, INDArray gone, StepOutcome outcome) {}

  /** Attends to the tokens so far, scores the candidates and chooses (eq. 11-14). */
  public Scored attend(Projected projected, Lists lists, StepControls controls) {
    int room = (int) lists.keys().size(0);
    return attend(projected, lists, controls, constants.future(lists.tokens(), room));
  }

  /**
   * As the other, where lists see their own tokens.
   *
   * @param unseen added to attention's logits, 0 or a large negative number: [T, B * h]
   */
  public Scored attend(Projected projected, Lists lists, StepControls controls, INDArray unseen) {
    long room = lists.keys().size(0);
    long batch = lists.keys().size(1);
    long heads = batch * width / headWidth;
    int pool = (int) lists.z().size(0);
    Map<String, INDArray> in = new HashMap<>();
    in.put("query", projected.query().reshape(heads, headWidth));
    in.put("residual", projected.residual());
    in.put("keys", lists.keys().reshape(room, heads, headWidth));
    in.put("values", lists.values().reshape(room, heads, headWidth));
    in.put("z", lists.z());
    in.put("gone", lists.gone());
    if (lists.pairs() != null) {
      in.put("pairs", lists.pairs());
    }
    in.put("future", unseen);
    in.put("ones", constants.ones((int) room));
    in.put("number", constants.numbers(pool));
    if (controls.draws()) {
      in.put("triangle", constants.triangle(pool));
    }
    boolean mixed = mixes && controls.reasons();
    if (mixed) {
      in.put("before", lists.before());
    }
    String suffix = mixed ? MIXED : "";
    String e = "e" + suffix;
    String scored = "scored" + suffix;
    String probability = "probability" + suffix;
    String outcome = (controls.draws() ? "drawn" : "greedy") + suffix;
    try (INDArray sent = controls.array()) {
      controls.enter(sent, mixed, in);
      Map<String, INDArray> out = run(in, e, scored, probability, "goneNow", outcome);
      return new Scored(
          out.get(e),
          out.get(scored),
          out.get(probability),
          out.get("goneNow"),
          new StepOutcome(Backend.floats(out.get(outcome)), (int) batch, scores.sharper()));
    }
  }

  // ---- reasoning tokens

  private void token() {
    double flatter = reasoning.baseTemperature() / reasoning.reasoningTemperature();
    SDVariable logits = input("logits", -1, -1).mul(flatter);
    SDVariable weights = Sums.softmax(sd, logits, 1).rename("weights");
    SDVariable columns = sd.expandDims(sd.permute(weights, 1, 0), 2);
    SDVariable weighed = sd.getVariable("z").mul(columns);
    SDVariable mixture = Sums.overFirst(sd, input("all", 1, -1), weighed, width);
    (gated ? mixture.add(input("asked", -1, width)) : mixture).rename("token");
  }

  /**
   * @param weights of the candidates at the reasoning temperature: [B, N]
   * @param token their weighted sum, the context-aware reasoning token (section 4.3.1), plus the
   *     query where reasoning is gated: [B, d]
   */
  public record Reasoned(INDArray weights, INDArray token) {}

  /** What each list would reason next. */
  public Reasoned reason(Scored scored, INDArray z) {
    INDArray ones = constants.ones((int) z.size(0));
    Map<String, INDArray> in = new HashMap<>();
    in.put("logits", scored.logits());
    in.put("z", z);
    in.put("all", ones);
    if (gated) {
      in.put("asked", scored.query());
    }
    Map<String, INDArray> out = run(in, "weights", "token");
    return new Reasoned(out.get("weights"), out.get("token"));
  }

  // ---- SameDiff

  private SDVariable input(String name, long... shape) {
    return sd.placeHolder(name, DataType.FLOAT, shape);
  }

  private Map<String, INDArray> run(Map<String, INDArray> inputs, String... outputs) {
    return programs
        .computeIfAbsent(List.of(outputs), names -> new Program(sd, outputs))
        .run(inputs, memory);
  }
}
