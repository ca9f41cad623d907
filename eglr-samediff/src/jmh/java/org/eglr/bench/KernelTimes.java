package org.eglr.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.eglr.Eglr;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.internal.cpu.CpuDecoder;
import org.eglr.internal.math.Kernels;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.DecodingEngine;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.Trajectory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Where the time of a list goes: one step of the decoder and its parts, on random values. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KernelTimes {

  private static final Kernels K = Kernels.best();
  private static final int WIDTH = 64;
  private static final int HIDDEN = 256;
  private static final int HEADS = 4;
  private static final int LENGTH = 10;
  private static final int REASONING = 2;
  private static final int TOKENS = LENGTH * (1 + REASONING);

  /** Candidates, or rows of a dense layer. */
  @Param({"1", "16", "100"})
  public int rows;

  private final float[] weights = random(HIDDEN * WIDTH);
  private final float[] keys = random(WIDTH * TOKENS);
  private final float[] values = random(TOKENS * WIDTH);
  private final float[] logits = new float[TOKENS];
  private final float[] mixed = new float[WIDTH];
  private float[] z;
  private float[] hidden;
  private float[] scores;
  private float[] probability;
  private DecodingEngine decoder;
  private List<ListTask> task;

  @Setup
  public void prepare() {
    z = random(Math.max(rows, LENGTH) * WIDTH);
    hidden = new float[rows * HIDDEN];
    scores = random(rows);
    probability = new float[rows];
    Schema schema = new Schema(List.of(), List.of(), List.of(), List.of(new Scaling("x", 0, 1)));
    Settings settings =
        Eglr.builder(schema)
            .width(WIDTH)
            .heads(HEADS)
            .reasoning(r -> r.maxSteps(REASONING).entropyThreshold(-1))
            .settings();
    Architecture architecture = new Architecture(schema, settings);
    decoder = new CpuDecoder(architecture, architecture.generator());
    int pool = Math.max(rows, LENGTH);
    String[] labels = new String[pool];
    Request request =
        new Request(
            schema, new int[0], new float[0], new int[0], new float[pool], pool, LENGTH, labels);
    CandidateVectors candidates = new CandidateVectors(request, (of, chosen) -> z);
    task = List.of(ListTask.of(candidates, Chooser.GREEDY, null));
  }

  /** A token of a list of 10 items, two reasoning tokens before each; at least 10 candidates. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public List<Trajectory> decodeStep() {
    return decoder.decode(task);
  }

  /** 64 values to 256, for so many rows at once. */
  @Benchmark
  public float[] denseLayer() {
    K.multiply(rows, HIDDEN, WIDTH, z, 0, WIDTH, 1, weights, 0, HIDDEN, hidden, 0, HIDDEN, false);
    return hidden;
  }

  /** One token's attention to 30; the same for any number of rows. */
  @Benchmark
  public float[] attention() {
    int head = WIDTH / HEADS;
    for (int h = 0; h < HEADS; h++) {
      int at = h * head;
      K.multiply(
          1, TOKENS, head, z, at, head, 1, keys, at * TOKENS, TOKENS, logits, 0, TOKENS, false);
      K.softmax(TOKENS, logits, 0, 0.25f);
      K.multiply(1, head, TOKENS, logits, 0, TOKENS, 1, values, at, WIDTH, mixed, at, head, false);
    }
    return mixed;
  }

  /** Probabilities of so many candidates. */
  @Benchmark
  public float[] softmax() {
    float sum = exponentials();
    K.scale(rows, 1 / sum, probability, 0);
    return probability;
  }

  /** Decision entropy over so many candidates. */
  @Benchmark
  public double entropy() {
    double sum = exponentials();
    return Math.log(sum) - K.dot(rows, probability, 0, scores, 0) / sum;
  }

  private float exponentials() {
    return K.exponentials(rows, scores, 0, K.maximum(rows, scores, 0), 1, probability, 0);
  }

  private static float[] random(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
