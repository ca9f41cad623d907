package org.eglr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.headroom.HeadroomRun;
import org.eglr.internal.headroom.Systems;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.EvaluatorMeasures;
import org.eglr.metrics.EvaluatorReport;
import org.eglr.metrics.Headroom;
import org.eglr.metrics.LogSupport;
import org.eglr.metrics.OffLog;
import org.eglr.metrics.Support;

/** Puts the options of a headroom to work. */
final class HeadroomSearch {

  /** Lists by which the evaluator's eye for neighbours is measured: cheap beside the search. */
  private static final int LOOKED = 500;

  private static final int REDRAWS = 8;

  private final HeadroomOptions options;

  HeadroomSearch(HeadroomOptions options) {
    this.options = options;
  }

  Headroom measure(ListSet lists, EvaluatorScorer scorer) {
    double pool = IntStream.range(0, lists.size()).map(lists::pool).average().orElseThrow();
    int count = options.count(pool);
    ListSet measured = lists.size() <= count ? lists : lists.sample(count, options.seed);
    Systems systems = new Systems(options.beam, options.samples, options.seed);
    HeadroomRun run =
        new HeadroomRun(
            measured, scorer, systems, requests -> included(requests, scorer), options.progress);
    Comparison found = run.run();
    return new Headroom(
        found,
        evaluator(lists, scorer),
        Optional.ofNullable(options.log).map(log -> support(run, log)));
  }

  private EvaluatorReport evaluator(ListSet lists, EvaluatorScorer scorer) {
    ListSet looked = lists.size() <= LOOKED ? lists : lists.sample(LOOKED, options.seed);
    return EvaluatorMeasures.of(
        looked,
        (of, orders) -> scorer.clickProbabilities(looked, of, orders),
        REDRAWS,
        options.seed);
  }

  private static Support support(HeadroomRun run, ListSet log) {
    LogSupport counts = LogSupport.of(log);
    List<int[]> found = run.orders(Systems.LOCAL);
    ListSet lists = run.measured();
    List<int[]> logged =
        found.stream().map(order -> IntStream.range(0, order.length).toArray()).toList();
    return new Support(OffLog.of(counts, lists, logged), OffLog.of(counts, lists, found));
  }

  private Map<String, List<int[]>> included(List<Request> requests, EvaluatorScorer scorer) {
    Map<String, List<int[]>> made = new LinkedHashMap<>();
    for (Reranker system : options.include) {
      made.put(
          unused(system.name(), made),
          system.rerank(requests).stream().map(Ranking::order).toList());
      if (system instanceof Eglr eglr && options.beam > 1) {
        made.put(
            unused("%s, best of beam %d".formatted(eglr.name(), options.beam), made),
            requests.stream().map(request -> beam(eglr, request, scorer)).toList());
      }
    }
    return made;
  }

  private int[] beam(Eglr eglr, Request request, EvaluatorScorer scorer) {
    List<int[]> found =
        eglr.beamSearch(request, options.beam).stream().map(Ranking::order).toList();
    List<Request> same = new ArrayList<>();
    found.forEach(order -> same.add(request));
    List<ListScore> scores = scorer.score(same, found);
    int best = 0;
    for (int i = 1; i < found.size(); i++) {
      best = scores.get(i).dcg() > scores.get(best).dcg() ? i : best;
    }
    return found.get(best);
  }

  private static String unused(String name, Map<String, ?> taken) {
    String free = name;
    for (int i = 2; taken.containsKey(free); i++) {
      free = name + " (" + i + ")";
    }
    return free;
  }
}
