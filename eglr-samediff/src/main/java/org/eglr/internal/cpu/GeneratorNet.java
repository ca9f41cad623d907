package org.eglr.internal.cpu;

import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.PairScores;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.Reasoning;

/** The generator's decoder (eq. 11) with the weights as they were when it was made. */
final class GeneratorNet {

  final int width;
  final int heads;
  final Reasoning reasoning;
  final InputLayer input;
  final TransformerLayer[] layers; // one behind the other
  final float[] gain; // of reasoning: [d]; null without
  final PairScores pairs; // null without

  GeneratorNet(Architecture architecture, Weights weights) {
    width = architecture.settings().width();
    heads = architecture.settings().heads();
    reasoning = architecture.settings().reasoning();
    input = new InputLayer(weights);
    layers = layers(architecture, weights);
    pairs = PairScores.of(architecture, weights);
    gain = reasoning.gated() ? weights.data(Architecture.GAIN).clone() : null;
  }

  /** A request's candidates. */
  Candidates candidates(CandidateVectors of) {
    return new Candidates(of.all(), 0, of.pool(), width, pairs, of.request());
  }

  /** The decoder's layers with the weights' present values. */
  static TransformerLayer[] layers(Architecture architecture, Weights weights) {
    TransformerLayer[] layers = new TransformerLayer[architecture.settings().decoderLayers()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] =
          new TransformerLayer(
              weights, Architecture.decoderLayer(l), architecture.settings().heads());
    }
    return layers;
  }
}
