package org.eglr.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.ParameterArray;
import org.eglr.Ranking;
import org.eglr.decode.Decision;
import org.eglr.decode.SelfAttention;
import org.eglr.internal.cpu.DecoderAttention;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.DecisionGate;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.ModelFile;

/** What can be seen of a model from outside. */
public final class Inside {

  private Inside() {}

  /** Copies of all parameters, named as in the model's file. */
  public static Map<String, ParameterArray> weights(ModelFile.Content content) {
    Map<String, Weights> parts = new LinkedHashMap<>();
    parts.put("evaluator", content.evaluator());
    parts.put("generator", content.generator());
    Map<String, ParameterArray> all = new LinkedHashMap<>();
    Weights.join(parts)
        .all()
        .forEach(t -> all.put(t.name(), new ParameterArray(t.shape().clone(), t.data().clone())));
    return all;
  }

  /**
   * The decoder's attention in a list that the model wrote.
   *
   * @throws IllegalArgumentException if the list was not written item by item
   */
  public static SelfAttention attention(Recommender model, Ranking ranking) {
    List<Decision> decisions = ranking.trace().decisions();
    if (decisions.isEmpty()) {
      throw new IllegalArgumentException(
          "the list was not written item by item: rerank it with the model first");
    }
    Architecture architecture = model.architecture();
    architecture.schema().requireSame(ranking.request().schema());
    ModelFile.Content content = model.content();
    boolean own = architecture.settings().trainFeatures() && content.generatorTrained();
    Weights features = own ? content.generator() : content.evaluator();
    var candidates =
        new CandidateVectors(ranking.request(), new FeatureMlp(architecture, features)::candidates);
    float[] z = candidates.all();
    long identity = new DecisionGate(architecture.settings().reasoning()).identity(candidates);
    float[][][] weights =
        new DecoderAttention(architecture, content.generator())
            .of(ranking.request(), z, identity, decisions);
    return new SelfAttention(tokens(ranking, decisions), weights);
  }

  private static List<String> tokens(Ranking ranking, List<Decision> decisions) {
    List<String> tokens = new ArrayList<>(List.of("context"));
    for (int k = 0; k < decisions.size(); k++) {
      for (int m = 0; m < decisions.get(k).reasoningSteps(); m++) {
        tokens.add("reasoning " + (k + 1));
      }
      if (k + 1 < decisions.size()) {
        tokens.add(ranking.request().labels()[decisions.get(k).chosen()]);
      }
    }
    return tokens;
  }
}
