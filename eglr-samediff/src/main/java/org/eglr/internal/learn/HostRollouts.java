package org.eglr.internal.learn;

import java.util.ArrayList;
import java.util.List;
import org.eglr.data.Request;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.ListWriter;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Trajectory;

/** Writes and scores on the workers of this JVM. */
public final class HostRollouts implements Rollouts {

  private final long seed;
  private final boolean trainFeatures;
  private final ListWriter writer;
  private final EvaluatorScorer scorer;

  /**
   * @param writer with the generator's present weights; whoever has it closes it
   * @param scorer of the frozen evaluator; likewise
   */
  public HostRollouts(Architecture architecture, ListWriter writer, EvaluatorScorer scorer) {
    seed = architecture.settings().seed();
    trainFeatures = architecture.settings().trainFeatures();
    this.writer = writer;
    this.scorer = scorer;
  }

  @Override
  public Written write(List<Request> requests, int group, int step) {
    return write(requests, group, step, 0);
  }

  /**
   * Lists for some requests of a batch.
   *
   * @param first the number of the first of them in the batch
   */
  public Written write(List<Request> requests, int group, int step, int first) {
    List<ListWriter.Written> written =
        writer.write(requests, group, list -> Rollouts.chooser(seed, step, first * group + list));
    return new Written(written, scorer.score(seen(written)));
  }

  /** The lists as the frozen evaluator sees them with its own features (eq. 18). */
  private List<EvaluatorScorer.Candidate> seen(List<ListWriter.Written> written) {
    List<EvaluatorScorer.Candidate> lists = new ArrayList<>();
    for (ListWriter.Written of : written) {
      CandidateVectors candidates =
          trainFeatures ? scorer.candidates(of.candidates().request()) : of.candidates();
      for (Trajectory list : of.lists()) {
        lists.add(new EvaluatorScorer.Candidate(candidates, list.order()));
      }
    }
    return lists;
  }
}
