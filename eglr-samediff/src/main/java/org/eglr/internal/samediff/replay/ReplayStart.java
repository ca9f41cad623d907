package org.eglr.internal.samediff.replay;

import java.util.Arrays;
import java.util.Map;
import org.eglr.Settings;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Sinusoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Prepares a replay's tape: room for what both ways leave, what is known before, weights. */
final class ReplayStart extends ReplayPass {

  private final Settings settings;

  ReplayStart(Settings settings, ReplayStep step, ReplayTape tape, ReplayPlan plan) {
    super(settings, step, tape, plan);
    this.settings = settings;
  }

  /** For trajectories whose plan this is. */
  void all(ReplayBatch lists) {
    rooms();
    numbers(lists);
    step.iteration(this::weights);
  }

  private void rooms() {
    long vectors = (long) plan.lists * width;
    long scores = (long) plan.lists * plan.pool;
    for (String name :
        "token x q context ln1.unit first ln2.unit query dOutput dSecond dFirst dSum dX dToken"
            .split(" ")) {
      tape.room(name, plan.tokens, vectors);
    }
    for (String name : "ln1.scale ln2.scale chosenProbability".split(" ")) {
      tape.room(name, plan.tokens, plan.lists);
    }
    if (step.bonus) {
      tape.room("entropy", plan.tokens, plan.lists);
      tape.fill("bonus", plan.tokens, plan.lists, 0);
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
      tape.fill(name, room, vectors, 0);
    }
    for (String name : "attention dDots".split(" ")) {
      tape.fill(name, plan.tokens, room * heads, 0);
    }
    tape.fill("carried", 1, vectors, 0);
    if (step.gated) {
      tape.room("output", plan.tokens, vectors);
      tape.fill("dGained", plan.tokens, vectors, 0);
    }
    tape.fill("dNext", 1, vectors, 0);
  }

  private void numbers(ReplayBatch lists) {
    int tokens = plan.tokens;
    int most = Math.max(Math.max(room, plan.pool), tokens * plan.lists);
    tape.fill("ones", Math.max(most, lists.requests() * plan.pool), 1, 1);
    double[] number = new double[plan.pool];
    Arrays.setAll(number, j -> j);
    tape.put("number", 1, number);
    double[] future = new double[tokens * room];
    for (int t = 0; t < tokens; t++) {
      Arrays.fill(future, t * room + t + 1, (t + 1) * room, ReplayStep.MASKED);
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
    float[] encodings = Sinusoid.rows(tokens, settings.position());
    tape.put(
        "positions", tokens, step.gated ? plan.places(encodings, settings.position()) : encodings);
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
    long places = (long) plan.tokens * (step.gated ? plan.lists : 1);
    INDArray positions = tape.rows("positions", 0, plan.tokens, places, position);
    Map<String, INDArray> in = Map.of("positions", positions, "positionWeight", positionWeight);
    tape.room("places", plan.tokens, places / plan.tokens * width);
    INDArray projected = step.run(in, "places").get("places");
    tape.rows("places", 0, plan.tokens, places, width).assign(projected);
    return null;
  }

  private static INDArray columns(INDArray matrix, int from, int to) {
    return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }
}
