package org.eglr.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.internal.learn.GrpoBatch;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.Trajectory;

/** Parts of the generator's batches as bytes, and what becomes of them. */
final class PackedReplay {

  private PackedReplay() {}

  /** A part and what is minimised. */
  record Task(GrpoBatch.Part part, PolicyLoss loss) {}

  static byte[] task(GrpoBatch.Part part, PolicyLoss loss) {
    ReplayBatch lists = part.lists();
    Packer into = new Packer().add(lists.pool()).add(lists.pools()).add(lists.group());
    part.requests().forEach(request -> PackedRequest.add(into, request));
    lists.lists().forEach(list -> PackedRollout.trajectory(into, list));
    into.add(lists.coefficient());
    into.add(loss.ratios() ? 1 : 0).add(loss.low()).add(loss.high()).add(loss.before());
    into.add(loss.divergence()).add(loss.reference()).add(loss.bonus());
    return into.bytes();
  }

  /**
   * @param vectors of a request's candidates
   */
  static Task task(byte[] bytes, Schema schema, Function<Request, CandidateVectors> vectors) {
    Unpacker from = new Unpacker(bytes);
    int pool = from.integer();
    int[] pools = from.integers();
    int group = from.integer();
    List<Request> requests = PackedRequest.next(from, schema, pools.length);
    List<Trajectory> lists = new ArrayList<>();
    for (int b = 0; b < pools.length * group; b++) {
      lists.add(PackedRollout.trajectory(from));
    }
    double[] coefficient = from.doubles();
    boolean ratios = from.integer() == 1;
    PolicyLoss loss =
        new PolicyLoss(
            ratios, from.real(), from.real(), from.rows(), from.real(), from.rows(), from.real());
    return new Task(
        new GrpoBatch.Part(
            requests.stream().map(vectors).toList(),
            new ReplayBatch(pool, pools, group, requests, lists, coefficient)),
        loss);
  }

  static byte[] result(ReplayEngine.Result result) {
    Packer into = new Packer().add(result.loss());
    PackedEvaluation.gradients(into, result.gradients());
    return into.addAsFloats(result.features()).add(result.choices()).bytes();
  }

  static ReplayEngine.Result result(byte[] bytes) {
    Unpacker from = new Unpacker(bytes);
    double loss = from.real();
    Map<String, double[]> gradients = PackedEvaluation.gradients(from);
    return new ReplayEngine.Result(loss, gradients, from.floatsAsDoubles(), from.rows());
  }
}
