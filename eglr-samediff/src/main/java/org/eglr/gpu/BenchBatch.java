package org.eglr.gpu;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.ListWriter;
import org.eglr.internal.learn.GrpoTrainer;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.OperationTimes;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;

/** A batch of random requests and a model with random weights: their content does not matter. */
final class BenchBatch implements AutoCloseable {

  /** Times after a first one, of which the median counts; one where it takes long. */
  private static final int REPEATS = 3;

  private static final double LONG_SECONDS = 5;

  private final Engine engine;
  private final Size size;
  private final Architecture architecture;
  private final Weights evaluator;
  private final Weights generator;
  private final ListWriter writer;

  /** Model width, candidates of a request and lists of the batch. */
  record Size(int width, int pool, int lists) {}

  BenchBatch(Engine engine, Size size) {
    this.engine = engine;
    this.size = size;
    architecture = new Architecture(BenchWorkload.schema(), BenchWorkload.settings(size.width()));
    evaluator = architecture.evaluator();
    generator = architecture.generator();
    writer = new ListWriter(engine, architecture, evaluator, generator);
  }

  /** Milliseconds to write a greedy list for every request, features included. */
  double generation() {
    ListSet lists = BenchWorkload.lists(size.lists(), size.pool());
    List<Request> requests = IntStream.range(0, lists.size()).mapToObj(lists::request).toList();
    double first = milliseconds(() -> writer.best(requests));
    double[] times = new double[first > 1e3 * LONG_SECONDS ? 1 : REPEATS];
    Arrays.setAll(times, i -> milliseconds(() -> writer.best(requests)));
    return median(times);
  }

  /** Milliseconds of a GRPO step. */
  double grpoStep() {
    double[] ends =
        trained(1 + REPEATS, new StopAfterLongStep()).steps().stream()
            .mapToDouble(step -> 1e3 * step.seconds())
            .toArray();
    return median(
        IntStream.range(1, ends.length).mapToDouble(s -> ends[s] - ends[s - 1]).toArray());
  }

  /** Where the time of a GRPO step goes, each operation awaited. */
  StepProfile profile() {
    StepProfile.Taking taking = new StepProfile.Taking();
    try {
      trained(2, taking);
    } finally {
      OperationTimes.end(); // of a training that broke off
    }
    return taking.profile(size);
  }

  private TrainingLog trained(int steps, TrainingListener listener) {
    int requests = Math.max(1, size.lists() / BenchWorkload.GROUP);
    GrpoTraining options =
        new GrpoTraining()
            .steps(steps)
            .batchSize(requests)
            .groupSize(BenchWorkload.GROUP)
            .listener(listener);
    return new GrpoTrainer(engine, architecture, evaluator, generator.copy(), options)
        .train(BenchWorkload.lists(requests, size.pool()));
  }

  /** Ends a run with its first long step, the very first aside. */
  private static final class StopAfterLongStep implements TrainingListener {

    private double before;

    @Override
    public void onStep(TrainingStep step) {
      boolean isLong = step.seconds() - before > LONG_SECONDS;
      if (isLong && step.step() > 1 && step.step() < step.total()) {
        Thread.currentThread().interrupt(); // which training answers by ending in good order
      }
      before = step.seconds();
    }
  }

  @Override
  public void close() {
    writer.close();
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }
}
