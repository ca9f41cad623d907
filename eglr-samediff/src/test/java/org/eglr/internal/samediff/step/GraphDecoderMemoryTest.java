package org.eglr.internal.samediff.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.eglr.Settings;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.Given;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;

/**
 * Memory outside the heap is used again, whatever sizes come. JavaCPP's Pointer.totalBytes does not
 * count ND4J's arrays, so the process's memory is looked at, in a JVM whose heap cannot grow.
 */
class GraphDecoderMemoryTest {

  private static final int WIDTH = 64;
  private static final int CALLS = 60;

  /** Prints the megabytes that the process grew by in the last two thirds of its calls. */
  public static void main(String[] arguments) {
    Reasoning reasoning =
        new Reasoning(2, 1.3, 1, 1.5, ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, true);
    Settings settings = new Settings(WIDTH, 4, 1, 256, 3, 4, false, reasoning, 1);
    Architecture architecture = new Architecture(RandomRequests.SCHEMA, settings);
    Weights weights = architecture.generator();
    SplittableRandom random = new SplittableRandom(1);
    long before = 0;
    try (GraphDecoder decoder = new GraphDecoder(architecture, weights, reasoning, 256)) {
      for (int call = 1; call <= CALLS; call++) {
        List<ListTask> tasks = new ArrayList<>();
        for (int i = 0; i < 40 + 24 * (call % 5); i++) {
          int pool = 2 + random.nextInt(12);
          float[] z = new float[pool * WIDTH];
          for (int v = 0; v < z.length; v++) {
            z[v] = (float) random.nextGaussian();
          }
          tasks.add(
              new ListTask(
                  Given.candidates(z, pool), 1 + random.nextInt(pool), Chooser.GREEDY, null));
        }
        decoder.decode(tasks);
        decoder.update(weights);
        before = call == CALLS / 3 ? Pointer.physicalBytes() : before;
      }
      System.out.println((Pointer.physicalBytes() - before) >> 20);
    }
  }

  @Test
  void memory_does_not_grow() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseParallelGC",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=1g", // ND4J's releases start with 140 to
                // 250 MB
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                GraphDecoderMemoryTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    long grown = Long.parseLong(printed.strip());
    // some is for sizes not met before; arrays that are kept exhaust the memory outright
    assertTrue(grown < 40, grown + " MB more");
  }
}
