package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;
import org.eglr.data.Request;
import org.eglr.internal.learn.GeneratorWork;
import org.eglr.internal.learn.GrpoBatch;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.PolicyLoss;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.Weights;
import org.eglr.internal.work.Workers;

/**
 * Writes lists, has the evaluator score them, and replays them, in tasks: two jobs a step, one more
 * for each further update. A request's group is written in one task.
 */
final class RemoteGeneratorWork implements GeneratorWork {

  private static final PerJvm<GeneratorReplica> REPLICAS = new PerJvm<>(4, GeneratorReplica::close);

  private static final String TRAINED = " generator";
  private static final String REFERENCE = " reference";

  private final TrainingJobs jobs;
  private final TrainingModel model;
  private final Weights weights;
  private final Weights reference; // null: none
  private SentWeights sent; // null: none of the present ones yet
  private SentWeights sentReference; // likewise
  private int version;

  RemoteGeneratorWork(TrainingJobs jobs, TrainingModel model, Weights weights, Weights reference) {
    this.jobs = jobs;
    this.model = model;
    this.weights = weights;
    this.reference = reference;
  }

  @Override
  public void weightsChanged() {
    sent = closed(sent);
  }

  @Override
  public void referenceChanged() {
    sentReference = closed(sentReference);
  }

  private static SentWeights closed(SentWeights old) {
    if (old != null) {
      old.close();
    }
    return null;
  }

  private SentWeights send(Weights values) {
    return new SentWeights(jobs.context(), model.id() + " " + version++, List.copyOf(values.all()));
  }

  private SentWeights present() {
    if (sent == null) {
      sent = send(weights);
    }
    return sent;
  }

  @Override
  public Written write(List<Request> requests, int group, int step) {
    int tasks = Math.min(requests.size(), jobs.cores());
    List<PackedRollout.Task> parts = new ArrayList<>();
    for (int t = 0; t < tasks; t++) {
      int from = (int) ((long) requests.size() * t / tasks);
      int to = (int) ((long) requests.size() * (t + 1) / tasks);
      parts.add(new PackedRollout.Task(step, group, from, requests.subList(from, to)));
    }
    List<byte[]> results =
        jobs.run(
            parts.stream().map(PackedRollout::task).toList(),
            work(model, present(), TRAINED, GeneratorReplica::write));
    Written written = new Written(new ArrayList<>(), new ArrayList<>());
    for (int t = 0; t < tasks; t++) {
      PackedRollout.result(results.get(t), vectors(parts.get(t).requests()), group, written);
    }
    return written;
  }

  /** The driver makes none unless it is asked. */
  private List<CandidateVectors> vectors(List<Request> requests) {
    return requests.stream()
        .map(r -> new CandidateVectors(r, model.here().features()::candidates))
        .toList();
  }

  @Override
  public List<ReplayEngine.Result> gradients(
      List<GrpoBatch.Part> parts, IntFunction<PolicyLoss> loss) {
    return replayed(parts, loss, present(), TRAINED, GeneratorReplica::gradient).stream()
        .map(PackedReplay::result)
        .toList();
  }

  @Override
  public List<double[][]> reference(List<GrpoBatch.Part> parts) {
    if (sentReference == null) {
      sentReference = send(reference);
    }
    return replayed(
            parts, p -> PolicyLoss.ON_POLICY, sentReference, REFERENCE, GeneratorReplica::choices)
        .stream()
        .map(bytes -> new Unpacker(bytes).rows())
        .toList();
  }

  private List<byte[]> replayed(
      List<GrpoBatch.Part> parts,
      IntFunction<PolicyLoss> loss,
      SentWeights values,
      String role,
      Way way) {
    List<byte[]> tasks =
        IntStream.range(0, parts.size())
            .mapToObj(p -> PackedReplay.task(parts.get(p), loss.apply(p)))
            .toList();
    return jobs.run(tasks, work(model, values, role, way));
  }

  /** What a task does with a generator. */
  private interface Way extends BiFunction<GeneratorReplica, byte[], byte[]>, Serializable {}

  private static Function<byte[], byte[]> work(
      TrainingModel model, SentWeights sent, String role, Way way) {
    String key = model.id() + role;
    return bytes -> {
      GeneratorReplica replica = REPLICAS.get(key, () -> new GeneratorReplica(model.here()));
      return Workers.here(() -> replica.with(sent, () -> way.apply(replica, bytes)));
    };
  }

  @Override
  public void close() {
    weightsChanged();
    referenceChanged();
  }
}
