package org.eglr.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.Engines;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.learn.GrpoBatch;
import org.eglr.internal.learn.Shards;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
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

  private static final int PARTS = 8;
  private static final int POOL = 10;
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
    Settings settings = BenchWorkload.settings(width);
    int tokens = (settings.reasoning().maxSteps() + 1) * BenchWorkload.LENGTH;
    long fitting = ReplayGraph.fitting(settings, POOL, tokens, tokens) / tokens;
    int least = PARTS * BenchWorkload.GROUP;
    return new ScaleParity(width, (int) Math.max(least, Math.min(lists, fitting / least * least)));
  }

  List<Check> run() {
    List<Trajectory> written = written(Engine.SAMEDIFF, requests.size());
    int some = BY_JAVA * BenchWorkload.GROUP;
    List<Check> checks =
        new ArrayList<>(
            DecodedLists.compare(
                written(Engine.JAVA, BY_JAVA), written.subList(0, some), GraphParity.LIMIT));
    double[] coefficient = new SplittableRandom(5).doubles(written.size(), -1, 1).toArray();
    List<Map<String, double[]>> parts = new ArrayList<>();
    int part = requests.size() / PARTS;
    for (int from = 0; from < requests.size(); from += part) {
      parts.add(gradient(written, coefficient, from, from + part));
    }
    Map<String, double[]> all = gradient(written, coefficient, 0, requests.size());
    String name = "gradients, " + written.size() + " lists";
    checks.add(Check.worst(name, Shards.sum(parts), all, GraphParity.LIMIT));
    return checks;
  }

  private List<Trajectory> written(Engine engine, int count) {
    List<ListTask> tasks = DecodedLists.tasks(requests.subList(0, count), BenchWorkload.GROUP);
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
    List<Request> asked = own.stream().map(CandidateVectors::request).toList();
    ReplayBatch batch =
        new ReplayBatch(
            pools[0],
            pools,
            group,
            asked,
            written.subList(from * group, to * group),
            Arrays.copyOfRange(coefficient, from * group, to * group));
    float[] z = new GrpoBatch.Part(own, batch).vectors(architecture.settings().width());
    try (var replays = Engines.replays(Engine.SAMEDIFF, architecture, generator, false)) {
      return replays.use(engine -> engine.gradient(batch, z)).gradients();
    }
  }
}
