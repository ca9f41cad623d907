package org.eglr.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;
import org.eglr.Engine;
import org.eglr.internal.EnginePool;
import org.eglr.internal.Engines;
import org.eglr.internal.learn.EvaluatorGradients;
import org.eglr.internal.learn.EvaluatorTask;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.PairFields;
import org.eglr.internal.model.Weights;
import org.eglr.internal.work.Workers;

/**
 * Computes the parts of the evaluator's batches in tasks, a job a step. Embedding tables stay on
 * the driver: a part brings the rows that it uses.
 */
final class RemoteEvaluatorGradients implements EvaluatorGradients {

  private static final PerJvm<Replica> REPLICAS = new PerJvm<>(8, Replica::close);

  private final TrainingJobs jobs;
  private final TrainingModel model;
  private final int member;
  private final Weights weights;
  private final boolean items;
  private SentWeights sent; // null: none of the present ones yet
  private int version;

  /**
   * @param member of the evaluator, whose weights are trained
   * @param architecture the member's
   */
  RemoteEvaluatorGradients(
      TrainingJobs jobs,
      TrainingModel model,
      int member,
      Architecture architecture,
      Weights weights) {
    this.jobs = jobs;
    this.model = model;
    this.member = member;
    this.weights = weights;
    items = new PairFields(architecture).any();
  }

  @Override
  public void weightsChanged() {
    if (sent != null) {
      sent.close();
      sent = null;
    }
  }

  @Override
  public List<Computed> of(int parts, IntFunction<EvaluatorTask> task) {
    List<EvaluatorTask> tasks = Workers.shared().map(parts, (worker, part) -> task.apply(part));
    if (sent == null) {
      String key = model.id() + " " + member + " " + version++;
      sent = new SentWeights(jobs.context(), key, weights.dense());
    }
    List<byte[]> results =
        jobs.run(
            tasks.stream().map(part -> PackedEvaluation.task(part, items)).toList(),
            work(model, member, sent));
    List<Computed> computed = new ArrayList<>(parts);
    IntStream.range(0, parts)
        .forEach(
            p ->
                computed.add(
                    new Computed(tasks.get(p).part(), PackedEvaluation.result(results.get(p)))));
    return computed;
  }

  private static Function<byte[], byte[]> work(TrainingModel model, int member, SentWeights sent) {
    String key = model.id() + " " + member;
    return bytes -> REPLICAS.get(key, () -> new Replica(model.here(), member)).compute(bytes, sent);
  }

  @Override
  public void close() {
    weightsChanged();
  }

  /** A member of the evaluator in training, on an executor. */
  private static final class Replica implements AutoCloseable {

    private final Architecture architecture;
    private final ReplicaWeights weights;
    private final EnginePool<EvaluatorEngine> engines;

    Replica(TrainingModel.Here model, int member) {
      architecture = model.architecture().member(member);
      weights = new ReplicaWeights(model.evaluator().member(member).dense());
      engines = Engines.evaluators(Engine.JAVA, architecture, weights.weights(), true);
    }

    byte[] compute(byte[] bytes, SentWeights sent) {
      EvaluatorTask task = PackedEvaluation.task(bytes, architecture.schema());
      return PackedEvaluation.result(
          weights.with(sent, engines::weightsChanged, () -> engines.use(task::on)));
    }

    @Override
    public void close() {
      engines.close();
    }
  }
}
