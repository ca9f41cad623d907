package org.eglr.internal.samediff.replay;

import java.util.HashMap;
import java.util.Map;
import org.eglr.Settings;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Graph;
import org.eglr.internal.samediff.Program;
import org.eglr.internal.samediff.Sums;
import org.eglr.internal.samediff.step.StepGraph;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a replay does with one token of every list: forward (eq. 10-13), and back from the gradient
 * of the next token to that of this one. Both ways are written as SameDiff operations: only so can
 * the gradient of a reasoning token be complete before the output it was made of is gone through.
 *
 * <p>B lists, N candidates, S places for tokens, width d, h heads; lists are the second dimension
 * of what has three, as in {@link StepGraph}.
 */
final class ReplayStep extends Graph {

  static final double MASKED = -1e9;
  private static final double TINY = 1e-37; // keeps the logarithm finite

  final boolean mixes;
  final boolean gated;
  final boolean aware;
  final boolean bonus;
  final boolean pairs; // whether scores have a part that the host makes
  private final int width;
  private final int headWidth;

  /**
   * @param bonus whether entropies are computed, and a bonus on them is part of the loss
   */
  ReplayStep(
      Architecture architecture,
      Weights weights,
      Reasoning reasoning,
      DataType type,
      boolean bonus) {
    super(weights, type);
    Settings settings = architecture.settings();
    pairs = architecture.hasPairScores();
    this.bonus = bonus;
    width = settings.width();
    headWidth = width / settings.heads();
    boolean reasons = reasoning.budget() > 0;
    gated = reasoning.gated();
    mixes = reasons && (gated || reasoning.query() == QueryUpdate.RESIDUAL);
    aware = reasons && reasoning.token() == ReasoningToken.CONTEXT_AWARE;
    prepare(settings.position());
    project();
    decide(attend());
    thought();
    attentionBack(layerBack(decisionBack()));
    inputBack();
    weightsBack();
    if (settings.trainFeatures()) {
      candidates();
      candidatesBack();
    }
  }

  // ---- forward

  /** What all tokens at a place in their lists have in common, and z for every list. */
  private void prepare(int position) {
    SDVariable places = in("positions", -1, position);
    times(places, in("positionWeight", width, position)).add("places", weight("inp.bias"));
    SDVariable byCandidate = sd.permute(in("requests", -1, -1, width), 1, 0, 2);
    SDVariable request = sd.placeHolder("in.request", DataType.INT32, -1);
    sd.gather(byCandidate, request, 1).rename("z"); // [N, B, d]
  }

  private void project() {
    SDVariable row = sd.placeHolder("in.row", DataType.INT32, -1, 1);
    SDVariable token = sd.gatherNd(in("table", -1, width), row).rename("token");
    SDVariable x =
        times(token, in("tokenWeight", width, width))
            .add("x", gated ? in("place", -1, width) : in("place", width));
    SDVariable all = times(x, in("qkvWeight", 3 * width, width)).add(in("qkvBias", 3 * width));
    sd.split(new String[] {"q", "k", "v"}, all, 3, 1);
  }

  /** eq. 11, from attention to the layer's output. */
  private SDVariable attend() {
    SDVariable dots = sumLast(in("k", -1, -1, headWidth).mul(in("q", -1, headWidth)), headWidth);
    SDVariable scaled = dots.mul(1 / Math.sqrt(headWidth)).add(in("future", -1, gated ? -1 : 1));
    SDVariable attention = Sums.softmax(sd, scaled, 0).rename("attention"); // [S, B * h]
    SDVariable mixed = in("v", -1, -1, headWidth).mul(sd.expandDims(attention, 2));
    SDVariable context = sumFirst("seen", mixed).rename("context");
    SDVariable sum = linear("layer.o", context).add(in("x", -1, width));
    SDVariable first = kept("ln1", sum).rename("first");
    SDVariable hidden = sd.nn().relu(linear("layer.fc1", first), 0).rename("hidden");
    return kept("ln2", linear("layer.fc2", hidden).add(first));
  }

  /** A normalisation that leaves what the way back needs. */
  private SDVariable kept(String name, SDVariable x) {
    Normalised normalised = normalised("layer." + name, x, width);
    normalised.unit().rename(name + ".unit");
    normalised.scale().rename(name + ".scale");
    return normalised.out();
  }

  /** eq. 12, 13: every token's scores at the temperature of what it is used for. */
  private void decide(SDVariable output) {
    SDVariable query = output;
    if (mixes) {
      SDVariable before = in("before", -1, width);
      if (gated) {
        before = output.rename("output").mul(weight(Architecture.GAIN)).add(before);
      }
      query = output.mul(in("own", -1, 1)).add(before.mul(in("kept", -1, 1)));
    }
    SDVariable scores = sumLast(z().mul(query.rename("query")), width); // [N, B]
    scores = pairs ? scores.add(in("pairs", -1, -1)) : scores;
    SDVariable logits = scores.mul(in("inverse", 1, -1)).add(in("gone", -1, -1));
    SDVariable p = Sums.softmax(sd, logits, 0).rename("probability");
    SDVariable choice = sd.eq(in("number", -1, 1), in("chosen", 1, -1)).castTo("choice", type);
    sd.sum(p.mul(choice), 0).add("chosenProbability", TINY);
    if (bonus) {
      sd.sum(p.mul(logarithm(p)), 0).neg("entropy");
    }
    in("gone", -1, -1).add("goneNext", choice.mul(MASKED));
    // shares of the candidates in the next token
    (aware ? choice.add(p.mul(in("reasons", 1, -1))) : choice.mul(1)).rename("shares");
  }

  /** Candidates weighed and summed: a reasoning token (section 4.3.1), or the context (eq. 10). */
  private void thought() {
    SDVariable weights = sd.expandDims(in("probability", -1, -1), 2);
    sumFirst("all", z().mul(weights)).rename("thought");
    in("thought", -1, width).add("withQuery", in("asked", -1, width));
  }

  // ---- back

  /** From the gradient of the next token to that of the layer's output. */
  private SDVariable decisionBack() {
    SDVariable p = in("probability", -1, -1);
    SDVariable slope = in("choice", -1, -1).sub(p).mul(in("coefficient", 1, -1)); // eq. 19
    if (bonus) { // an entropy H falls by p (log p + H) with a score
      SDVariable surprise = logarithm(p).add(in("entropy", 1, -1));
      slope = slope.add(p.mul(surprise).mul(in("bonus", 1, -1)));
    }
    SDVariable dNext = in("dNext", -1, width).mul(in("reasonsColumn", -1, 1));
    if (aware) {
      slope = slope.add(softmaxBack(p, sumLast(z().mul(dNext), width)));
    }
    SDVariable dScores = slope.mul("dScores", in("inverse", 1, -1));
    SDVariable dQuery = sumFirst("all", z().mul(sd.expandDims(dScores, 2)));
    if (!aware || gated) {
      dQuery = dQuery.add(dNext);
    }
    if (mixes) {
      dQuery = dQuery.add(in("carried", -1, width));
      SDVariable dThought = dQuery.mul("carried", in("kept", -1, 1));
      dQuery = dQuery.mul(in("own", -1, 1));
      if (gated) {
        dThought.mul("dGained", in("output", -1, width));
        dQuery = dQuery.add(dThought.mul(weight(Architecture.GAIN)));
      }
    }
    return dQuery.rename("dOutput");
  }

  private SDVariable logarithm(SDVariable p) {
    return sd.math().log(p.add(TINY));
  }

  private SDVariable layerBack(SDVariable dOutput) {
    SDVariable dSecond = back("ln2", dOutput).rename("dSecond");
    SDVariable on = on(in("hidden", -1, -1));
    SDVariable dHidden = sd.mmul(dSecond, weight("layer.fc2.weight")).mul("dHidden", on);
    SDVariable dFirst = sd.mmul(dHidden, weight("layer.fc1.weight")).add("dFirst", dSecond);
    SDVariable dSum = back("ln1", dFirst).rename("dSum");
    return sd.mmul("dContext", dSum, weight("layer.o.weight"));
  }

  private SDVariable back(String name, SDVariable dNormalised) {
    SDVariable unit = in(name + ".unit", -1, width);
    return normalisedBack("layer." + name, dNormalised, unit, in(name + ".scale", -1, 1));
  }

  private void attentionBack(SDVariable dContext) {
    SDVariable dMixed = sd.reshape(dContext, -1, headWidth);
    SDVariable dAttention = sumLast(in("v", -1, -1, headWidth).mul(dMixed), headWidth);
    SDVariable dDots = softmaxBack(in("attention", -1, -1), dAttention);
    dDots = dDots.mul("dDots", 1 / Math.sqrt(headWidth));
    SDVariable mixed = in("k", -1, -1, headWidth).mul(sd.expandDims(dDots, 2));
    sumFirst("seen", mixed).rename("dq");
  }

  /** A token's key and value were looked at by the later tokens, whose turn has been. */
  private void inputBack() {
    SDVariable dDots = sd.expandDims(in("dDotsLater", -1, -1), 2);
    SDVariable dk = sumFirst("later", in("qLater", -1, -1, headWidth).mul(dDots));
    SDVariable attention = sd.expandDims(in("attentionLater", -1, -1), 2);
    SDVariable dv = sumFirst("later", in("dContextLater", -1, -1, headWidth).mul(attention));
    SDVariable dQkv = sd.concat("dQkv", 1, in("dq", -1, width), dk, dv);
    SDVariable dX =
        sd.mmul(dQkv, in("qkvWeight", 3 * width, width)).add("dX", in("dSum", -1, width));
    sd.mmul("dToken", dX, in("tokenWeight", width, width));
  }

  /** What all tokens together do to a weight: from what they put in and what they get back. */
  private void weightsBack() {
    SDVariable left = in("left", -1, -1);
    SDVariable right = in("right", -1, -1);
    sd.mmul("product", left, right, true, false, false);
    left.mul("each", right);
    sd.concat("beside", 1, left, right);
    sd.sum("sumOfLists", in("lists", -1, -1, -1), 1);
  }

  // ---- the generator's own features (eq. 9)

  private void candidates() {
    SDVariable hidden = featureHidden(in("features", -1, -1)).rename("featureHidden");
    features(hidden).rename("candidates");
  }

  private void candidatesBack() {
    SDVariable ofScores = perList("dScores").mul(sd.expandDims(in("query", -1, width), 1));
    SDVariable ofShares = perList("shares").mul(sd.expandDims(in("dToken", -1, width), 1));
    in("dz", -1, -1, width).add("dzNext", ofScores.add(ofShares)); // [B, N, d]
    SDVariable on = on(in("featureHidden", -1, -1));
    SDVariable dHidden = sd.mmul(in("dCandidates", -1, width), weight("features.fc2.weight"));
    sd.mmul("dFeatures", dHidden.mul("dFeatureHidden", on), weight("features.fc1.weight"));
  }

  private SDVariable perList(String ofCandidates) {
    return sd.expandDims(sd.permute(in(ofCandidates, -1, -1), 1, 0), 2);
  }

  // ---- SameDiff

  private SDVariable z() {
    return in("z", -1, -1, width);
  }

  /** An input of some of the operations. */
  private SDVariable in(String name, long... shape) {
    String full = "in." + name;
    return sd.hasVariable(full) ? sd.getVariable(full) : input(full, shape);
  }

  private SDVariable sumFirst(String ones, SDVariable x) {
    return Sums.overFirst(sd, in("ones." + ones, 1, -1), x, width);
  }

  private SDVariable sumLast(SDVariable x, int terms) {
    return Sums.overLast(sd, x, 3, terms, type);
  }

  /** Runs the operations that lead to the outputs; they last until the iteration ends. */
  Map<String, INDArray> run(Map<String, INDArray> inputs, String... outputs) {
    return execute(named(inputs), outputs);
  }

  /** As {@link #run(Map, String...)}, with places for outputs. */
  Map<String, INDArray> run(
      Map<String, INDArray> inputs, Program.Targets targets, String... outputs) {
    return execute(named(inputs), targets, outputs);
  }

  private static Map<String, INDArray> named(Map<String, INDArray> inputs) {
    Map<String, INDArray> named = new HashMap<>();
    inputs.forEach((name, array) -> named.put("in." + name, array));
    return named;
  }
}
