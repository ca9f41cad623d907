package org.eglr.spark;

import java.util.List;
import java.util.function.Supplier;
import org.eglr.Engine;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.internal.ListWriter;
import org.eglr.internal.learn.GrpoBatch;
import org.eglr.internal.learn.HostReplays;
import org.eglr.internal.learn.HostRollouts;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Weights;

/** A generator in training, on an executor. For any number of threads. */
final class GeneratorReplica implements AutoCloseable {

  private final TrainingModel.Here model;
  private final Schema schema;
  private final ReplicaWeights weights;
  private final ListWriter writer;
  private final HostRollouts rollouts;
  private final HostReplays replays;

  GeneratorReplica(TrainingModel.Here model) {
    this.model = model;
    Architecture architecture = model.architecture();
    schema = architecture.schema();
    weights = new ReplicaWeights(List.copyOf(model.generator().all()));
    Weights own = weights.weights();
    boolean trainFeatures = architecture.settings().trainFeatures();
    writer =
        new ListWriter(
            Engine.JAVA, architecture, trainFeatures ? own : model.evaluator().member(0), own);
    rollouts = new HostRollouts(architecture, writer, model.scorer());
    replays = new HostReplays(Engine.JAVA, architecture, own, own, true);
  }

  /** Does work with the weights that were sent. */
  byte[] with(SentWeights sent, Supplier<byte[]> work) {
    return weights.with(sent, this::changed, work);
  }

  private void changed() {
    writer.weightsChanged();
    replays.weightsChanged();
    replays.referenceChanged();
  }

  /** Lists of neighbouring requests, and the evaluator's scores. */
  byte[] write(byte[] bytes) {
    PackedRollout.Task task = PackedRollout.task(bytes, schema);
    return PackedRollout.result(
        rollouts.write(task.requests(), task.group(), task.step(), task.first()));
  }

  /** A part's loss and gradient. */
  byte[] gradient(byte[] bytes) {
    PackedReplay.Task task = PackedReplay.task(bytes, schema, this::vectors);
    return PackedReplay.result(replays.gradients(List.of(task.part()), part -> task.loss()).get(0));
  }

  /** Log-probabilities of a part's choices. */
  byte[] choices(byte[] bytes) {
    GrpoBatch.Part part = PackedReplay.task(bytes, schema, this::vectors).part();
    return new Packer().add(replays.reference(List.of(part)).get(0)).bytes();
  }

  private CandidateVectors vectors(Request request) {
    return new CandidateVectors(request, model.features()::candidates);
  }

  @Override
  public void close() {
    writer.close();
    replays.close();
  }
}
