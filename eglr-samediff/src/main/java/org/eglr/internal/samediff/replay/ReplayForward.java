package org.eglr.internal.samediff.replay;

import java.util.Map;
import java.util.stream.Stream;
import org.eglr.Settings;
import org.eglr.internal.samediff.step.StepGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A replay's way forward (eq. 10-13), token by token; what the way back needs is on the tape. */
final class ReplayForward extends ReplayPass {

  private static final String[] PROJECTED = {"token", "x", "q", "k", "v"};
  private static final String[] DECIDED = {
    "attention",
    "context",
    "ln1.unit",
    "ln1.scale",
    "first",
    "hidden",
    "ln2.unit",
    "ln2.scale",
    "query",
    "probability",
    "choice",
    "chosenProbability",
    "shares",
    "goneNext"
  };

  private final String[] decided;

  ReplayForward(Settings settings, ReplayStep step, ReplayTape tape, ReplayPlan plan) {
    super(settings, step, tape, plan);
    Stream<String> own = step.gated && step.mixes ? Stream.of("output") : Stream.empty();
    Stream<String> bonus = step.bonus ? Stream.of("entropy") : Stream.empty();
    decided =
        Stream.of(Stream.of(DECIDED), own, bonus).flatMap(names -> names).toArray(String[]::new);
  }

  /** Puts the context before the first token (eq. 10). */
  void start() {
    step.iteration(() -> ownToken(thought(candidates("shares", 0))));
  }

  void token(int t) {
    if (step.gated) {
      int seen = StepGraph.room(t + 1);
      tape.put("unseen", 1, plan.unseen(t, seen, (int) (heads / plan.lists)));
    }
    step.iteration(
        () -> {
          project(t);
          decide(t);
          if (plan.reasons(t)) {
            boolean aware = step.aware;
            INDArray query = vectors("query", t);
            INDArray thought = aware ? thought(candidates("probability", t)) : query;
            ownToken(aware && step.gated ? sum(thought, query) : thought);
          }
          return null;
        });
  }

  private void project(int t) {
    Map<String, INDArray> in = inputs();
    in.put("table", tape.rows("table", 0, plan.pool + 1L, (plan.pool + 1L) * plan.lists, width));
    in.put("row", tape.row("row", t, plan.lists, 1));
    in.put("place", step.gated ? vectors("places", t) : tape.row("places", t, width));
    in.put("qkvBias", tape.row("qkvBias", 0, 3L * width));
    step.run(in, (name, shape) -> tape.row(name, t, shape), PROJECTED);
  }

  private void decide(int t) {
    int seen = StepGraph.room(t + 1);
    Map<String, INDArray> in = inputs();
    in.put("k", heads("k", 0, seen));
    in.put("v", heads("v", 0, seen));
    in.put("q", tape.row("q", t, heads, headWidth));
    in.put("x", vectors("x", t));
    in.put(
        "future", step.gated ? tape.row("unseen", 0, seen, heads) : tape.row("future", t, seen, 1));
    in.put("ones.seen", ones(seen));
    in.put("inverse", across("inverse", t));
    in.put("chosen", across("chosen", t));
    in.put("number", tape.row("number", 0, plan.pool, 1));
    in.put("gone", candidates("gone", 0));
    if (step.pairs) {
      in.put("pairs", candidates("pairs", t));
    }
    if (step.aware) {
      in.put("reasons", across("reasons", t));
    }
    if (step.mixes) {
      in.put("own", down("own", t));
      in.put("kept", down("kept", t));
      in.put("before", vectors(t == 0 ? "x" : "query", Math.max(0, t - 1))); // first: kept is 0
    }
    INDArray gone = step.run(in, (name, shape) -> place(name, t, shape), decided).get("goneNext");
    tape.write("gone", 0, gone);
  }

  /** Where what is decided at a token goes; not over what the decision looks at. */
  private INDArray place(String name, int t, long[] shape) {
    return name.equals("goneNext")
        ? null
        : tape.row(name, name.equals("shares") ? t + 1 : t, shape);
  }

  private INDArray thought(INDArray probability) {
    Map<String, INDArray> in = inputs();
    in.put("probability", probability);
    return step.run(in, "thought").get("thought");
  }

  private INDArray sum(INDArray thought, INDArray query) {
    return step.run(Map.of("thought", thought, "asked", query), "withQuery").get("withQuery");
  }

  /** Of the next token of those lists that reason. */
  private Void ownToken(INDArray token) {
    tape.write("table", plan.pool, token);
    return null;
  }
}
