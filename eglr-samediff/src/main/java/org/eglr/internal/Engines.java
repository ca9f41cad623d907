package org.eglr.internal;

import org.eglr.Engine;
import org.eglr.internal.cpu.CpuDecoder;
import org.eglr.internal.cpu.CpuEvaluator;
import org.eglr.internal.cpu.CpuReplay;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.DecodingEngine;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.ReplayEngine;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.device.ItemGraph;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.internal.samediff.replay.ReplayGraph;
import org.eglr.internal.samediff.step.GraphDecoder;
import org.eglr.internal.work.Workers;
import org.eglr.reasoning.Reasoning;
import org.nd4j.linalg.api.buffer.DataType;

/** Makes the parts that compute, for each caller its own. */
public final class Engines {

  private Engines() {}

  /**
   * @param training with features, losses and gradients; otherwise only the scores of given z
   */
  public static EnginePool<EvaluatorEngine> evaluators(
      Engine engine, Architecture architecture, Weights weights, boolean training) {
    return new EnginePool<>(
        weights,
        most(engine),
        () ->
            switch (engine) {
              case JAVA -> new CpuEvaluator(architecture, weights, training);
              case SAMEDIFF ->
                  !training && ItemGraph.suits(engine, weights)
                      ? new EvaluatorGraph(
                          architecture, weights, new ItemGraph(architecture, weights))
                      : new EvaluatorGraph(architecture, weights, training, DataType.FLOAT);
            });
  }

  /**
   * @param bonus whether losses may have an entropy bonus
   */
  public static EnginePool<ReplayEngine> replays(
      Engine engine, Architecture architecture, Weights weights, boolean bonus) {
    var reasoning = architecture.settings().reasoning();
    return new EnginePool<>(
        weights,
        most(engine),
        () ->
            switch (engine) {
              case JAVA -> new CpuReplay(architecture, weights);
              case SAMEDIFF ->
                  new ReplayGraph(architecture, weights, reasoning, DataType.FLOAT, bonus);
            });
  }

  /** Graphs hold memory that no garbage collector sees; more of them than cores bring nothing. */
  private static int most(Engine engine) {
    return engine == Engine.SAMEDIFF ? Workers.shared().size() : 0;
  }

  /** Lists a worker is given at once: enough to fill a decoder's batch, few enough to share out. */
  public static int listsPerTask(Engine engine) {
    return switch (engine) {
      case JAVA -> 32;
      case SAMEDIFF -> Calls.of(engine).size(256);
    };
  }

  /**
   * @param features whose extractor the generator uses: its own or the evaluator's; the latter's is
   *     taken to stay as it is
   */
  public static EnginePool<DecodingEngine> decoders(
      Engine engine, Architecture architecture, Weights features, Weights weights) {
    return new EnginePool<>(
        weights,
        most(engine),
        () ->
            switch (engine) {
              case JAVA -> new CpuDecoder(architecture, weights);
              case SAMEDIFF -> decoder(architecture, features, weights);
            });
  }

  private static GraphDecoder decoder(
      Architecture architecture, Weights features, Weights weights) {
    Reasoning reasoning = architecture.settings().reasoning();
    int batch = listsPerTask(Engine.SAMEDIFF);
    return ItemGraph.suits(Engine.SAMEDIFF, features)
        ? new GraphDecoder(architecture, features, weights, reasoning, batch)
        : new GraphDecoder(architecture, weights, reasoning, batch);
  }
}
