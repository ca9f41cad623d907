package org.eglr.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.Engines;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.ReplayBatch;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.replay.ReplayGraph;

/**
 * Batches as large as the benchmark's, where arrays are laid out otherwise than in small ones: the
 * lists against plain Java, the gradient of all against the sum of an eighth's each.
 */
final class ScaleParity {

  private static final double LIMIT = 5e-3; // as GraphParity
  private static final int PARTS = 8;
  private static final int POOL = 10;
  private static final int LENGTH = 10;
  private static final int BY_JAVA = 8; // requests whose lists plain Java writes, too

  private final Architecture architecture;
  private final Weights evaluator;
  private final Weights generator;
  private final List<CandidateVectors> requests;

  /**
   * @param lists sampled in all, a multiple of 64
   */
  ScaleParity(int width, int lists) {
    architecture = new Architecture(BenchWorkload.schema(), BenchWorkload.settings(width));
    evaluator = architecture.evaluator();
    generator = architecture.generator();
    FeatureMlp mlp = new FeatureMlp(architecture, evaluator);
    ListSet set = BenchWorkload.lists(lists / BenchWorkload.GROUP, POOL);
    requests =
        IntStream.range(0, set.size())
            .mapToObj(r -> new CandidateVectors(set.request(r), mlp::candidates))
            .toList();
  }

  /** With so many lists, or as many as the card has memory for. */
  static ScaleParity fitting(int width, int lists) {
    int tokens = 3 * LENGTH; // two that reason before each item
    long fitting = ReplayGraph.fitting(BenchWorkload.settings(width), POOL, tokens, tokens);
    long multiple = fitting / tokens / (PARTS * BenchWorkload.GROUP);
    int least = PARTS * BenchWorkload.GROUP;
    return new ScaleParity(width, (int) Math.max(least, Math.min(lists, multiple * least)));
  }

  List<Check> run() {
    List<Trajectory> written = written(Engine.SAMEDIFF, requests.size());
    int some = BY_JAVA * BenchWorkload.GROUP;
    List<Check> checks =
        new ArrayList<>(
            DecodedLists.compare(written(Engine.JAVA, BY_JAVA), written.subList(0, some), LIMIT));
    double[] coefficient = new SplittableRandom(5).doubles(written.size(), -1, 1).toArray();
    Map<String, double[]> sum = new HashMap<>();
    int part = requests.size() / PARTS;
    for (int from = 0; from < requests.size(); from += part) {
      gradient(written, coefficient, from, from + part)
          .forEach((name, values) -> sum.merge(name, values, ScaleParity::plus));
    }
    Map<String, double[]> all = gradient(written, coefficient, 0, requests.size());
    checks.add(Check.worst("gradients, " + written.size() + " lists", sum, all, LIMIT));
    return checks;
  }

  private List<Trajectory> written(Engine engine, int count) {
    List<ListTask> tasks = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      for (int g = 0; g < BenchWorkload.GROUP; g++) {
        Chooser chooser = Chooser.sampling(CounterRandom.stream(7, r, g));
        tasks.add(ListTask.of(requests.get(r), chooser, null));
      }
    }
    try (var decoders = Engines.decoders(engine, architecture, evaluator, generator)) {
      return decoders.use(decoder -> decoder.decode(tasks));
    }
  }

  /** Of some requests' lists, on the device. */
  private Map<String, double[]> gradient(
      List<Trajectory> written, double[] coefficient, int from, int to) {
    int group = BenchWorkload.GROUP;
    List<CandidateVectors> own = requests.subList(from, to);
    int[] pools = own.stream().mapToInt(CandidateVectors::pool).toArray();
    int width = architecture.settings().width();
    float[] z = new float[pools.length * pools[0] * width];
    for (int r = 0; r < pools.length; r++) {
      System.arraycopy(own.get(r).all(), 0, z, r * pools[0] * width, pools[0] * width);
    }
    List<Request> asked = own.stream().map(CandidateVectors::request).toList();
    ReplayBatch batch =
        new ReplayBatch(
            pools[0],
            pools,
            group,
            asked,
            written.subList(from * group, to * group),
            Arrays.copyOfRange(coefficient, from * group, to * group));
    try (var replays = Engines.replays(Engine.SAMEDIFF, architecture, generator, false)) {
      return replays.use(engine -> engine.gradient(batch, z)).gradients();
    }
  }

  private static double[] plus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
  }
}
