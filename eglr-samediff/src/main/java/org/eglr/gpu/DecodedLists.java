package org.eglr.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.Trajectory;

/**
 * Lists that two engines sampled with the same random numbers. Where a draw or the entropy falls on
 * a border, rounding decides: such lists part ways, but they must be few. What the reasoning tokens
 * were shows in the entropies after them.
 */
final class DecodedLists {

  private static final double FEW = 0.03;

  private DecodedLists() {}

  /** A group of lists for each request, to be sampled with the same random numbers every time. */
  static List<ListTask> tasks(List<CandidateVectors> requests, int group) {
    List<ListTask> tasks = new ArrayList<>();
    for (int r = 0; r < requests.size(); r++) {
      for (int g = 0; g < group; g++) {
        Chooser chooser = Chooser.sampling(CounterRandom.stream(7, r, g));
        tasks.add(ListTask.of(requests.get(r), chooser, null));
      }
    }
    return tasks;
  }

  static List<Check> compare(List<Trajectory> expected, List<Trajectory> actual, double limit) {
    List<Trajectory> sameExpected = new ArrayList<>();
    List<Trajectory> sameActual = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      if (same(expected.get(i), actual.get(i))) {
        sameExpected.add(expected.get(i));
        sameActual.add(actual.get(i));
      }
    }
    double parted = 1 - (double) sameExpected.size() / expected.size();
    int reasoned = sameActual.stream().mapToInt(Trajectory::reasoning).sum();
    String note = "%d lists, %d reasoning tokens".formatted(sameActual.size(), reasoned);
    return List.of(
        new Check("share of lists that differ", parted, FEW, note),
        of("entropies", sameExpected, sameActual, Trajectory::entropyAfter, limit),
        of(
            "log-probabilities",
            sameExpected,
            sameActual,
            list -> new double[] {list.logProbability()},
            limit));
  }

  private static boolean same(Trajectory a, Trajectory b) {
    return Arrays.equals(a.order(), b.order()) && Arrays.equals(a.steps(), b.steps());
  }

  private static Check of(
      String name,
      List<Trajectory> expected,
      List<Trajectory> actual,
      Function<Trajectory, double[]> values,
      double limit) {
    return Check.close(name, all(expected, values), all(actual, values), limit);
  }

  private static double[] all(List<Trajectory> lists, Function<Trajectory, double[]> values) {
    return lists.stream().flatMapToDouble(list -> Arrays.stream(values.apply(list))).toArray();
  }
}
