package org.eglr.internal.samediff.replay;

import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.eglr.Settings;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.samediff.step.StepGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A replay's way back (eq. 19): from the last token to the first, then to all weights at once. */
final class ReplayBackward extends ReplayPass {

  private static final String[] THROUGH_LAYER = {
    "dScores", "dOutput", "dSecond", "dHidden", "dFirst", "dSum", "dContext", "dDots", "dq"
  };

  /** What is not kept for each token. */
  private static final Set<String> OWN = Set.of("dq", "carried");

  private static final String[] TO_INPUT = {"dQkv", "dX", "dToken"};

  private final int hidden;
  private final int positionWidth;

  ReplayBackward(Settings settings, ReplayStep step, ReplayTape tape, ReplayPlan plan) {
    super(settings, step, tape, plan);
    hidden = settings.feedForward();
    positionWidth = settings.position();
  }

  void token(int t) {
    step.iteration(
        () -> {
          toInput(t, throughLayer(t));
          return null;
        });
  }

  private INDArray throughLayer(int t) {
    int seen = StepGraph.room(t + 1);
    Map<String, INDArray> in = inputs();
    for (String name : new String[] {"probability", "choice"}) {
      in.put(name, candidates(name, t));
    }
    for (String name : new String[] {"coefficient", "inverse"}) {
      in.put(name, across(name, t));
    }
    if (step.bonus) {
      in.put("entropy", across("entropy", t));
      in.put("bonus", across("bonus", t));
    }
    in.put("dNext", tape.row("dNext", 0, plan.lists, width));
    in.put("reasonsColumn", down("reasons", t));
    if (step.mixes) {
      if (step.gated) {
        in.put("output", vectors("output", t));
      }
      in.put("own", down("own", t));
      in.put("kept", down("kept", t));
      in.put("carried", tape.row("carried", 0, plan.lists, width));
    }
    for (String name : new String[] {"ln1", "ln2"}) {
      in.put(name + ".unit", vectors(name + ".unit", t));
      in.put(name + ".scale", down(name + ".scale", t));
    }
    in.put("hidden", tape.row("hidden", t, plan.lists, hidden));
    in.put("k", heads("k", 0, seen));
    in.put("v", heads("v", 0, seen));
    in.put("attention", tape.row("attention", t, seen, heads));
    in.put("ones.seen", ones(seen));
    Map<String, INDArray> out =
        step.run(
            in, (name, shape) -> OWN.contains(name) ? null : tape.row(name, t, shape), outputs());
    if (step.mixes) {
      tape.write("carried", 0, out.get("carried"));
    }
    return out.get("dq");
  }

  private String[] outputs() {
    if (!step.mixes) {
      return THROUGH_LAYER;
    }
    Stream<String> further = step.gated ? Stream.of("carried", "dGained") : Stream.of("carried");
    return Stream.concat(Stream.of(THROUGH_LAYER), further).toArray(String[]::new);
  }

  private void toInput(int t, INDArray dq) {
    int from =
        Math.max(0, plan.tokens - StepGraph.room(plan.tokens - t)); // those before t weigh nothing
    Map<String, INDArray> in = inputs();
    in.put("dq", dq);
    in.put("qLater", heads("q", from, plan.tokens));
    in.put("dContextLater", heads("dContext", from, plan.tokens));
    in.put("dDotsLater", place("dDots", from, t));
    in.put("attentionLater", place("attention", from, t));
    in.put("ones.later", ones((long) plan.tokens - from));
    in.put("dSum", vectors("dSum", t));
    step.run(in, (name, shape) -> tape.row(name, t, shape), TO_INPUT);
    tape.write("dNext", 0, vectors("dToken", t));
  }

  /** What tokens from some on hold at the place of token t: [tokens, B * h], copied. */
  private INDArray place(String name, int from, int t) {
    long count = (long) plan.tokens - from;
    tape.room(name + ".place", 1, count * heads);
    INDArray place = tape.row(name + ".place", 0, count, heads);
    INDArray all = tape.rows(name, from, plan.tokens, count, room, heads);
    return place.assign(all.get(NDArrayIndex.all(), NDArrayIndex.point(t), NDArrayIndex.all()));
  }

  // ---- weights

  /** Hands on the gradients of the decoder's parameters; they last until the iteration ends. */
  void weights(BiConsumer<String, INDArray> gradients) {
    linear("layer.fc2", all("dSecond", width), all("hidden", hidden), gradients);
    linear("layer.fc1", all("dHidden", hidden), all("first", width), gradients);
    linear("layer.o", all("dSum", width), all("context", width), gradients);
    normalisation("layer.ln1", all("dFirst", width), all("ln1.unit", width), gradients);
    normalisation("layer.ln2", all("dOutput", width), all("ln2.unit", width), gradients);
    INDArray qkv = product(all("dQkv", 3 * width), all("x", width));
    INDArray qkvBias = sum(all("dQkv", 3 * width));
    for (int part = 0; part < 3; part++) {
      String layer = "layer." + "qkv".charAt(part);
      INDArrayIndex rows = NDArrayIndex.interval((long) part * width, (part + 1L) * width);
      gradients.accept(layer + ".weight", qkv.get(rows, NDArrayIndex.all()));
      gradients.accept(layer + ".bias", qkvBias.get(rows));
    }
    input(gradients);
    if (step.gated) {
      gradients.accept(Architecture.GAIN, sum(all("dGained", width)));
    }
  }

  private void normalisation(
      String layer, INDArray dOut, INDArray unit, BiConsumer<String, INDArray> gradients) {
    INDArray each = step.run(Map.of("left", dOut, "right", unit), "each").get("each");
    gradients.accept(layer + ".weight", sum(each));
    gradients.accept(layer + ".bias", sum(dOut));
  }

  /** Tokens have their own vectors, but share their places' encodings. */
  private void input(BiConsumer<String, INDArray> gradients) {
    int tokens = plan.tokens;
    if (step.gated) {
      ownPlaces(gradients);
      return;
    }
    INDArray places = sumOfLists(tape.rows("dX", 0, tokens, tokens, plan.lists, width));
    gradients.accept("inp.bias", sum(places));
    INDArray token = product(all("dX", width), all("token", width));
    INDArray encodings = tape.rows("positions", 0, tokens, tokens, positionWidth);
    Map<String, INDArray> in = Map.of("left", token, "right", product(places, encodings));
    gradients.accept("inp.weight", step.run(in, "beside").get("beside"));
  }

  /** Lists have places of their own. */
  private void ownPlaces(BiConsumer<String, INDArray> gradients) {
    gradients.accept("inp.bias", sum(all("dX", width)));
    INDArray token = product(all("dX", width), all("token", width));
    INDArray place = product(all("dX", width), all("positions", positionWidth));
    Map<String, INDArray> in = Map.of("left", token, "right", place);
    gradients.accept("inp.weight", step.run(in, "beside").get("beside"));
  }

  private INDArray all(String name, long columns) {
    return tape.rows(name, 0, plan.tokens, (long) plan.tokens * plan.lists, columns);
  }
}
