package org.eglr.internal.rerank;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.internal.model.Weights;
import org.eglr.train.TrainingLog;

/**
 * A re-ranker as it is between two trainings.
 *
 * @param logs of the last training of each stage that is trained, by its name
 * @param graphs that compute with the weights
 */
record RerankerState(Weights weights, Map<String, TrainingLog> logs, Graphs graphs) {

  RerankerState(ModelSpec spec, Weights weights, Map<String, TrainingLog> logs) {
    this(weights, logs, new Graphs(spec, weights));
  }

  /** The logs with one more. */
  Map<String, TrainingLog> with(String stage, TrainingLog log) {
    Map<String, TrainingLog> all = new LinkedHashMap<>(logs);
    all.put(stage, log);
    return all;
  }

  List<Made> make(List<ListRow> lists, boolean traced) {
    return new ListMaker(graphs).make(lists, false, traced);
  }
}
