package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eglr.data.Schema;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Parameter;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.Reasoning;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.ScoringModel;
import org.eglr.rerank.StepModel;
import org.eglr.rerank.TrainingStage;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Everything that decides a re-ranker's parameters and what it computes with them.
 *
 * @param embedding width of each categorical field's embedding
 * @param places of the initial order that have a vector of their own
 * @param reasoning put into a {@link StepModel}'s decoding; null: none
 * @param seed of first values and of all that is drawn
 */
public record ModelSpec(
    Schema schema, RerankerModel model, int embedding, int places, Reasoning reasoning, long seed) {

  /** The stages of its training. */
  public List<TrainingStage> stages() {
    return model instanceof StepModel steps
        ? steps.stages()
        : List.of(TrainingStage.supervised(null, null)); // the loss is the ScoringModel's
  }

  public boolean scoring() {
    return model instanceof ScoringModel;
  }

  /**
   * What gives scores to whole pools in a stage's graphs.
   *
   * @param stage as {@link GraphShape#stage}
   * @return null where lists are written item by item
   */
  ScoringModel scorer(int stage) {
    if (model instanceof ScoringModel scoring) {
      return scoring;
    }
    if (stage == GraphShape.JUDGING) {
      return ownEvaluator().map(TrainingStage::evaluator).orElseThrow();
    }
    return stage >= 0 && stages().get(stage).trainsEvaluator()
        ? stages().get(stage).evaluator()
        : null;
  }

  /** The stage that trains an evaluator of the model's own. */
  Optional<TrainingStage> ownEvaluator() {
    return stages().stream().filter(TrainingStage::trainsEvaluator).findFirst();
  }

  /** The parameters, without making any. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(Architecture.tables(schema, embedding));
    List<Parameter> own = new ArrayList<>();
    for (int stage = 0; stage < stages().size(); stage++) {
      int slots = scorer(stage) == null ? 3 : 0;
      try (BatchGraph graph =
          new BatchGraph(this, new GraphShape(2, 4, slots, stage), DataType.FLOAT, true)) {
        graph.declared().stream()
            .filter(p -> own.stream().noneMatch(known -> known.name().equals(p.name())))
            .forEach(own::add);
      }
    }
    all.addAll(own);
    return all;
  }

  /** The parameters with their first values. */
  public Weights firstWeights() {
    return Architecture.firstValues("reranker", parameters(), seed);
  }
}
