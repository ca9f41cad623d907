package org.eglr;

import org.eglr.internal.Recommender;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.samediff.evaluator.EvaluatorGraph;
import org.eglr.internal.samediff.step.StepGraph;
import org.eglr.internal.store.ModelFile;
import org.nd4j.linalg.api.buffer.DataType;

/** Builds graphs to look at; apart from {@link Eglr}, which must load where ND4J is left out. */
final class NetworkGraphs {

  private NetworkGraphs() {}

  static NetworkGraph of(Recommender model, String network) {
    ModelFile.Content content = model.content();
    Architecture architecture = model.architecture();
    return switch (network) {
      case "evaluator" ->
          new NetworkGraph(
              network,
              new EvaluatorGraph(architecture, content.evaluator().member(0), false, DataType.FLOAT)
                  .sd);
      case "generator" ->
          new NetworkGraph(
              network,
              new StepGraph(architecture, content.generator(), architecture.settings().reasoning())
                  .sameDiff());
      default ->
          throw new IllegalArgumentException(
              "no network '" + network + "': there are evaluator and generator");
    };
  }
}
