package org.eglr.internal.nn;

import java.util.Map;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The candidates of a replay's requests: their vectors, made of features where the generator has
 * its own (eq. 9), go to all lists; gradients come back from all lists.
 */
final class ReplayCandidates extends ReplayPass {

  private final ReplayBatch batch;
  private final long items; // of all requests
  private final long features; // columns; 0 without the generator's own
  private final long hidden;

  /**
   * @param given vectors [R, N, d], or rows of features [R * N, inputWidth]
   */
  ReplayCandidates(
      Architecture architecture,
      ReplayStep step,
      ReplayTape tape,
      ReplayPlan plan,
      ReplayBatch batch,
      INDArray given) {
    super(architecture.settings(), step, tape, plan);
    this.batch = batch;
    items = (long) batch.requests() * plan.pool;
    features = architecture.settings().trainFeatures() ? architecture.inputWidth() : 0;
    hidden = architecture.hiddenWidth();
    tape.room("given", items, given.length() / items);
    tape.rows("given", 0, items, given.shape()).assign(given);
  }

  /** Takes the candidates to the lists. */
  void spread() {
    step.iteration(
        () -> {
          INDArray vectors = features > 0 ? vectors() : tape.rows("given", 0, items, items, width);
          INDArray requests = vectors.reshape(batch.requests(), plan.pool, width);
          INDArray request = tape.row("request", 0, plan.lists);
          INDArray z = step.run(Map.of("requests", requests, "request", request), "z").get("z");
          return tape.rows("table", 0, plan.pool, z.shape()).assign(z);
        });
  }

  private INDArray vectors() {
    Map<String, INDArray> in = Map.of("features", tape.rows("given", 0, items, items, features));
    Map<String, INDArray> out = step.run(in, "featureHidden", "candidates");
    tape.room("featureHidden", items, hidden);
    tape.rows("featureHidden", 0, items, items, hidden).assign(out.get("featureHidden"));
    return out.get("candidates");
  }

  /** Hands on the gradients of the feature rows and of their parameters; after the sweep back. */
  void back(BiConsumer<String, INDArray> gradients) {
    int tokens = plan.tokens;
    Map<String, INDArray> in =
        Map.of(
            "dScoresAll", tape.rows("dScores", 0, tokens, tokens, plan.pool, plan.lists),
            "queryAll", tape.rows("query", 0, tokens, tokens, plan.lists, width),
            "sharesAll", tape.rows("shares", 0, tokens, tokens, plan.pool, plan.lists),
            "dTokenAll", tape.rows("dToken", 0, tokens, tokens, plan.lists, width));
    INDArray dz = step.run(in, "dz").get("dz"); // [B, N, d]
    tape.room("dz", plan.lists, (long) plan.pool * width);
    tape.rows("dz", 0, plan.lists, dz.shape()).assign(dz);
    INDArray groups =
        tape.rows(
            "dz",
            0,
            (long) batch.requests() * batch.group(),
            batch.requests(),
            batch.group(),
            (long) plan.pool * width);
    INDArray dCandidates = sumOfLists(groups).reshape(items, width);
    INDArray featureHidden = tape.rows("featureHidden", 0, items, items, hidden);
    Map<String, INDArray> out =
        step.run(
            Map.of("dCandidates", dCandidates, "featureHidden", featureHidden),
            "dFeatureHidden",
            "dFeatures");
    linear("features.fc2", dCandidates, featureHidden, gradients);
    INDArray rows = tape.rows("given", 0, items, items, features);
    linear("features.fc1", out.get("dFeatureHidden"), rows, gradients);
    gradients.accept(FeatureRows.NAME, out.get("dFeatures"));
  }
}
