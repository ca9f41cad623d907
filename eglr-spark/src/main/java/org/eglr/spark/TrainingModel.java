package org.eglr.spark;

import java.io.Serializable;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.eglr.Engine;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.ModelFile;

/**
 * A model in training, as it was when a stage began, on its way to the executors: its architecture,
 * and what the stage does not change. Each JVM makes one of it.
 */
final class TrainingModel implements Serializable, AutoCloseable {

  private static final PerJvm<Here> MODELS = new PerJvm<>(4, Here::close);

  private final Broadcast<byte[]> bytes;
  private final String id = UUID.randomUUID().toString();

  TrainingModel(JavaSparkContext context, ModelFile.Content content) {
    bytes = context.broadcast(ModelBytes.of(content));
  }

  /** Tells it from those of other stages and programs. */
  String id() {
    return id;
  }

  /** The model of this JVM. */
  Here here() {
    return MODELS.get(id, () -> new Here(ModelBytes.content(bytes.value())));
  }

  @Override
  public void close() {
    bytes.destroy();
  }

  /** What the tasks of a JVM share of it. */
  static final class Here implements AutoCloseable {

    private final ModelFile.Content content;
    private final EvaluatorScorer scorer;
    private final FeatureMlp features;

    private Here(ModelFile.Content content) {
      this.content = content;
      scorer = new EvaluatorScorer(Engine.JAVA, content.architecture(), content.evaluator());
      features = new FeatureMlp(content.architecture(), content.evaluator().member(0));
    }

    Architecture architecture() {
      return content.architecture();
    }

    /** Of all members, frozen. */
    Weights evaluator() {
      return content.evaluator();
    }

    /** As it was when the stage began. */
    Weights generator() {
      return content.generator();
    }

    EvaluatorScorer scorer() {
      return scorer;
    }

    /** The evaluator's. */
    FeatureMlp features() {
      return features;
    }

    @Override
    public void close() {
      scorer.close();
    }
  }
}
