package org.eglr.internal.samediff.replay;

import java.util.Map;
import java.util.function.BiConsumer;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.ReplayBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

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
    if (features > 0) {
      tape.fill("dz", plan.lists, (long) plan.pool * width, 0);
    }
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

  /** Adds what a token does to its list's candidates: as their scores, and as parts of itself. */
  void back(int token) {
    Map<String, INDArray> in =
        Map.of(
            "dz", dz(),
            "dScores", candidates("dScores", token),
            "query", vectors("query", token),
            "shares", candidates("shares", token),
            "dToken", vectors("dToken", token));
    step.iteration(() -> dz().assign(step.run(in, "dzNext").get("dzNext")));
  }

  private INDArray dz() {
    return tape.rows("dz", 0, plan.lists, plan.lists, plan.pool, width);
  }

  /** [R, N * d]; a sum by ND4J would take a block of threads for each of its values. */
  private INDArray sumOfGroups() {
    int group = batch.group();
    long row = (long) plan.pool * width;
    INDArray lists = tape.rows("dz", 0, (long) batch.requests() * group, items * group, width);
    INDArray groups = lists.reshape(batch.requests(), group, row);
    tape.room("dCandidates", batch.requests(), row);
    INDArray sum = tape.rows("dCandidates", 0, batch.requests(), batch.requests(), row);
    sum.assign(of(groups, 0));
    for (int g = 1; g < group; g++) {
      sum.addi(of(groups, g));
    }
    return sum;
  }

  private static INDArray of(INDArray groups, int list) {
    return groups.get(NDArrayIndex.all(), NDArrayIndex.point(list), NDArrayIndex.all());
  }

  /** Hands on the gradients of the feature rows and of their parameters; after all tokens. */
  void back(BiConsumer<String, INDArray> gradients) {
    INDArray dCandidates = sumOfGroups().reshape(items, width);
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
