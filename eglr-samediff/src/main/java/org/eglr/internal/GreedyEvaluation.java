package org.eglr.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eglr.Engine;
import org.eglr.ListScore;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.model.ProfileBuilder;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.work.Parts;
import org.eglr.metrics.Report;
import org.eglr.metrics.ReportBuilder;

/**
 * Measures a model's greedy lists, chunk by chunk. Pools are offered in an order that a seed
 * shuffles, so that candidates that nothing tells apart do not keep the order of the labels' file.
 *
 * @param preselection null: whole pools
 * @param seed of the shuffles
 */
record GreedyEvaluation(ServedModel model, Engine engine, Preselection preselection, long seed) {

  Report of(String name, ListSet lists) {
    ReportBuilder report = new ReportBuilder(name, lists);
    ProfileBuilder profile = new ProfileBuilder();
    for (Parts.Part chunk : ListChunks.of(lists, engine)) {
      List<Request> offered = new ArrayList<>(chunk.size());
      List<int[]> places = new ArrayList<>(chunk.size());
      for (int list = chunk.from(); list < chunk.to(); list++) {
        offer(lists, list, offered, places);
      }
      List<Trajectory> written = model.writer(engine).best(offered);
      List<int[]> orders = written.stream().map(Trajectory::order).toList();
      List<ListScore> scores = model.evaluator().scorer(engine).score(offered, orders);
      for (int i = 0; i < offered.size(); i++) {
        profile.add(written.get(i), offered.get(i).pool());
        int[] order = ListChunks.inPool(orders.get(i), places.get(i));
        report.add(chunk.from() + i, order, scores.get(i).dcg());
      }
    }
    return report.build(Optional.of(profile.build()));
  }

  /** Adds a list's request as the generator gets it, and where its candidates are in the pool. */
  private void offer(ListSet lists, int list, List<Request> offered, List<int[]> places) {
    Request request = lists.request(list);
    int[] place = ListChunks.shuffled(request.pool(), seed, list);
    Request shuffled = request.withCandidates(place);
    if (preselection != null) {
      int[] kept = preselection.kept(shuffled);
      place = ListChunks.inPool(kept, place);
      shuffled = request.withCandidates(place);
    }
    offered.add(shuffled);
    places.add(place);
  }
}
