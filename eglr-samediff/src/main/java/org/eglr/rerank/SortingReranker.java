package org.eglr.rerank;

import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Ranking;
import org.eglr.Reranker;
import org.eglr.data.Request;
import org.eglr.internal.Sorting;

/** A re-ranker that sorts by a score of each candidate; equals stay in the pool's order. */
public interface SortingReranker extends Reranker, CandidateScorer {

  @Override
  default Ranking rerank(Request request) {
    return rerank(List.of(request)).get(0);
  }

  @Override
  default List<Ranking> rerank(List<Request> requests) {
    List<double[]> scores = scores(requests);
    return IntStream.range(0, requests.size())
        .mapToObj(
            r -> {
              Request request = requests.get(r);
              return Ranking.of(request, Sorting.best(request.length(), scores.get(r)));
            })
        .toList();
  }
}
